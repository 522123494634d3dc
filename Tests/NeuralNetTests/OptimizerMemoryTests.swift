import NeuralNet
import Testing

/// Training that is cut in two, with everything written to text and read again in between.
@Suite struct OptimizerMemoryTests {
  static var optimizers: [Optimizer] {
    [
      .sgd(learningRate: 0.2), .sgd(learningRate: 0.1, momentum: 0.9, dampening: 0.5),
      .adam(learningRate: 0.02), .adam(learningRate: 0.02, amsgrad: true),
      .rmsProp(learningRate: 0.01, momentum: 0.5, centered: true), .adagrad(rateDecay: 0.1),
      Optimizer.adamW(learningRate: 0.02).clipping(.norm(0.5)).scheduled(.exponential(factor: 0.9)),
      Optimizer.adam(learningRate: 0.02)
        .using(.sgd(learningRate: 0.1, momentum: 0.9)) { $0.shape.rank < 2 },
    ]
  }

  private func network() -> Network {
    Network(inputs: 2, seed: 3) {
      Dense(5)
      Tanh()
      Dense(1)
      Sigmoid()
    }
  }

  private func train(_ net: Network, _ optimizer: Optimizer, _ epochs: Int) {
    net.train(on: .xor, loss: .binaryCrossEntropy, optimizer: optimizer, epochs: epochs)
  }

  @Test(arguments: optimizers.indices) func trainingGoesOnAsIfItHadNotBeenCut(_ index: Int) throws {
    let optimizer = OptimizerMemoryTests.optimizers[index]
    let whole = network()
    train(whole, optimizer, 20)

    let memory = OptimizerMemory()
    let first = network()
    train(first, optimizer.remembering(memory), 10)
    let (weights, text) = (first.saved(), memory.saved())

    let (second, other) = (network(), OptimizerMemory())
    try second.load(weights)
    try other.load(text)
    #expect(other.saved() == text)
    train(second, optimizer.remembering(other), 10)
    #expect(second.snapshot() == whole.snapshot(), "\(optimizer.name)")

    // In one program without files it is the same.
    train(first, optimizer.remembering(memory), 10)
    #expect(first.snapshot() == whole.snapshot(), "\(optimizer.name)")
  }

  @Test func whatIsOfAnotherOptimizerOrDamagedIsRefused() throws {
    let memory = OptimizerMemory()
    let net = network()
    train(net, Optimizer.adam().remembering(memory), 2)
    let text = memory.saved()
    let other = OptimizerMemory()
    train(network(), Optimizer.adagrad().remembering(other), 2)
    let before = other.saved()
    #expect(throws: ParameterFileError.optimizer(expected: "Adagrad", got: "Adam")) {
      try other.load(text)
    }
    #expect(
      ParameterFileError.optimizer(expected: "Adagrad", got: "Adam").description
        == "the optimizer is Adagrad, the text is the memory of Adam [different-optimizer]")
    #expect(other.saved() == before)
    let wide = OptimizerMemory()
    let larger = Network(inputs: 2) {
      Dense(7); Dense(1)
    }
    larger.train(
      on: .xor, loss: .meanSquaredError, optimizer: .adam().remembering(wide), epochs: 1)
    #expect(throws: ParameterFileError.valueCount(array: "array 1", expected: 14, got: 10)) {
      try wide.load(text)
    }
    let changed = text.replacing("0.", with: "1.", maxReplacements: 1)
    #expect(throws: ParameterFileError.self) { try memory.load(changed) }
    #expect(throws: ParameterFileError.self) { try memory.load("{}") }
    #expect(memory.saved() == text)
  }
}
