import NeuralNet

/// A network is shown as its diagram: units and weights where all layers are fully connected, a
/// chain of blocks elsewhere.
extension Network: Displayable {
  public var display: Display { diagram(self).display }
}

/// Draws a network; with ranges for its two inputs, every unit carries a map of its answers over
/// that part of the plane.
///
/// ```swift
/// diagram(net, x: 0...1, y: 0...1)
/// ```
@export(interface)
public func diagram(
  _ network: Network, x: ClosedRange<Float>? = nil, y: ClosedRange<Float>? = nil,
  title: String = "", showsValues: Bool? = nil, showsWeights: Bool = true
) -> Figure {
  guard let columns = network.columns, let inputs = network.inputCount else {
    return blocks(of: network, title: title)
  }
  var layers = [DiagramLayer("inputs", count: inputs, unitNames: inputNames(inputs))]
  var maps = [[Field]](repeating: [], count: columns.count + 1)
  if let x, let y, inputs == 2 { maps = unitMaps(network, columns, x: x, y: y) }
  layers[0] = DiagramLayer(
    "inputs", count: inputs, unitNames: inputNames(inputs), maps: maps[0])
  for (index, column) in columns.enumerated() {
    layers.append(
      DiagramLayer(
        column.name, count: column.unitCount, weights: column.weight.matrix, biases: column.bias,
        maps: maps[index + 1]))
  }
  let handles = weightHandles(of: network, columns)
  return Figure { size in
    NetworkDiagram(
      layers: layers, title: title, showsValues: showsValues, showsWeights: showsWeights,
      handles: handles
    ).drawing(size)
  }
}

/// Nil where the reader does not move the network's weights.
@export(interface)
private func weightHandles(of network: Network, _ columns: [NetworkColumn]) -> WeightHandles? {
  guard let movable = Control.movable.last(where: { $0.network === network }) else { return nil }
  var starts = [WeightHandles.Start(weights: 0, biases: 0)]
  var start = 0
  for column in columns {
    starts.append(.init(weights: start, biases: start + column.weight.count))
    start += column.weight.count + column.bias.count
  }
  return WeightHandles(control: movable.control, starts: starts)
}

@export(interface)
private func inputNames(_ count: Int) -> [String] {
  guard count <= 4 else { return [] }
  return (1...max(count, 1)).map { index in
    var text = TextBuffer()
    text.append("x")
    text.appendSubscript(index)
    return text.string
  }
}

@export(interface)
private func unitMaps(
  _ network: Network, _ columns: [NetworkColumn], x: ClosedRange<Float>, y: ClosedRange<Float>
) -> [[Field]] {
  let grid = Field.grid(
    x: Double(x.lowerBound)...Double(x.upperBound), y: Double(y.lowerBound)...Double(y.upperBound),
    resolution: 14)
  let sites = grid.sites
  let outputs = withoutGradients { network.activations(batch(sites)) }
  var maps = [[grid.with(sites.map { $0.x }), grid.with(sites.map { $0.y })]]
  for one in columns {
    maps.append((0..<one.unitCount).map { grid.with(column($0, of: outputs[one.lastLayer])) })
  }
  return maps
}

@export(interface)
private func blocks(of network: Network, title: String) -> Figure {
  var blocks: [Block] = []
  var shape = network.inputShape
  for layer in network.layers {
    var detail = ""
    if let input = shape {
      do {
        let output = try layer.outputShape(for: input)
        detail = Shape(Array(output.dimensions.dropFirst())).description
        shape = output
      } catch {
        shape = nil
      }
    }
    blocks.append(Block(name: layer.name, shape: detail, count: layer.parameterCount))
  }
  let first = network.inputShape.map { Shape(Array($0.dimensions.dropFirst())).description }
  return blockDiagram(blocks, input: first ?? "", title: title)
}
