internal import NeuralNetKernels

/// A transposed convolution as one matrix product for each image and group: the kernel's columns times
/// the pixels give what every pixel adds, which is then added where it belongs.
///
/// - Gradient: with `columns` gathered from `dy` as a convolution would, `dx = weight columns`,
///   `dweight = x columnsᵀ`, `dbias` = sums of `dy`
final class TransposedConvolution: Operation {
  private let x: Storage
  private let weight: Storage
  private let bias: Storage?
  private let window: SlidingWindow
  private let batch: Int
  private let groups: Int
  /// Channels of a group, in and out.
  private let channels: Int
  private let outputs: Int
  private let inner: Extent
  private let outer: Extent
  /// `[outputs * kernel cells, pixels]` of one image and group.
  private let columns: Storage

  init(_ layer: ConvolutionTranspose2D, _ x: Tensor, _ size: Extent) {
    self.x = x.storage
    weight = layer.weight.storage
    bias = layer.bias?.storage
    window = layer.window
    batch = x.shape[0]
    groups = layer.groups
    channels = x.shape[1] / layer.groups
    outputs = layer.outputs / layer.groups
    inner = Extent(x.shape[2], x.shape[3])
    outer = size
    columns = Storage(
      count: outputs * layer.kernel.height * layer.kernel.width * inner.height * inner.width)
    var list = [x, layer.weight]
    if let bias = layer.bias { list.append(bias) }
    super.init(inputs: list, outputCount: batch * layer.outputs * size.height * size.width)
  }

  private var pixels: Int { inner.height * inner.width }
  private var places: Int { outer.height * outer.width }
  /// How many numbers one pixel adds to.
  private var spread: Int { outputs * window.kernel.height * window.kernel.width }

  override func forward() {
    for image in 0..<batch {
      for group in 0..<groups {
        let part = image * groups + group
        Product(spread, pixels, channels)
          .first(weight.values + group * channels * spread, (1, spread))
          .second(x.values + part * channels * pixels, (pixels, 1))
          .write(to: columns.values, accumulate: false)
        let y = output.values + part * outputs * places
        for channel in 0..<outputs {
          nn_fill(places, bias?.values[group * outputs + channel] ?? 0, y + channel * places)
        }
        visit { row, place, first, count, step in
          for pixel in 0..<count { y[place + pixel * step] += columns.values[row + first + pixel] }
        }
      }
    }
  }

  override func backward() {
    for image in 0..<batch {
      for group in 0..<groups {
        let part = image * groups + group
        let dy = output.gradient + part * outputs * places
        if let bias, bias.needsGradient {
          let db = bias.gradientToAddTo() + group * outputs
          for channel in 0..<outputs { db[channel] += nn_sum(places, dy + channel * places) }
        }
        guard x.needsGradient || weight.needsGradient else { continue }
        nn_fill(columns.count, 0, columns.values)
        visit { row, place, first, count, step in
          for pixel in 0..<count { columns.values[row + first + pixel] = dy[place + pixel * step] }
        }
        if x.needsGradient {
          Product(channels, pixels, spread)
            .first(weight.values + group * channels * spread, (spread, 1))
            .second(columns.values, (pixels, 1))
            .write(to: x.gradientToAddTo() + part * channels * pixels, accumulate: true)
        }
        if weight.needsGradient {
          Product(channels, spread, pixels)
            .first(x.values + part * channels * pixels, (pixels, 1))
            .second(columns.values, (1, pixels))
            .write(
              to: weight.gradientToAddTo() + group * channels * spread, accumulate: true)
        }
      }
    }
  }

  /// Calls `body` for each row of pixels under each cell of the kernel: where the row begins in the
  /// columns, the place in the output of its first pixel that is inside, which pixel that is, how many
  /// are inside, and how far apart their places are.
  @inline(__always)
  private func visit(
    _ body: (_ row: Int, _ place: Int, _ first: Int, _ count: Int, _ step: Int) -> Void
  ) {
    var start = 0
    let step = window.stride.width
    for channel in 0..<outputs {
      for u in 0..<window.kernel.height {
        for v in 0..<window.kernel.width {
          let left = v * window.dilation.width - window.padding.width
          let first = left < 0 ? (-left + step - 1) / step : 0
          let end = Swift.min(
            inner.width, left >= outer.width ? 0 : (outer.width - 1 - left) / step + 1)
          for i in 0..<inner.height {
            let row = i * window.stride.height + u * window.dilation.height - window.padding.height
            if row >= 0 && row < outer.height && first < end {
              body(
                start, (channel * outer.height + row) * outer.width + left + first * step, first,
                end - first, step)
            }
            start += inner.width
          }
        }
      }
    }
  }
}
