import NeuralNet

/// Draws what a network answers over the plane of its two inputs, with the data on top.
///
/// ```swift
/// decisionRegions(net, on: data)
/// ```
@export(interface)
public func decisionRegions(
  _ network: Network, on data: Dataset, x: ClosedRange<Float>? = nil,
  y: ClosedRange<Float>? = nil, names: [String] = [], boundary: Float = 0.5, title: String = "",
  xLabel: String = "x₁", yLabel: String = "x₂"
) -> Figure {
  let points = data.points
  #if !hasFeature(Embedded)
    let names = names.isEmpty ? data.classNames : names
  #endif
  let (xRange, yRange) = (x ?? range(points.map { $0.0 }), y ?? range(points.map { $0.1 }))
  return Figure { size in
    let grid = Field.grid(
      x: Double(xRange.lowerBound)...Double(xRange.upperBound),
      y: Double(yRange.lowerBound)...Double(yRange.upperBound),
      resolution: size == .full ? 60 : 44)
    let answers = network.predict(batch(grid.sites))
    let classCount = answers.count / grid.sites.count
    let shown =
      classCount == 1
      ? [grid.with(column(0, of: answers))] : rivals(answers, classCount, on: grid)
    return RegionPlot(
      fields: shown, boundary: classCount == 1 ? Double(boundary) : 0,
      groups: PointGroups(
        x: points.map { Double($0.0) }, y: points.map { Double($0.1) },
        classes: data.labels ?? [], names: names, classCount: classCount), names: names,
      hasPoints: true, title: title,
      xLabel: xLabel, yLabel: yLabel
    ).drawing(size)
  }
}

@export(interface)
private func rivals(_ answers: Tensor, _ classCount: Int, on grid: Field) -> [Field] {
  let values = answers.values
  let rows = (0..<values.count / classCount).map {
    Array(values[$0 * classCount..<($0 + 1) * classCount])
  }
  return fields(of: rows, classCount: classCount, on: grid)
}

/// The range of some coordinates with a margin.
func range(_ values: [Float]) -> ClosedRange<Float> {
  var extent = DataRange()
  for value in values { extent.include(Double(value)) }
  guard !extent.isEmpty else { return 0...1 }
  let padded = extent.lower == extent.upper ? extent : extent.padded(by: 0.15)
  let half: Float = extent.lower == extent.upper ? 0.5 : 0
  return Float(padded.lower) - half...Float(padded.upper) + half
}

/// Draws the data before the first layer and after each fully connected layer with its function,
/// with the grid of the input plane bent along. A space of more than two units is seen along the
/// two directions in which its points differ most.
public func hiddenSpace(_ network: Network, on data: Dataset, title: String = "") -> Panels {
  let points = data.points
  var stages = [HiddenStage("input", x: "x₁", y: "x₂")]
  for (index, one) in (network.columns ?? []).enumerated() {
    var name = TextBuffer()
    name.append("after layer ")
    name.append(index + 1)
    let output = { (points: [(Float, Float)]) -> Tensor in
      let inputs = batch(points.map { Point(x: Double($0.0), y: Double($0.1)) })
      return withoutGradients { network.activations(inputs)[one.lastLayer] }
    }
    let view = PlaneView(of: output(points))
    stages.append(
      HiddenStage(
        name.string, x: view.xLabel, y: view.yLabel,
        placingAll: { points in
          view.places(of: output(points))
        }))
  }
  return hiddenSpace(
    points, classes: data.labels ?? [], x: range(points.map { $0.0 }),
    y: range(points.map { $0.1 }), stages, title: title)
}

