import NeuralNet
import Testing

/// `18_course_layers.json`: layers beyond the first ones, against another implementation.
@Suite struct CourseLayerGoldenTests {
  static let file = GoldenFile("18_course_layers")

  @Test(arguments: file.cases.filter { $0.layer != "TransformerDecoderLayer" })
  func layerGivesValuesAndGradients(_ golden: GoldenCase) throws {
    let layer = try self.layer(golden)
    let x = golden.input("x")
    _ = try layer.outputShape(for: x.shape)
    var gradients: [String: () -> Tensor?] = ["x": { x.gradient }]
    for parameter in layer.parameters {
      let name = "\(parameter.name)"
      parameter.tensor.values = golden.parameter(name).values
      let shape = golden.parameter(name).shape
      gradients[name] = { parameter.tensor.gradient?.reshaped(to: shape.dimensions) }
    }
    golden.expect(outputs: ["y": layer(x)], gradients: gradients)
  }

  @Test(arguments: file.cases(of: "TransformerDecoderLayer"))
  func decoderLayerGivesValuesAndGradients(_ golden: GoldenCase) throws {
    let layer = TransformerDecoderLayer(
      try #require(golden.options["width"].int), heads: try #require(golden.options["heads"].int),
      feedForward: try #require(golden.options["feedForward"].int),
      activation: golden.options["activation"].string == "gelu" ? .gelu : .relu,
      normFirst: golden.options["normFirst"].bool ?? false)
    AttentionGoldenTests.load(golden, "self_attn.", into: layer.selfAttention)
    AttentionGoldenTests.load(golden, "multihead_attn.", into: layer.crossAttention)
    let (x, memory) = (golden.input("x"), golden.input("memory"))
    var gradients = AttentionGoldenTests.gradients(golden, "self_attn.", of: layer.selfAttention)
    gradients.merge(
      AttentionGoldenTests.gradients(golden, "multihead_attn.", of: layer.crossAttention)
    ) { first, _ in first }
    gradients["x"] = { x.gradient }
    gradients["memory"] = { memory.gradient }
    for (dense, name) in [(layer.expand, "linear1"), (layer.contract, "linear2")] {
      dense.weight.values = golden.parameter(name + ".weight").transposed().values
      dense.bias?.values = golden.parameter(name + ".bias").values
      gradients[name + ".weight"] = { dense.weight.gradient?.transposed() }
      gradients[name + ".bias"] = { dense.bias?.gradient }
    }
    for (norm, name) in [(layer.norm1, "norm1"), (layer.norm2, "norm2"), (layer.norm3, "norm3")] {
      norm.weight?.values = golden.parameter(name + ".weight").values
      norm.bias?.values = golden.parameter(name + ".bias").values
      gradients[name + ".weight"] = { norm.weight?.gradient }
      gradients[name + ".bias"] = { norm.bias?.gradient }
    }
    golden.expect(outputs: ["y": layer(x, memory: memory)], gradients: gradients)
  }

  private func layer(_ golden: GoldenCase) throws -> any Layer {
    let options = golden.options
    func number(_ name: String) throws -> Int { try #require(options[name].int) }
    func extent(_ name: String) throws -> Extent {
      Extent(try #require(options[name][0].int), try #require(options[name][1].int))
    }
    switch golden.layer {
    case "GroupNorm":
      return GroupNorm(
        try number("channels"), groups: try number("groups"),
        epsilon: try #require(options["epsilon"].float))
    case "ConvTranspose2d":
      return ConvolutionTranspose2D(
        try number("inputs"), try number("outputs"), kernel: try extent("kernel"),
        stride: try extent("stride"), padding: try extent("padding"),
        outputPadding: try extent("outputPadding"), dilation: try extent("dilation"),
        groups: try number("groups"), bias: options["bias"].bool ?? true)
    case "Conv1d":
      return Convolution1D(
        try number("inputs"), try number("outputs"), kernel: try number("kernel"),
        stride: try number("stride"), padding: try number("padding"),
        dilation: try number("dilation"), groups: try number("groups"),
        causal: options["causal"].bool ?? false, bias: options["bias"].bool ?? true)
    case "Upsample":
      return Upsample(
        try extent("factor"), mode: options["mode"].string == "bilinear" ? .bilinear : .nearest)
    case "GlobalAveragePool": return GlobalAveragePool()
    default:
      Issue.record("\(golden.name): no layer is called \(golden.layer)")
      return Flatten()
    }
  }
}
