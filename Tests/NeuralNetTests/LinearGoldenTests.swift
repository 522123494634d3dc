import NeuralNet
import Testing

/// `01_linear.json`: PyTorch's Linear, whose weight is the transpose of ours.
@Suite struct LinearGoldenTests {
  @Test(arguments: GoldenFile("01_linear").cases)
  func denseGivesTheValuesAndGradientsOfLinear(_ golden: GoldenCase) {
    let weight = golden.parameter("weight").transposed().matrix
    let hasBias = golden.parameterNames.contains("bias")
    let dense = Dense(weight: weight, bias: hasBias ? golden.parameter("bias").values : nil)
    let x = golden.input("x")
    var gradients: [String: () -> Tensor?] = [
      "x": { x.gradient }, "weight": { dense.weight.gradient?.transposed() },
    ]
    if let bias = dense.bias { gradients["bias"] = { bias.gradient } }
    golden.expect(outputs: ["y": dense(x)], gradients: gradients)
  }
}
