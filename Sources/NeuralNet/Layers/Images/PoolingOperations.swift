internal import NeuralNetKernels

/// Windows over each channel of each image.
class PoolingOperation: Operation {
  final let x: Storage
  final let window: SlidingWindow
  final let planes: Int
  final let height: Int
  final let width: Int
  final let size: Extent

  init(_ window: SlidingWindow, _ x: Tensor, _ size: Extent) {
    self.window = window
    self.x = x.storage
    planes = x.shape[0] * x.shape[1]
    height = x.shape[2]
    width = x.shape[3]
    self.size = size
    super.init(inputs: [x], outputCount: planes * size.height * size.width)
  }

  /// Calls `body` with each place of the output, the rows and columns of its window that lie in
  /// the image, and where the plane begins.
  @inline(__always)
  final func visit(
    _ body: (_ place: Int, _ rows: Range<Int>, _ columns: Range<Int>, _ start: Int) -> Void
  ) {
    var place = 0
    for plane in 0..<planes {
      for i in 0..<size.height {
        let top = i * window.stride.height - window.padding.height
        let rows = max(top, 0)..<max(min(top + window.kernel.height, height), 0)
        for j in 0..<size.width {
          let left = j * window.stride.width - window.padding.width
          let columns = max(left, 0)..<max(min(left + window.kernel.width, width), 0)
          body(place, rows, columns, plane * height * width)
          place += 1
        }
      }
    }
  }
}

final class MaximumPooling: PoolingOperation {
  /// Where each value was taken from, in its plane.
  private let places: Storage

  override init(_ window: SlidingWindow, _ x: Tensor, _ size: Extent) {
    places = Storage(count: x.shape[0] * x.shape[1] * size.height * size.width)
    super.init(window, x, size)
  }

  private var shape: nn_pooling {
    nn_pooling(
      planes: planes, height: height, width: width, out_height: size.height,
      out_width: size.width, kernel_height: window.kernel.height,
      kernel_width: window.kernel.width, stride_height: window.stride.height,
      stride_width: window.stride.width, padding_height: window.padding.height,
      padding_width: window.padding.width)
  }

  override func forward() {
    var shape = shape
    nn_pool_largest(&shape, x.values, output.values, places.values)
  }

  override func backward() {
    guard x.needsGradient else { return }
    var shape = shape
    nn_pool_largest_gradient(&shape, output.gradient, places.values, x.gradientToAddTo())
  }
}

final class MeanPooling: PoolingOperation {
  private let countsPadding: Bool

  init(_ window: SlidingWindow, _ x: Tensor, _ size: Extent, _ countsPadding: Bool) {
    self.countsPadding = countsPadding
    super.init(window, x, size)
  }

  override func forward() {
    let (source, target) = (x.values, output.values)
    visit { place, rows, columns, start in
      var sum: Float = 0
      for row in rows {
        for column in columns { sum += source[start + row * width + column] }
      }
      target[place] = sum / count(rows, columns)
    }
  }

  override func backward() {
    guard x.needsGradient else { return }
    let (dx, dy) = (x.gradientToAddTo(), output.gradient)
    visit { place, rows, columns, start in
      let share = dy[place] / count(rows, columns)
      for row in rows {
        for column in columns { dx[start + row * width + column] += share }
      }
    }
  }

  private func count(_ rows: Range<Int>, _ columns: Range<Int>) -> Float {
    Float(
      countsPadding ? window.kernel.height * window.kernel.width : rows.count * columns.count)
  }
}
