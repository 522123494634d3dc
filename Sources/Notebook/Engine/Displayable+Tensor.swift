import NeuralNet

/// A tensor is shown as its numbers, rows below each other.
extension Tensor: PlainText {
  public func _write(to text: inout TextBuffer) {
    let values = self.values
    if shape.rank == 0 {
      values[0]._write(to: &text)
    } else {
      writeAxis(0, from: 0, count: values.count, values, to: &text)
    }
  }

  private func writeAxis(
    _ axis: Int, from start: Int, count: Int, _ values: [Float], to text: inout TextBuffer
  ) {
    let length = shape[axis]
    let step = length > 0 ? count / length : 0
    writeCollection(count: length, to: &text) { index, text in
      if axis == shape.rank - 1 {
        values[start + index]._write(to: &text)
      } else {
        writeAxis(axis + 1, from: start + index * step, count: step, values, to: &text)
      }
    }
  }
}

extension Shape: PlainText {
  public func _write(to text: inout TextBuffer) { text.append(description) }
}

extension GraphNode {
  /// A step whose value, and gradient after `backward()`, a tensor of one number holds.
  public init(_ name: String, _ tensor: Tensor, inputs: [Int] = []) {
    let gradient = tensor.needsGradient ? tensor.gradient : nil
    self.init(
      name, value: tensor.values.first ?? .nan, gradient: gradient?.values.first, inputs: inputs)
  }
}

/// Draws a tensor of two axes as a map of shades.
public func heatmap(
  _ tensor: Tensor, rowNames: [String] = [], columnNames: [String] = [], title: String = "",
  x: String = "", y: String = "", range: ClosedRange<Double>? = nil, showsValues: Bool? = nil,
  format: NumberFormat? = nil
) -> Figure {
  heatmap(
    tensor.matrix, rowNames: rowNames, columnNames: columnNames, title: title, x: x, y: y,
    range: range, showsValues: showsValues, format: format)
}
