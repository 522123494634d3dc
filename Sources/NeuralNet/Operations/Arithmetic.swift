internal import NeuralNetKernels

/// `a + b`, `a - b`, `a * b`, `a / b` or the larger or smaller of both, element by element.
final class Combination: Operation {
  let op: nn_operator
  private let a: Storage
  private let b: Storage
  private let layout: Broadcasting
  /// Room for the gradients that are no plain sum or product: of one run, or of as many as an operand
  /// that is the same in all runs needs to add up.
  private lazy var room = Storage(count: layout.run)
  private lazy var rows = Storage(count: output.count)

  init(_ op: nn_operator, _ a: Tensor, _ b: Tensor, _ layout: Broadcasting) {
    self.op = op
    self.a = a.storage
    self.b = b.storage
    self.layout = layout
    super.init(inputs: [a, b], outputCount: layout.shape.count)
  }

  override func forward() {
    let run = layout.run
    if output.count == 0 { return }
    for index in layout.firstStarts.indices {
      nn_combine(
        op, run, a.values + layout.firstStarts[index], layout.firstStride,
        b.values + layout.secondStarts[index], layout.secondStride, output.values + index * run)
    }
  }

  override func backward() {
    if output.count == 0 { return }
    let wantsFirst = a.needsGradient
    let wantsSecond = b.needsGradient
    let isWholeFirst = wantsFirst && layout.isRow(layout.firstStarts, layout.firstStride)
    let isWholeSecond = wantsSecond && layout.isRow(layout.secondStarts, layout.secondStride)
    if isWholeFirst { flowToRow(a, first: true) }
    if isWholeSecond { flowToRow(b, first: false) }
    let da = wantsFirst && !isWholeFirst ? a.gradientToAddTo() : nil
    let db = wantsSecond && !isWholeSecond ? b.gradientToAddTo() : nil
    if da == nil && db == nil { return }
    for index in layout.firstStarts.indices {
      let (i, j) = (layout.firstStarts[index], layout.secondStarts[index])
      let start = index * layout.run
      if let da { flowToFirst(da + i, a.values + i, b.values + j, start) }
      if let db { flowToSecond(db + j, a.values + i, b.values + j, start) }
    }
  }

  /// The gradient of an operand that is one row, repeated.
  private func flowToRow(_ operand: Storage, first: Bool) {
    let run = layout.run
    let target = operand.gradientToAddTo()
    if op == NN_PLUS || (op == NN_MINUS && first) {
      nn_sum_columns(layout.firstStarts.count, run, output.gradient, target, true)
      return
    }
    nn_fill(rows.count, 0, rows.values)
    for index in layout.firstStarts.indices {
      let (i, j) = (layout.firstStarts[index], layout.secondStarts[index])
      let part = rows.values + index * run
      if first {
        flowToFirst(part, a.values + i, b.values + j, index * run)
      } else {
        flowToSecond(part, a.values + i, b.values + j, index * run)
      }
    }
    nn_sum_columns(layout.firstStarts.count, run, rows.values, target, true)
  }

  private typealias Pointer = UnsafeMutablePointer<Float>

  private func flowToFirst(_ da: Pointer, _ a: Pointer, _ b: Pointer, _ start: Int) {
    let dy = output.gradient + start
    let stride = layout.firstStride
    switch op {
    case NN_PLUS, NN_MINUS: add(1, dy, to: da, stride)
    case NN_TIMES: addProduct(dy, b, layout.secondStride, to: da, stride)
    case NN_OVER:
      nn_combine(NN_OVER, layout.run, dy, 1, b, layout.secondStride, room.values)
      add(1, room.values, to: da, stride)
    default:
      select(dy, a, b, first: true)
      add(1, room.values, to: da, stride)
    }
  }

  private func flowToSecond(_ db: Pointer, _ a: Pointer, _ b: Pointer, _ start: Int) {
    let dy = output.gradient + start
    let stride = layout.secondStride
    switch op {
    case NN_PLUS: add(1, dy, to: db, stride)
    case NN_MINUS: add(-1, dy, to: db, stride)
    case NN_TIMES: addProduct(dy, a, layout.firstStride, to: db, stride)
    case NN_OVER:
      nn_combine(NN_OVER, layout.run, dy, 1, b, stride, room.values)
      nn_combine(NN_TIMES, layout.run, room.values, 1, output.values + start, 1, room.values)
      add(-1, room.values, to: db, stride)
    default:
      select(dy, a, b, first: false)
      add(1, room.values, to: db, stride)
    }
  }