/// Draws the pieces into which the units of a network with ReLU cut the plane of its inputs.
@export(interface)
public func linearRegions(
  _ network: Network, x: ClosedRange<Float>, y: ClosedRange<Float>, title: String = ""
) -> Figure {
  let columns = network.columns ?? []
  // The last column is the answer; it bends nothing.
  let bending = columns.filter { $0.lastLayer > $0.sumLayer }
  return Figure { size in
    let grid = Field.grid(
      x: Double(x.lowerBound)...Double(x.upperBound),
      y: Double(y.lowerBound)...Double(y.upperBound), resolution: size == .full ? 96 : 64)
    let sites = grid.sites
    let outputs = withoutGradients { network.activations(batch(sites)) }
    let sums = bending.map { (values: outputs[$0.sumLayer].values, width: $0.unitCount) }
    let samples = sites.indices.map { site in
      sums.map { Array($0.values[site * $0.width..<(site + 1) * $0.width]) }
    }
    var plot = LinearRegionPlot(
      grid: grid, samples: samples, title: title, xLabel: "x₁", yLabel: "x₂")
    if network.isRectifierStack {
      plot.pieces = LinearRegions(
        of: network, x: Double(x.lowerBound)...Double(x.upperBound),
        y: Double(y.lowerBound)...Double(y.upperBound)
      ).regions.map { region in
        LinearRegionPlot.Piece(
          corners: region.corners, active: region.pattern.count { $0 })
      }
    }
    return plot.drawing(size)
  }
}

extension Network {
  /// Whether its pieces can be found exactly and soon: two inputs, and few dense layers with ReLU.
  fileprivate var isRectifierStack: Bool {
    var units = 0
    var wasDense = false
    for layer in layers {
      if let dense = layer as? Dense {
        units += dense.outputs
        wasDense = true
      } else {
        guard layer is ReLU, wasDense else { return false }
        wasDense = false
      }
    }
    return inputCount == 2 && units <= 64
  }
}

/// Draws the distribution of what each layer of a network puts out for the data.
public func distributions(
  _ network: Network, on data: Dataset, title: String = "", x: Axis = "activation"
) -> Figure {
  let outputs = withoutGradients { network.activations(data.inputs) }
  return distributions(
    network.layers.map { $0.name }, outputs.map { $0.values }, title: title, x: x)
}

/// Draws an activation layer with its derivative.
public func activationPlot(
  _ layer: any Layer, over range: ClosedRange<Float> = -4...4, title: String = ""
) -> Figure {
  let count = 241
  let step = (range.upperBound - range.lowerBound) / Float(count - 1)
  let inputs = (0..<count).map { range.lowerBound + Float($0) * step }
  let x = Tensor([count, 1], inputs, needsGradient: true)
  let y = layer(x)
  y.sum().backward()
  var slopeName = TextBuffer()
  slopeName.append(layer.name)
  slopeName.append("′")
  return plot(
    Series(layer.name, x: inputs, y: y.values),
    Series(slopeName.string, x: inputs, y: x.gradient?.values ?? []).dashed, title: title, x: "x")
}

/// Writes out what one unit of a network computes for an input: its products, bias, sum and answer.
public func unitSum(
  _ network: Network, layer: Int, unit: Int, input: [Float], names: [String] = [],
  title: String = ""
) -> Figure {
  guard let columns = network.columns, columns.indices.contains(layer) else {
    stop(
      """
      unitSum: layer \(layer) is not a fully connected layer of this network \
      [unknown-layer]
      """)
  }
  let one = columns[layer]
  guard (0..<one.unitCount).contains(unit) else {
    stop("unitSum: unit \(unit) is outside 0..<\(one.unitCount) [index-out-of-range]")
  }
  let outputs = withoutGradients { network.activations(Tensor([1, input.count], input)) }
  let before = layer == 0 ? input : outputs[columns[layer - 1].lastLayer].values
  let hasFunction = one.lastLayer > one.sumLayer
  return unitSum(
    inputs: before, weights: one.weight.matrix.map { $0[unit] },
    bias: unit < one.bias.count ? one.bias[unit] : 0, activation: hasFunction ? one.name : "",
    output: outputs[one.lastLayer].values[unit], names: names, title: title)
}
