import NeuralNet

/// A data set is shown as what suits its inputs: points of the plane, a curve, the first images, or
/// a table of the first samples.
extension Dataset: Displayable {
  public var display: Display {
    let shape = inputs.shape
    if shape.rank == 2, shape[1] == 2 { return scatterFigure().display }
    if shape.rank == 2, shape[1] == 1, targets.count == count {
      return scatter(inputs.values, targets.values, title: name, x: "input", y: "target").display
    }
    if let width = imageWidth {
      let labels = self.labels?.prefix(20).map { figureCount($0) } ?? []
      return images(
        samples(inputs).prefix(20).map { $0 }, width: width, names: labels, title: name
      ).display
    }
    return firstSamples.display
  }

  /// The points of a data set with two inputs, in the colors of their classes.
  public func scatterFigure(title: String? = nil, names: [String] = []) -> Figure {
    let points = self.points
    return scatter(
      points.map { $0.0 }, points.map { $0.1 }, classes: labels ?? [],
      names: names.isEmpty ? classNames : names,
      title: title ?? name, x: "x₁", y: "x₂")
  }

  /// The samples of a data set with two inputs as points.
  public var points: [(Float, Float)] {
    guard inputs.shape.rank == 2, inputs.shape[1] == 2 else {
      stop("Dataset \(name): points need two inputs, got \(inputs.shape.description) [not-a-plane]")
    }
    let values = inputs.values
    return (0..<count).map { (values[2 * $0], values[2 * $0 + 1]) }
  }

  /// The class of each sample: from whole targets, or the place of the largest where there are
  /// several; nil where the targets are not classes.
  public var labels: [Int]? {
    let width = targets.count / count
    let values = targets.values
    if width > 1 {
      return (0..<count).map { sample in
        var best = 0
        for index in 1..<width where values[sample * width + index] > values[sample * width + best]
        {
          best = index
        }
        return best
      }
    }
    for value in values where !(value >= 0 && value < 100 && value == value.rounded(.down)) {
      return nil
    }
    return values.map { Int($0) }
  }

  private var imageWidth: Int? {
    let shape = inputs.shape
    if shape.rank == 4, shape[1] == 1 { return shape[3] }
    if shape.rank == 3 { return shape[2] }
    guard shape.rank == 2, shape[1] >= 64 else { return nil }
    var side = 8
    while side * side < shape[1] { side += 1 }
    return side * side == shape[1] ? side : nil
  }

  private func samples(_ tensor: Tensor) -> [[Float]] {
    let width = tensor.count / count
    let values = tensor.values
    return (0..<count).map { Array(values[$0 * width..<($0 + 1) * width]) }
  }

  private var firstSamples: Table {
    let inputWidth = min(inputs.count / count, 8)
    let shown = min(count, 200)
    let rows = samples(inputs)
    let answers = samples(targets)
    var columns: [Column] = []
    for index in 0..<inputWidth {
      var title = TextBuffer()
      title.append("x")
      title.appendSubscript(index + 1)
      columns.append(Column(title.string, (0..<shown).map { rows[$0][index] }))
    }
    if !classNames.isEmpty, let labels {
      columns.append(Column("class", labels.prefix(shown).map { classNames[$0] }))
      return table(columns, caption: name)
    }
    for index in 0..<min(targets.count / count, 4) {
      columns.append(Column(index == 0 ? "target" : "", (0..<shown).map { answers[$0][index] }))
    }
    return table(columns, caption: name)
  }
}
