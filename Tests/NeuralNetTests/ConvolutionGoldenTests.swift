import NeuralNet
import Testing

/// `10_convolution.json`: convolutions and pooling.
@Suite struct ConvolutionGoldenTests {
  static let file = GoldenFile("10_convolution")

  @Test(arguments: file.cases(of: "Conv2d"))
  func convolutionGivesValuesAndGradients(_ golden: GoldenCase) throws {
    let options = golden.options
    let layer = Convolution2D(
      try #require(options["in_channels"].int), try #require(options["out_channels"].int),
      kernel: try extent(options["kernel_size"]), stride: try extent(options["stride"]),
      padding: try extent(options["padding"]), dilation: try extent(options["dilation"]),
      groups: try #require(options["groups"].int), bias: options["bias"].bool ?? true)
    layer.weight.values = golden.parameter("weight").values
    let x = golden.input("x")
    var gradients: [String: () -> Tensor?] = [
      "x": { x.gradient }, "weight": { layer.weight.gradient },
    ]
    if let bias = layer.bias {
      bias.values = golden.parameter("bias").values
      gradients["bias"] = { bias.gradient }
    }
    golden.expect(outputs: ["y": layer(x)], gradients: gradients)
  }

  @Test(arguments: file.cases(of: "MaxPool2d", "AvgPool2d"))
  func poolingGivesValuesAndGradients(_ golden: GoldenCase) throws {
    let options = golden.options
    let kernel = try extent(options["kernel_size"])
    let stride = try extent(options["stride"])
    let padding = try extent(options["padding"])
    let layer: any Layer =
      golden.layer == "MaxPool2d"
      ? MaxPool(
        kernel, stride: stride, padding: padding,
        roundingUp: options["ceil_mode"].bool ?? false)
      : AveragePool(
        kernel, stride: stride, padding: padding,
        countingPadding: options["count_include_pad"].bool ?? true)
    let x = golden.input("x")
    golden.expect(outputs: ["y": layer(x)], gradients: ["x": { x.gradient }])
  }

  private func extent(_ json: JSON) throws -> Extent {
    Extent(try #require(json[0].int), try #require(json[1].int))
  }
}
