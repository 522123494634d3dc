import NeuralNet
import Testing

/// Only the steps of training train: whatever else is asked of a network is answered as in use, at any
/// time, and changes nothing.
@Suite struct ModeTests {
  private func net(_ seed: Int = 1) -> Network {
    Network(inputs: 2, seed: seed) {
      Dense(8)
      BatchNorm()
      Tanh()
      Dropout(0.5)
      Dense(1)
      Sigmoid()
    }
  }

  @Test(arguments: [nil, 2] as [Int?])
  func whatAnEpochAsksIsAnsweredAsInUse(_ batchSize: Int?) {
    let (watched, alone) = (net(), net())
    func train(_ net: Network, _ onEpoch: ((Int, Float) -> Void)?) -> History {
      net.train(
        on: .xor, loss: .binaryCrossEntropy, optimizer: .adam(learningRate: 0.05), epochs: 5,
        batchSize: batchSize, onEpoch: onEpoch)
    }
    let history = train(watched) { _, _ in
      let statistics = watched.buffers.map { $0.tensor.values }
      let answers = watched.predict(Dataset.xor.inputs).values
      #expect(watched.predict(Dataset.xor.inputs).values == answers)
      #expect(watched.accuracy(on: .xor) == Dataset.xor.accuracy(of: watched))
      _ = watched.evaluate(on: .xor, loss: .binaryCrossEntropy)
      #expect(watched.buffers.map { $0.tensor.values } == statistics)
      #expect(watched.mode == .inference)
    }
    #expect(history.batchLosses == train(alone, nil).batchLosses)
    #expect(watched.snapshot() == alone.snapshot())
  }

  @Test func predictionsDoNotTrainInTrainingModeEither() {
    let net = net()
    let before = net.snapshot()
    let answers = net.predict(Dataset.xor.inputs).values
    net.prepare(for: .training)
    #expect(net.predict(Dataset.xor.inputs).values == answers)
    #expect(net.snapshot() == before)
    #expect(net.mode == .training)
  }

  @Test func recordingAStepLeavesNoTrace() {
    let net = net()
    let before = net.snapshot()
    _ = TrainingStep(net, .binaryCrossEntropy, .adam(), like: .xor)
    #expect(net.snapshot() == before)
    #expect(net.mode == .inference)
  }

  @Test func aLoadedNetworkHasTheStatisticsThatWereSaved() throws {
    let trained = net()
    trained.train(
      on: .xor, loss: .binaryCrossEntropy, optimizer: .adam(learningRate: 0.05), epochs: 20)
    let other = net(2)
    let step = TrainingStep(other, .binaryCrossEntropy, .sgd(learningRate: 0), like: .xor)
    try other.load(trained.saved())
    #expect(other.snapshot() == trained.snapshot())
    #expect(
      other.predict(Dataset.xor.inputs).values == trained.predict(Dataset.xor.inputs).values)
    #expect(other.snapshot() == trained.snapshot())
    _ = step
  }

  @Test func theFirstRunComputesWithWhatIsThere() {
    func net() -> Network {
      Network(inputs: 2, seed: 4) {
        Dense(3)
        BatchNorm()
        Dense(1)
      }
    }
    let (changed, made) = (net(), net())
    func weights(_ net: Network) { net.parameters[0].tensor.values = [1, -2, 3, 4, 0.5, 6] }
    let early = TrainingStep(changed, .meanSquaredError, .sgd(learningRate: 0.1), like: .xor)
    weights(changed)
    weights(made)
    let late = TrainingStep(made, .meanSquaredError, .sgd(learningRate: 0.1), like: .xor)
    #expect(early.run() == late.run())
    early.inputs.values = [1, 1, 0, 0, 0, 1, 1, 0]
    late.inputs.values = [1, 1, 0, 0, 0, 1, 1, 0]
    #expect(early.run() == late.run())
    #expect(changed.snapshot() == made.snapshot())
  }

  @Test func twoStepsOfOneNetworkTakeTurns() {
    func run(_ order: [Int]) -> WeightSnapshot {
      let net = net(6)
      let steps = (0..<2).map { _ in
        TrainingStep(net, .binaryCrossEntropy, .sgd(learningRate: 0), like: .xor)
      }
      for place in order { steps[place].run() }
      return net.snapshot()
    }
    #expect(run([0, 1, 0]).arrays.suffix(2) == run([0, 0, 0]).arrays.suffix(2))
  }
}

