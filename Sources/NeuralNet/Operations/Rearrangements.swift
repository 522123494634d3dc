internal import NeuralNetKernels

/// Copies elements from given places of the input: transposes, slices and repeated rows are this.
///
/// The output is a box of sizes `sizes`; along each of its axes the input is `steps` further.
final class Rearrangement: Operation {
  private let x: Storage
  private let start: Int
  private let rows: [Int]
  private let run: Int
  private let step: Int

  @export(interface)
  init(_ x: Tensor, start: Int = 0, sizes: [Int], steps: [Int]) {
    self.x = x.storage
    self.start = start
    let count = sizes.reduce(1) { $0 * $1 }
    run = sizes.last ?? 1
    step = steps.last ?? 1
    var rows = count == 0 ? [] : [start]
    for axis in 0..<Swift.max(sizes.count - 1, 0) {
      rows = rows.flatMap { row in (0..<sizes[axis]).map { row + $0 * steps[axis] } }
    }
    self.rows = rows
    super.init(inputs: [x], outputCount: count)
  }

  @export(interface)
  override func forward() {
    for (index, row) in rows.enumerated() {
      let target = output.values + index * run
      if step == 1 {
        nn_copy(run, x.values + row, target)
      } else {
        for column in 0..<run { target[column] = x.values[row + column * step] }
      }
    }
  }

  @export(interface)
  override func backward() {
    guard x.needsGradient else { return }
    let dx = x.gradientToAddTo()
    for (index, row) in rows.enumerated() {
      let dy = output.gradient + index * run
      if step == 1 {
        nn_add_scaled(run, 1, dy, dx + row)
      } else {
        for column in 0..<run { dx[row + column * step] += dy[column] }
      }
    }
  }
}

extension Tensor {
  /// The same elements in another shape; nothing is copied. One size may be -1: what is left.
  public func reshaped(_ sizes: Int...) -> Tensor { reshaped(to: sizes) }

  /// The same elements in another shape; nothing is copied, but for a parameter's under
  /// `withoutGradients`. One size may be -1: what is left.
  @export(interface)
  public func reshaped(to sizes: [Int]) -> Tensor {
    var sizes = sizes
    if let open = sizes.firstIndex(of: -1) {
      if let second = sizes[(open + 1)...].firstIndex(of: -1) {
        stop(
          """
          reshape of \(shape): only one size may be -1, the sizes at \(open) and \(second) are \
          [open-sizes]
          """)
      }
      sizes[open] = 1
      let known = Shape(sizes).count
      sizes[open] = known == 0 ? 0 : count / known
    }
    let wanted = Shape(sizes)
    guard wanted.count == count else {
      stop(
        "reshape of \(shape): \(ShapeError.elementCount(expected: count, got: wanted).description)")
    }
    if needsGradient && Recording.current == .nothing { return Tensor(wanted, values) }
    return Tensor(wanted, sharing: self)
  }

  /// The axes in another order; without an order, the last two swapped.
  @export(interface)
  public func transposed(_ order: Int...) -> Tensor {
    var order = order
    if order.isEmpty {
      guard shape.rank >= 2 else {
        stop("transpose: \(ShapeError.rank(expected: 2, got: shape).description)")
      }
      order = Array(0..<shape.rank)
      order.swapAt(shape.rank - 1, shape.rank - 2)
    }
    guard order.sorted() == Array(0..<shape.rank) else {
      stop("transpose of \(shape): the order \(Shape(order)) must name each axis once [axis-order]")
    }
    let strides = shape.strides
    let sizes = order.map { axis in shape[axis] }
    return Rearrangement(self, sizes: sizes, steps: order.map { axis in strides[axis] })
      .result(Shape(sizes))
  }

  /// The part of one axis that a range covers.
  public func slice(axis: Int, _ range: Range<Int>) -> Tensor {
    let axis = checked(axis)
    guard range.lowerBound >= 0 && range.upperBound <= shape[axis] else {
      stop(
        """
        slice \(range.lowerBound)..<\(range.upperBound) is outside axis \(axis) of \(shape), \
        0..<\(shape[axis]) [slice-out-of-range]
        """)
    }
    var sizes = shape.dimensions
    sizes[axis] = range.count
    let strides = shape.strides
    return Rearrangement(
      self, start: range.lowerBound * strides[axis], sizes: sizes, steps: strides
    ).result(Shape(sizes))
  }

  /// One place along an axis, which is dropped.
  public func select(axis: Int, _ index: Int) -> Tensor {
    let axis = checked(axis)
    return slice(axis: axis, index..<(index + 1)).reshaped(
      to: shape.reduced(axis, false).dimensions)
  }
}
