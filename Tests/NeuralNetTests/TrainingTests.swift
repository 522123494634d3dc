import NeuralNet
import Testing

@Suite struct TrainingTests {
  private func xorNetwork(seed: Int) -> Network {
    Network(inputs: 2, seed: seed) {
      Dense(4)
      Tanh()
      Dense(1)
      Sigmoid()
    }
  }

  @Test func aHiddenLayerLearnsXOR() {
    let net = xorNetwork(seed: 1)
    let history = net.train(
      on: .xor, loss: .meanSquaredError, optimizer: .sgd(learningRate: 1), epochs: 2000)
    #expect(history.losses.count == 2000)
    #expect(history.finalLoss < 0.01)
    #expect(net.predict(Dataset.xor.inputs).values.map { $0 > 0.5 } == [false, true, true, false])
    #expect(net.parameterCount == 17)
    #expect(net.storedParameterCount == 17)
  }

  @Test func replayedStepsGiveTheBitsOfStepsMadeAnew() {
    let (replayed, eager) = (xorNetwork(seed: 3), xorNetwork(seed: 3))
    let data = Dataset.xor
    let history = replayed.train(
      on: data, loss: .binaryCrossEntropy, optimizer: .sgd(learningRate: 0.3), epochs: 20)
    let rule = Optimizer.sgd(learningRate: 0.3).rule(for: eager.parameters.map(\.tensor))
    var losses: [Float] = []
    for _ in 0..<20 {
      for parameter in eager.parameters { parameter.tensor.clearGradient() }
      let loss = Loss.binaryCrossEntropy(eager(data.inputs), data.targets)
      loss.backward()
      rule.update(learningRate: 0.3)
      losses.append(loss.scalar)
    }
    #expect(history.losses == losses)
    #expect(
      zip(replayed.parameters, eager.parameters).allSatisfy { $0.tensor.values == $1.tensor.values }
    )
  }

  @Test func batchesCoverEverySampleAndKeepRemainders() {
    let inputs = Tensor([10, 2], (0..<20).map { Float($0) / 20 })
    let data = Dataset("line", inputs: inputs, targets: inputs.sum(axis: 1, keepingAxis: true))
    let net = Network(inputs: 2, seed: 1) { Dense(1) }
    let history = net.train(
      on: data, loss: .meanSquaredError, optimizer: .sgd(learningRate: 0.1), epochs: 200,
      batchSize: 4, validation: data)
    #expect(history.batchLosses.count == 600)
    #expect(history.validationLosses.count == 200)
    #expect(history.finalLoss < 1e-4)
  }

  @Test func wrongWidthsNameTheLayerAndItsPlace() {
    let error = #expect(throws: NetworkError.self) {
      _ = try Network(inputShape: [784], checking: [Dense(784, 128), ReLU(), Dense(256, 10)])
    }
    #expect(
      error?.description
        == "layer 3 of 3, Dense(256, 10): expected 256 inputs, got [1, 128] with 128: "
        + "ReLU before it gives 128; make this layer for 128 inputs, or let the one before give 256 "
        + "[wrong-width]")
  }
}
