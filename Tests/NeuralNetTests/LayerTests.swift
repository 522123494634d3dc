import NeuralNet
import Testing

@Suite struct LayerTests {
  @Test func denseObeysTheLaws() throws {
    try expectLayerLaws(Dense(3, 2), input: [4, 3])
    try expectLayerLaws(Dense(5), input: [4, 3])
    try expectLayerLaws(Dense(3, 2, bias: false), input: [4, 3])
    try expectLayerLaws(Dense(3, 40), input: [2, 5, 3])
  }

  @Test func activationsObeyTheLaws() throws {
    for layer in [Step(), Sigmoid(), Tanh(), ReLU()] as [any Layer] {
      try expectLayerLaws(layer, input: [4, 3])
      try expectLayerLaws(layer, input: [2, 3, 5])
    }
  }

  @Test func networksObeyTheLaws() throws {
    try expectLayerLaws(
      Network(inputs: 3, seed: 4) {
        Dense(4)
        Tanh()
        Dense(2)
      }, input: [5, 3])
  }

  @Test func anActivationTakenInGivesTheSameBits() {
    let x = Tensor([5, 3], (0..<15).map { Float($0) / 7 - 1 })
    for activation in [Sigmoid(), Tanh(), ReLU()] as [any Layer] {
      let dense = Dense(3, 20, seed: 5)
      let net = Network([dense, activation])
      #expect(net(x).values == activation(dense(x)).values)
      #expect(net(x).values == net.activations(x).last?.values)
    }
  }
}
