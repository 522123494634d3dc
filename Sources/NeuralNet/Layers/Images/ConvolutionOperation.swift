internal import NeuralNetKernels

/// A convolution as one matrix product for each image and group: the kernel's rows times columns
/// that each hold what one window sees.
///
/// - Gradient: `dweight = dy columnsᵀ`, `dbias` = sums of `dy`, and `weightᵀ dy` is added back to
///   the places that the columns were taken from
final class ConvolutionOperation: Operation {
  private let x: Storage
  private let weight: Storage
  private let bias: Storage?
  private let window: SlidingWindow
  private let batch: Int
  private let groups: Int
  /// Channels of a group, in and out.
  private let channels: Int
  private let outputs: Int
  private let height: Int
  private let width: Int
  private let size: Extent
  /// `[channels * kernel cells, places]` of one image and group.
  private let columns: Storage
  private lazy var columnGradients = Storage(count: columns.count)

  init(_ layer: Convolution2D, _ x: Tensor, _ size: Extent) {
    self.x = x.storage
    weight = layer.weight.storage
    bias = layer.bias?.storage
    window = layer.window
    batch = x.shape[0]
    groups = layer.groups
    channels = x.shape[1] / layer.groups
    outputs = layer.outputs / layer.groups
    height = x.shape[2]
    width = x.shape[3]
    self.size = size
    let cells = layer.kernel.height * layer.kernel.width
    columns = Storage(count: channels * cells * size.height * size.width)
    var list = [x, layer.weight]
    if let bias = layer.bias { list.append(bias) }
    super.init(
      inputs: list, outputCount: batch * layer.outputs * size.height * size.width)
  }

  private var cells: Int { window.kernel.height * window.kernel.width }
  private var places: Int { size.height * size.width }
  /// How many values an output is summed from.
  private var depth: Int { channels * cells }

  override func forward() {
    for image in 0..<batch {
      for group in 0..<groups {
        collect(image, group)
        let y = output.values + (image * groups + group) * outputs * places
        for channel in 0..<outputs {
          nn_fill(places, bias?.values[group * outputs + channel] ?? 0, y + channel * places)
        }
        Product(outputs, places, depth)
          .first(weight.values + group * outputs * depth, (depth, 1))
          .second(columns.values, (places, 1)).write(to: y, accumulate: true)
      }
    }
  }

  override func backward() {
    for image in 0..<batch {
      for group in 0..<groups {
        let dy = output.gradient + (image * groups + group) * outputs * places
        if let bias, bias.needsGradient {
          let db = bias.gradientToAddTo() + group * outputs
          for channel in 0..<outputs { db[channel] += nn_sum(places, dy + channel * places) }
        }
        if weight.needsGradient {
          collect(image, group)
          Product(outputs, depth, places)
            .first(dy, (places, 1)).second(columns.values, (1, places))
            .write(
              to: weight.gradientToAddTo() + group * outputs * depth, accumulate: true)
        }
        if x.needsGradient {
          Product(depth, places, outputs)
            .first(weight.values + group * outputs * depth, (1, depth))
            .second(dy, (places, 1)).write(to: columnGradients.values, accumulate: false)
          giveBack(image, group)
        }
      }
    }
  }

  /// Writes what each window of an image and group sees, 0 in the padding.
  private func collect(_ image: Int, _ group: Int) {
    let (target, values) = (columns.values, x.values)
    visit(image, group) { place, source in
      target[place] = source < 0 ? 0 : values[source]
    }
  }

  /// Adds the columns' gradients to the places they were taken from.
  private func giveBack(_ image: Int, _ group: Int) {
    let (dx, gradients) = (x.gradientToAddTo(), columnGradients.values)
    visit(image, group) { place, source in
      if source >= 0 { dx[source] += gradients[place] }
    }
  }

  /// Calls `body` with each place of the columns and the place in the input, or -1 for padding.
  @inline(__always)
  private func visit(_ image: Int, _ group: Int, _ body: (_ place: Int, _ source: Int) -> Void) {
    var place = 0
    for channel in 0..<channels {
      let start = ((image * groups + group) * channels + channel) * height * width
      for u in 0..<window.kernel.height {
        for v in 0..<window.kernel.width {
          for i in 0..<size.height {
            let row = i * window.stride.height + u * window.dilation.height - window.padding.height
            for j in 0..<size.width {
              let column =
                j * window.stride.width + v * window.dilation.width - window.padding.width
              let isInside = row >= 0 && row < height && column >= 0 && column < width
              body(place, isInside ? start + row * width + column : -1)
              place += 1
            }
          }
        }
      }
    }
  }
}
