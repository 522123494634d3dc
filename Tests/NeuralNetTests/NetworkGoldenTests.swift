import NeuralNet
import Testing

/// `04_mlp.json`: whole networks, forward and backward.
@Suite struct NetworkGoldenTests {
  @Test(arguments: GoldenFile("04_mlp").cases)
  func networkGivesOutputsLossAndGradients(_ golden: GoldenCase) throws {
    let layers = golden.options["layers"].array.compactMap { GoldenLayer($0.string ?? "") }
    let net = goldenNetwork(layers, golden.json["parameters"])
    let x = golden.input("x")
    let target = golden.input("target").detached()
    let activations = net.activations(x)
    let output = try #require(activations.last)

    let formula = try #require(golden.json["loss"]["formula"].string)
    let loss: Tensor
    if formula.hasPrefix("MSELoss") {
      loss = Loss.meanSquaredError(output, target)
    } else if formula.hasPrefix("BCELoss") {
      loss = Loss.binaryCrossEntropy(output, target)
    } else if formula.hasPrefix("BCEWithLogitsLoss") {
      loss = Loss.binaryCrossEntropyWithLogits(activations[activations.count - 2], target)
    } else {
      loss = Loss.crossEntropy(output, target)
    }
    var outputs = ["y": output, "loss": loss]
    if golden.json["outputs"]["hidden"].exists {
      outputs["hidden"] = activations[1]
      outputs["pre_activation_out"] = activations[activations.count - 2]
    }
    var gradients: [String: () -> Tensor?] = ["x": { x.gradient }]
    for (place, layer) in net.layers.enumerated() {
      guard let dense = layer as? Dense else { continue }
      gradients["\(place).weight"] = { dense.weight.gradient?.transposed() }
      gradients["\(place).bias"] = { dense.bias?.gradient }
    }
    golden.expect(outputs: outputs, gradients: gradients)
    #expect(net(x).values == output.values)
    if let count = golden.options["parameter_count"].int { #expect(net.parameterCount == count) }
  }
}
