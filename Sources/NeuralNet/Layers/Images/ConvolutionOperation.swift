internal import NeuralNetKernels

/// A convolution as products of the kernel's rows with shifted views of the padded image.
///
/// - Gradient: `dweight` = products of `dy` with the same views; `dbias` = sums of `dy`; `dx` = the
///   convolution of `dy` with the kernel turned around
final class ConvolutionOperation: Operation {
  private let x: Storage
  private let weight: Storage
  private let bias: Storage?
  private let shape: nn_convolution

  init(_ layer: Convolution2D, _ x: Tensor, _ size: Extent) {
    self.x = x.storage
    weight = layer.weight.storage
    bias = layer.bias?.storage
    let window = layer.window
    shape = nn_convolution(
      batch: x.shape[0], groups: layer.groups, channels: x.shape[1] / layer.groups,
      outputs: layer.outputs / layer.groups, height: x.shape[2], width: x.shape[3],
      out_height: size.height, out_width: size.width, kernel_height: window.kernel.height,
      kernel_width: window.kernel.width, stride_height: window.stride.height,
      stride_width: window.stride.width, padding_height: window.padding.height,
      padding_width: window.padding.width, dilation_height: window.dilation.height,
      dilation_width: window.dilation.width)
    var list = [x, layer.weight]
    if let bias = layer.bias { list.append(bias) }
    super.init(
      inputs: list, outputCount: x.shape[0] * layer.outputs * size.height * size.width)
  }

  override func forward() {
    var shape = shape
    nn_convolve(&shape, x.values, weight.values, bias?.values, output.values)
  }

  override func backward() {
    var shape = shape
    if let bias, bias.needsGradient { flow(to: bias) }
    if weight.needsGradient {
      let dw = weight.gradientToWrite()
      nn_convolve_weight_gradient(&shape, x.values, output.gradient, dw.memory, dw.accumulate)
    }
    if x.needsGradient {
      let dx = x.gradientToWrite()
      nn_convolve_input_gradient(&shape, weight.values, output.gradient, dx.memory, dx.accumulate)
    }
  }

  private func flow(to bias: Storage) {
    let channels = shape.groups * shape.outputs
    let places = shape.out_height * shape.out_width
    let db = bias.gradientToAddTo()
    for channel in 0..<channels {
      var sum = 0.0
      for image in 0..<shape.batch {
        sum += Double(nn_sum(places, output.gradient + (image * channels + channel) * places))
      }
      db[channel] += Float(sum)
    }
  }
}
