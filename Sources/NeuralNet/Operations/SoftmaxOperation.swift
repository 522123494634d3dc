internal import NeuralNetKernels

/// `y = exp x / Σ exp x` along an axis, or its logarithm.
///
/// The largest value is taken off first, so that nothing overflows. Work goes block by block, so that
/// what one pass writes is still in the cache when the next one reads it.
final class SoftmaxOperation: Operation {
  private let x: Storage
  private let view: AxisView
  private let logarithm: Bool
  /// How many rows make a block: rows where the axis is the last one, all of the axis otherwise.
  private let blockRows: Int
  /// One block, and one value for each of its rows or, across the axis, of its columns.
  private lazy var room = Storage(count: blockRows * rowLength)
  private lazy var values = Storage(count: Swift.max(blockRows, view.inner))

  init(_ x: Tensor, _ view: AxisView, logarithm: Bool) {
    self.x = x.storage
    self.view = view
    self.logarithm = logarithm
    blockRows =
      view.inner == 1
      ? Swift.max(1, Swift.min(view.outer, 4096 / Swift.max(view.size, 1))) : view.size
    super.init(inputs: [x], outputCount: x.count)
  }

  private var isLastAxis: Bool { view.inner == 1 }
  /// Whether a row alone fills many vectors: then a kernel takes one row after the other.
  private var isLong: Bool { view.size >= 64 }
  private var rowLength: Int { isLastAxis ? view.size : view.inner }

  override func forward() {
    visit { start, rows in
      let (x, y) = (x.values + start, output.values + start)
      if isLastAxis { alongRows(rows, x, y) } else { downColumns(rows, x, y) }
    }
  }

  override func backward() {
    guard x.needsGradient, output.count > 0 else { return }
    let dx = x.gradientToWrite()
    visit { start, rows in
      let count = rows * rowLength
      let target = dx.accumulate ? room.values : dx.memory + start
      flow(rows, output.values + start, output.gradient + start, target)
      if dx.accumulate { nn_add_scaled(count, 1, target, dx.memory + start) }
    }
  }

  private typealias Pointer = UnsafeMutablePointer<Float>

  /// Calls `body` with where each block starts and how many rows it has.
  @inline(__always)
  private func visit(_ body: (_ start: Int, _ rows: Int) -> Void) {
    if output.count == 0 { return }
    let rows = isLastAxis ? view.outer : view.outer * view.size
    var row = 0
    while row < rows {
      body(row * rowLength, Swift.min(blockRows, rows - row))
      row += blockRows
    }
  }

  private func alongRows(_ rows: Int, _ x: Pointer, _ y: Pointer) {
    let n = view.size
    #if !hasFeature(Embedded)
      if isLong && !logarithm { return nn_softmax_rows(rows, n, x, y) }
    #endif
    nn_take_off_largest(rows, n, x, y)
    let powers = logarithm ? room.values : y
    nn_map(NN_EXP, rows * n, 0, y, powers)
    nn_sum_rows(rows, n, powers, values.values)
    if logarithm { nn_map(NN_LOG, rows, 0, values.values, values.values) }
    nn_combine_rows(logarithm ? NN_MINUS : NN_OVER, rows, n, y, values.values, y)
  }

  private func downColumns(_ rows: Int, _ x: Pointer, _ y: Pointer) {
    let n = view.inner
    nn_copy(n, x, values.values)
    for row in 1..<Swift.max(rows, 1) {
      nn_combine(NN_MAXIMUM, n, values.values, 1, x + row * n, 1, values.values)
    }
    combine(NN_MINUS, rows, x, y)
    let powers = logarithm ? room.values : y
    nn_map(NN_EXP, rows * n, 0, y, powers)
    nn_sum_columns(rows, n, powers, values.values, false)
    if logarithm { nn_map(NN_LOG, n, 0, values.values, values.values) }
    combine(logarithm ? NN_MINUS : NN_OVER, rows, y, y)
  }

  /// Each row of a block with the values, which are one for each column.
  private func combine(_ op: nn_operator, _ rows: Int, _ x: Pointer, _ y: Pointer) {
    let n = view.inner
    for row in 0..<rows { nn_combine(op, n, x + row * n, 1, values.values, 1, y + row * n) }
  }

  /// Writes a block's gradient.
  private func flow(_ rows: Int, _ y: Pointer, _ dy: Pointer, _ dx: Pointer) {
    let n = rowLength
    #if !hasFeature(Embedded)
      if isLastAxis && isLong && !logarithm {
        return nn_softmax_rows_gradient(rows, n, y, dy, dx)
      }
    #endif
    let sums = values.values
    switch (logarithm, isLastAxis) {
    case (true, true): nn_sum_rows(rows, n, dy, sums)
    case (true, false): nn_sum_columns(rows, n, dy, sums, false)
    case (false, true): nn_sum_rows_of_products(rows, n, dy, y, sums)
    case (false, false): nn_sum_columns_of_products(rows, n, dy, y, sums, false)
    }
    if logarithm {
      nn_map(NN_EXP, rows * n, 0, y, dx)
      spread(NN_TIMES, rows, dx, dx)
      nn_combine(NN_MINUS, rows * n, dy, 1, dx, 1, dx)
    } else {
      spread(NN_MINUS, rows, dy, dx)
      nn_combine(NN_TIMES, rows * n, y, 1, dx, 1, dx)
    }
  }

  private func spread(_ op: nn_operator, _ rows: Int, _ x: Pointer, _ y: Pointer) {
    if isLastAxis {
      nn_combine_rows(op, rows, rowLength, x, values.values, y)
    } else {
      combine(op, rows, x, y)
    }
  }
}

extension Tensor {
  /// Probabilities along an axis: positive, and their sum is 1. A NaN makes all of its line NaN.
  public func softmax(axis: Int = -1) -> Tensor {
    SoftmaxOperation(self, AxisView(shape, axis: checked(axis)), logarithm: false).result(shape)
  }

  /// The logarithms of `softmax`, exact where those round to 0.
  public func logSoftmax(axis: Int = -1) -> Tensor {
    SoftmaxOperation(self, AxisView(shape, axis: checked(axis)), logarithm: true).result(shape)
  }
}
