import NeuralNet
import Testing

/// `09_normalisation.json`: over rows, and over batches with running statistics.
@Suite struct NormalizationGoldenTests {
  static let file = GoldenFile("09_normalisation")

  @Test(arguments: file.cases(of: "LayerNorm"))
  func layerNormGivesValuesAndGradients(_ golden: GoldenCase) throws {
    let shape = Shape(golden.options["normalized_shape"].array.compactMap { $0.int })
    let isAffine = golden.options["elementwise_affine"].bool ?? true
    let layer = LayerNorm(
      shape, epsilon: try #require(golden.options["eps"].float), affine: isAffine)
    let x = golden.input("x")
    var gradients: [String: () -> Tensor?] = ["x": { x.gradient }]
    if isAffine {
      layer.weight?.values = golden.parameter("weight").values
      layer.bias?.values = golden.parameter("bias").values
      gradients["weight"] = { layer.weight?.gradient }
      gradients["bias"] = { layer.bias?.gradient }
    }
    golden.expect(outputs: ["y": layer(x)], gradients: gradients)
  }

  @Test(arguments: file.cases(of: "RMSNorm"))
  func rmsNormGivesValuesAndGradients(_ golden: GoldenCase) throws {
    let shape = golden.options["normalized_shape"].array.compactMap { $0.int }
    let layer = RMSNorm(
      try #require(shape.first), epsilon: try #require(golden.options["eps"].float))
    layer.weight?.values = golden.parameter("weight").values
    let x = golden.input("x")
    golden.expect(
      outputs: ["y": layer(x)],
      gradients: ["x": { x.gradient }, "weight": { layer.weight?.gradient }])
  }

  @Test func rmsNormHasPyTorchsEpsilon() { #expect(RMSNorm(6).epsilon == 1.1920929e-07) }

  @Test(arguments: file.cases(of: "BatchNorm1d"))
  func batchNormFollowsItsStatistics(_ golden: GoldenCase) throws {
    let isAffine = golden.options["affine"].bool ?? true
    let layer = BatchNorm(
      try #require(golden.options["num_features"].int),
      epsilon: try #require(golden.options["eps"].float),
      momentum: try #require(golden.options["momentum"].float), affine: isAffine)
    if isAffine {
      layer.weight?.values = golden.parameter("weight").values
      layer.bias?.values = golden.parameter("bias").values
    }
    for (number, json) in golden.json["steps"].array.enumerated() {
      let step = GoldenCase(json: json, file: NormalizationGoldenTests.file.json)
      layer.prepare(for: json["mode"].string == "train" ? .training : .inference)
      for parameter in layer.parameters { parameter.tensor.clearGradient() }
      let x = step.input("x")
      var gradients: [String: () -> Tensor?] = ["x": { x.gradient }]
      if isAffine {
        gradients["weight"] = { layer.weight?.gradient }
        gradients["bias"] = { layer.bias?.gradient }
      }
      step.expect(outputs: ["y": layer(x)], gradients: gradients)
      let after = json["buffers_after"]
      step.expect(
        try #require(layer.runningMean), equals: after["running_mean"], "mean after step \(number)")
      step.expect(
        try #require(layer.runningVariance), equals: after["running_var"],
        "variance after step \(number)")
    }
  }
}