/// Predicting many rows at once gives what the network gives.
@Suite struct PredictionTests {
  private func noise(_ shape: Shape) -> Tensor {
    var random = RandomSource(seed: 8)
    return Tensor(shape, (0..<shape.count).map { _ in random.uniform(in: -1..<1) })
  }

  /// A layer of an author's, whose rows look at each other.
  final class Centered: Layer {
    let name = "Centered"
    func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }
    func callAsFunction(_ input: Tensor) -> Tensor { input - input.mean(axis: 0) }
  }

  @Test func axisZeroNeedNotBeSamples() {
    let time = Network(inputShape: [2, 3]) { LSTM(4, batchFirst: false) }
    let wide = Network(inputs: 3) {
      Dense(4)
      Softmax(axis: 0)
    }
    let attention = Network(inputShape: [1, 4]) {
      MultiHeadAttention(4, heads: 2, batchFirst: false)
    }
    let own = Network(inputs: 3) {
      Dense(4)
      Residual { Centered().named("mine") }
    }
    for (net, shape) in [
      (time, Shape([1100, 2, 3])), (wide, Shape([1500, 3])), (attention, Shape([1100, 1, 4])),
      (own, Shape([1500, 3])),
    ] {
      let input = noise(shape)
      #expect(net.predict(input).values == withoutGradients { net(input) }.values, "\(shape)")
    }
  }

  @Test func blocksOfSamplesGiveTheSameBits() {
    let image = Network(inputShape: [2, 4, 4]) {
      Convolution2D(3, kernel: 2)
      BatchNorm()
      ReLU()
      MaxPool(2, stride: 1)
      Flatten()
      Dense(5)
      Dropout(0.5)
      LayerNorm()
      LogSoftmax()
    }
    let words = Network(inputShape: [3, 4]) {
      TransformerEncoderLayer(4, heads: 2, feedForward: 6)
      GRU(3, output: .last)
      Dense(2)
    }
    for (net, shape) in [(image, Shape([1300, 2, 4, 4])), (words, Shape([1100, 3, 4]))] {
      let input = noise(shape)
      #expect(net.keepsSamplesApart(for: shape))
      #expect(net.predict(input).values == withoutGradients { net(input) }.values, "\(shape)")
    }
  }

  @Test func aSingleOutputIsReadAsItsLossReadsIt() {
    func net(_ bias: Float) -> Network { Network([Dense(weight: [[1]], bias: [bias])]) }
    let data = Dataset(
      "signs", inputs: Tensor([[-2], [0.25], [0.75]]), targets: Tensor([0, 1, 1]))
    let fitted = Dataset("fit", inputs: data.inputs, targets: Tensor([[0], [1], [1]]))
    let logits = net(0)
    logits.train(
      on: fitted, loss: .binaryCrossEntropyWithLogits, optimizer: .sgd(learningRate: 0), epochs: 1)
    #expect(logits.classes(of: data.inputs) == [0, 1, 1])
    #expect(logits.accuracy(on: data) == 1)
    let line = net(0)
    line.train(on: fitted, loss: .meanSquaredError, optimizer: .sgd(learningRate: 0), epochs: 1)
    #expect(line.classes(of: data.inputs) == [0, 0, 1])
    #expect(line.accuracy(on: data, threshold: 0.2) == 1)
    // Not trained here: outputs below 0 are no probabilities.
    #expect(net(0).classes(of: data.inputs) == [0, 1, 1])
    #expect(net(0).classes(of: Tensor([[0.25], [0.75]])) == [0, 1])
  }
}
