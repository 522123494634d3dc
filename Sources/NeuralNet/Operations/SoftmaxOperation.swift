internal import NeuralNetKernels

/// `y = exp x / Σ exp x` along an axis, or its logarithm.
///
/// The largest value is taken off first, so that nothing overflows.
final class SoftmaxOperation: Operation {
  private let x: Storage
  private let view: AxisView
  private let logarithm: Bool
  /// One line of the axis, where its elements do not stand side by side.
  private lazy var line = Storage(count: view.size)
  private lazy var gradientLine = Storage(count: view.size)
  private lazy var room = Storage(count: view.size)

  init(_ x: Tensor, _ view: AxisView, logarithm: Bool) {
    self.x = x.storage
    self.view = view
    self.logarithm = logarithm
    super.init(inputs: [x], outputCount: x.count)
  }

  override func forward() {
    if output.count == 0 { return }
    let n = view.size
    for outer in 0..<view.outer {
      for inner in 0..<view.inner {
        let start = outer * n * view.inner + inner
        if view.inner == 1 {
          compute(x.values + start, output.values + start)
        } else {
          for i in 0..<n { line.values[i] = x.values[start + i * view.inner] }
          compute(line.values, line.values)
          for i in 0..<n { output.values[start + i * view.inner] = line.values[i] }
        }
      }
    }
  }

  private func compute(_ x: UnsafeMutablePointer<Float>, _ y: UnsafeMutablePointer<Float>) {
    let n = view.size
    var top = x[0]
    for i in 1..<max(n, 1) where x[i] > top { top = x[i] }
    nn_combine(NN_MINUS, n, x, 1, &top, 0, y)
    if logarithm {
      nn_map(NN_EXP, n, 0, y, room.values)
      var sum = ElementaryFunction.log(nn_sum(n, room.values))
      nn_combine(NN_MINUS, n, y, 1, &sum, 0, y)
    } else {
      nn_map(NN_EXP, n, 0, y, y)
      var sum = nn_sum(n, y)
      nn_combine(NN_OVER, n, y, 1, &sum, 0, y)
    }
  }

  override func backward() {
    guard x.needsGradient, output.count > 0 else { return }
    let n = view.size
    let dx = x.gradientToAddTo()
    for outer in 0..<view.outer {
      for inner in 0..<view.inner {
        let start = outer * n * view.inner + inner
        if view.inner == 1 {
          flow(output.values + start, output.gradient + start)
          nn_add_scaled(n, 1, room.values, dx + start)
        } else {
          for i in 0..<n {
            line.values[i] = output.values[start + i * view.inner]
            gradientLine.values[i] = output.gradient[start + i * view.inner]
          }
          flow(line.values, gradientLine.values)
          for i in 0..<n { dx[start + i * view.inner] += room.values[i] }
        }
      }
    }
  }

  /// Puts a line's gradient into `room`.
  private func flow(_ y: UnsafeMutablePointer<Float>, _ dy: UnsafeMutablePointer<Float>) {
    let n = view.size
    if logarithm {
      var sum = nn_sum(n, dy)
      nn_map(NN_EXP, n, 0, y, room.values)
      nn_combine(NN_TIMES, n, room.values, 1, &sum, 0, room.values)
      nn_combine(NN_MINUS, n, dy, 1, room.values, 1, room.values)
    } else {
      var sum = nn_sum_of_products(n, dy, y)
      nn_combine(NN_MINUS, n, dy, 1, &sum, 0, room.values)
      nn_combine(NN_TIMES, n, y, 1, room.values, 1, room.values)
    }
  }
}

extension Tensor {
  /// Probabilities along an axis: positive, and their sum is 1.
  public func softmax(axis: Int = -1) -> Tensor {
    SoftmaxOperation(self, AxisView(shape, axis: checked(axis)), logarithm: false).result(shape)
  }

  /// The logarithms of `softmax`, exact where those round to 0.
  public func logSoftmax(axis: Int = -1) -> Tensor {
    SoftmaxOperation(self, AxisView(shape, axis: checked(axis)), logarithm: true).result(shape)
  }
}
