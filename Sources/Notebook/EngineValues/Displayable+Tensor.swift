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
    let gradient = tensor.needsGradient && tensor.count == 1 ? tensor.gradient : nil
    self.init(
      name, value: tensor.values.first ?? .nan, gradient: gradient?.values.first, inputs: inputs)
    if tensor.count != 1 { detail = tensor.shape.description }
  }
}

/// Draws how a tensor was computed: what was given, every operation, and after `backward()` the
/// gradient at each. Tensors of more than one number show their shape.
///
/// ```swift
/// computationGraph(of: loss, [("w", w), ("x", x)])
/// ```
public func computationGraph(
  of result: Tensor, _ names: [(name: String, tensor: Tensor)] = [], title: String = ""
) -> Figure {
  var nodes: [GraphNode] = []
  // What stands for a step where it is an argument.
  var words: [String] = []
  for step in result.computationSteps() {
    let given = names.first { $0.tensor === step.tensor }?.name
    let isSingle = step.tensor.count == 1
    var text = TextBuffer()
    if step.inputs.isEmpty {
      let isConstant = !step.tensor.needsGradient
      text.append(given ?? (isConstant ? "constant" : "parameter"))
      words.append(
        given
          ?? (isConstant && isSingle ? figureNumber(Double(step.tensor.scalar), digits: 3) : "…")
      )
    } else {
      if let given {
        text.append(given)
        text.append(" = ")
      }
      if step.isBinary {
        text.append(words[step.inputs[0]])
        text.append(" ")
      }
      text.append(step.operation)
      if step.isBinary {
        text.append(" ")
        text.append(words[step.inputs[1]])
      }
      words.append(given ?? "…")
    }
    nodes.append(GraphNode(text.string, step.tensor, inputs: step.inputs))
  }
  return computationGraph(nodes, title: title)
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