  private func add(_ scale: Float, _ x: Pointer, to target: Pointer, _ stride: Int) {
    if stride == 1 {
      nn_add_scaled(layout.run, scale, x, target)
    } else {
      target[0] += scale * nn_sum(layout.run, x)
    }
  }

  private func addProduct(
    _ x: Pointer, _ factor: Pointer, _ factorStride: Int, to target: Pointer, _ stride: Int
  ) {
    if stride == 1 {
      nn_multiply_add(layout.run, x, 1, factor, factorStride, target)
    } else if factorStride == 1 {
      target[0] += nn_sum_of_products(layout.run, x, factor)
    } else {
      target[0] += nn_sum(layout.run, x) * factor[0]
    }
  }

  /// The gradient where the operand was the one taken; of equal ones, and of two NaN, the first is.
  private func select(_ dy: Pointer, _ a: Pointer, _ b: Pointer, first: Bool) {
    for index in 0..<layout.run {
      let (x, y) = (a[index * layout.firstStride], b[index * layout.secondStride])
      let takesFirst = (op == NN_MAXIMUM ? x >= y : x <= y) || x.isNaN
      room.values[index] = takesFirst == first ? dy[index] : 0
    }
  }
}

extension Tensor {
  private static func combine(
    _ op: nn_operator, _ name: StaticString, _ a: Tensor, _ b: Tensor
  ) -> Tensor {
    let layout = stopping("\(name)") { () throws(ShapeError) in try Broadcasting(a.shape, b.shape) }
    return Combination(op, a, b, layout).result(layout.shape)
  }

  /// Element by element; shapes broadcast, and where they cannot it stops with both.
  public static func + (a: Tensor, b: Tensor) -> Tensor { combine(NN_PLUS, "a + b", a, b) }
  /// Element by element; shapes broadcast.
  public static func - (a: Tensor, b: Tensor) -> Tensor { combine(NN_MINUS, "a - b", a, b) }
  /// Element by element, not the matrix product; shapes broadcast.
  public static func * (a: Tensor, b: Tensor) -> Tensor { combine(NN_TIMES, "a * b", a, b) }
  /// Element by element; shapes broadcast. By 0 it gives infinity or NaN, as floats do.
  public static func / (a: Tensor, b: Tensor) -> Tensor { combine(NN_OVER, "a / b", a, b) }

  /// One number added to every element.
  public static func + (a: Tensor, b: Float) -> Tensor { a + Tensor(b) }
  /// One number taken from every element.
  public static func - (a: Tensor, b: Float) -> Tensor { a - Tensor(b) }
  /// Every element times one number.
  public static func * (a: Tensor, b: Float) -> Tensor { a * Tensor(b) }
  /// Every element divided by one number.
  public static func / (a: Tensor, b: Float) -> Tensor { a / Tensor(b) }
  /// One number added to every element.
  public static func + (a: Float, b: Tensor) -> Tensor { Tensor(a) + b }
  /// One number less every element.
  public static func - (a: Float, b: Tensor) -> Tensor { Tensor(a) - b }
  /// Every element times one number.
  public static func * (a: Float, b: Tensor) -> Tensor { Tensor(a) * b }
  /// One number divided by every element.
  public static func / (a: Float, b: Tensor) -> Tensor { Tensor(a) / b }
  /// Every element with the other sign.
  public static prefix func - (a: Tensor) -> Tensor { a.mapped(NN_NEGATE) }

  /// The larger of both, element by element, NaN where one of them is; the gradient of equal ones goes
  /// to the first.
  public static func maximum(_ a: Tensor, _ b: Tensor) -> Tensor {
    combine(NN_MAXIMUM, "maximum(a, b)", a, b)
  }

  /// The smaller of both, element by element, NaN where one of them is; the gradient of equal ones goes
  /// to the first.
  public static func minimum(_ a: Tensor, _ b: Tensor) -> Tensor {
    combine(NN_MINIMUM, "minimum(a, b)", a, b)
  }
}
