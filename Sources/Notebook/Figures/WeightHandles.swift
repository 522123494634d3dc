/// Which line of a network diagram is which weight of a `weights(of:)` control.
///
/// The page makes a handle of whatever has `data-weight`: the control's name, a hyphen, and the
/// place of the weight among the control's numbers.
struct WeightHandles: Sendable {
  struct Start: Sendable {
    var weights: Int
    var biases: Int
  }

  /// The control, as `cell.key`.
  let control: [UInt8]
  /// Of each layer: where its weights and its biases begin among the control's numbers.
  let starts: [Start]

  func name(of place: Int) -> [UInt8] {
    var text = TextBuffer()
    text.append(bytes: control)
    text.append("-")
    text.append(place)
    return text.bytes
  }
}

extension Markup {
  mutating func set(handle: [UInt8]) {
    if !handle.isEmpty { set("data-weight", raw: handle) }
  }
}

extension NetworkDiagram {
  /// Empty where the reader does not move the weight.
  func handle(_ layer: Int, from: Int, to: Int) -> [UInt8] {
    guard let handles else { return [] }
    return handles.name(of: handles.starts[layer].weights + from * layers[layer].count + to)
  }

  func handle(_ layer: Int, biasOf unit: Int) -> [UInt8] {
    guard let handles, unit < layers[layer].biases.count else { return [] }
    return handles.name(of: handles.starts[layer].biases + unit)
  }

  /// Nothing to see: lines wide enough to be caught, also where a weight is zero.
  func drawHandles(_ before: DiagramPlan.Column, _ column: DiagramPlan.Column, _ canvas: Canvas) {
    guard handles != nil, before.isNext(to: column) else { return }
    for from in before.units {
      for to in column.units where from.index < layers[column.layer].weights.count {
        canvas.markup.begin("path")
        canvas.markup.set(handle: handle(column.layer, from: from.index, to: to.index))
        var line = PathData()
        line.move(to: Point(x: before.x, y: from.y))
        line.line(to: Point(x: column.x, y: to.y))
        canvas.markup.set("d", raw: line.bytes)
        canvas.markup.set("stroke", "transparent")
        canvas.markup.set("stroke-width", "12")
        canvas.markup.end()
      }
    }
  }
}
