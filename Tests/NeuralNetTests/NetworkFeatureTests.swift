import NeuralNet
import Testing

/// Freezing, snapshots, pruning, saving, names, early stopping.
@Suite struct NetworkFeatureTests {
  private func net(_ seed: Int = 1) -> Network {
    Network(inputs: 2, seed: seed) {
      Dense(4).named("hidden")
      BatchNorm()
      Tanh()
      Dense(1).named("out")
    }
  }

  @discardableResult
  private func train(_ net: Network, epochs: Int = 20) -> History {
    net.train(
      on: .xor, loss: .meanSquaredError, optimizer: .adam(learningRate: 0.05), epochs: epochs)
  }

  @Test func aFrozenLayerStaysAsItIs() {
    let net = net()
    net["hidden"].freeze()
    #expect(net["hidden"].isFrozen && !net["out"].isFrozen)
    #expect(net.trainableParameterCount == net.parameterCount - 12)
    let (hidden, out) = (
      net["hidden"].parameters.map { $0.tensor.values },
      net["out"].parameters.map { $0.tensor.values }
    )
    train(net)
    #expect(net["hidden"].parameters.map { $0.tensor.values } == hidden)
    #expect(net["out"].parameters.map { $0.tensor.values } != out)
    net["hidden"].unfreeze()
    train(net)
    #expect(net["hidden"].parameters.map { $0.tensor.values } != hidden)
  }

  @Test func rewindingBringsEverythingBack() {
    let net = net()
    let (before, initial) = (net.predict(Dataset.xor.inputs).values, net.snapshot())
    train(net)
    #expect(net.predict(Dataset.xor.inputs).values != before)
    net.rewind(to: initial)
    #expect(net.predict(Dataset.xor.inputs).values == before)
    #expect(net.snapshot() == initial)
  }

  @Test func prunedWeightsStayZeroThroughTrainingAndRewinding() {
    let net = Network(inputs: 2, seed: 3) {
      Dense(10)
      Tanh()
      Dense(1)
    }
    let initial = net.snapshot()
    train(net)
    let trained = net.parameters.flatMap { $0.tensor.shape.rank == 2 ? $0.tensor.values : [] }
    let mask = net.prune(0.5)
    #expect(mask.sparsity == 0.5)
    let smallest = trained.map { abs($0) }.sorted()[..<15]
    let cut = zip(
      trained, net.parameters.flatMap { $0.tensor.shape.rank == 2 ? $0.tensor.values : [] }
    )
    .filter { $1 == 0 }.map { abs($0.0) }.sorted()
    #expect(cut == Array(smallest))
    net.rewind(to: initial)
    train(net)
    for (weight, ones) in zip(mask.weights, mask.masks) {
      for (value, one) in zip(weight.values, ones.values) { #expect((value != 0) == (one != 0)) }
    }
    // Cutting more keeps what is cut.
    #expect(net.prune(0.7).sparsity == 0.7)
    #expect(
      zip(mask.masks, net.mask?.masks ?? []).allSatisfy { old, new in
        zip(old.values, new.values).allSatisfy { $0 >= $1 }
      })
  }

  @Test func randomPruningDependsOnItsSeedAlone() {
    func places(_ seed: Int) -> [[Float]] {
      net(5).prune(0.5, by: .random(seed: seed), scope: .array).masks.map { $0.values }
    }
    #expect(places(1) == places(1))
    #expect(places(1) != places(2))
    #expect(places(1).allSatisfy { mask in mask.count { $0 == 0 } == mask.count / 2 })
  }

  @Test func savedParametersComeBackBitForBit() throws {
    let one = net(1)
    train(one)
    one.parameters[0].tensor.values = [
      .nan, -0.0, .infinity, .leastNonzeroMagnitude, 3.4e38, 0.1, -1e-7, 16_777_215,
    ]
    let text = one.saved()
    let other = net(2)
    try other.load(text)
    #expect(
      other.snapshot().arrays.map { $0.map(\.bitPattern) }
        == one.snapshot().arrays.map { $0.map(\.bitPattern) })
    #expect(other.saved() == text)
  }

  @Test func damagedParametersAreRefused() throws {
    let net = net()
    let before = net.snapshot()
    let text = net.saved()
    let changed = text.replacing("\"values\": [", with: "\"values\": [1", maxReplacements: 1)
    #expect(throws: ParameterFileError.self) { try net.load(changed) }
    #expect(throws: ParameterFileError.self) { try net.load(String(text.dropLast(10))) }
    #expect(throws: ParameterFileError.notJSON(byte: 0)) { try net.load("weights") }
    let small = Network(inputs: 2) { Dense(3) }
    #expect(throws: ParameterFileError.arrayCount(expected: 2, got: 8)) { try small.load(text) }
    let wide = Network(inputs: 2) {
      Dense(5).named("hidden")
      BatchNorm()
      Tanh()
      Dense(1).named("out")
    }
    #expect(
      throws: ParameterFileError.shape(
        array: "1 hidden: Dense(2, 5) weight", expected: [2, 5], got: [2, 4])
    ) { try wide.load(text) }
    let rectified = Network(inputs: 2) {
      Dense(4).named("hidden")
      BatchNorm()
      ReLU()
      Dense(1).named("out")
    }
    let error = #expect(throws: ParameterFileError.self) { try rectified.load(text) }
    #expect(
      error?.description
        == "the network's layers are Dense(2, 4), BatchNorm(4), ReLU, Dense(4, 1), those of the text "
        + "Dense(2, 4), BatchNorm(4), Tanh, Dense(4, 1) [different-network]")
    #expect(net.snapshot() == before)
  }

  @Test func namesOfTheAuthorsAndDropoutMayDiffer() throws {
    let net = net()
    let other = Network(inputs: 2, seed: 5) {
      Dense(4)
      BatchNorm()
      Tanh().named("bend")
      Dropout(0.1)
      Dense(1)
    }
    try other.load(net.saved())
    #expect(other.snapshot() == net.snapshot())
  }

  @Test func filesOfTheFirstVersionAreRead() throws {
    let net = Network(inputs: 1) { Dense(2) }
    try net.load(
      """
      {"format": "neural network parameters", "version": 1,
       "checksum": "db175341630cc58b",
       "arrays": [
        {"name": "1 Dense(1, 2) weight", "shape": [1, 2],
         "values": [0.5, -0.25]},
        {"name": "1 Dense(1, 2) bias", "shape": [2],
         "values": [1.0, 2.0]}]}
      """)
    #expect(net.predict(Tensor([[2]])).values == [2, 1.5])
  }

  @Test func trainingStopsWhenTheLossNoLongerFalls() {
    let net = net(4)
    var best = Float.infinity
    let history = net.train(
      on: .xor, loss: .meanSquaredError, optimizer: .sgd(learningRate: 0.1), epochs: 500,
      validation: Dataset(
        "opposite", inputs: Dataset.xor.inputs, targets: 1 - Dataset.xor.targets),
      earlyStopping: .after(3))
    best = history.validationLosses.min() ?? .nan
    #expect(history.stoppedEarly)
    #expect(history.epochs < 500)
    #expect(history.validationLosses.suffix(3).allSatisfy { $0 >= best })
    let now = net.evaluate(
      on: Dataset("opposite", inputs: Dataset.xor.inputs, targets: 1 - Dataset.xor.targets),
      loss: .meanSquaredError)
    #expect(now == best)
  }

  @Test func minibatchesLeaveNoTraceOfTheirRecordingInRunningStatistics() throws {
    let layer = BatchNorm(1, momentum: 0.5)
    let data = Dataset(
      "line", inputs: Tensor([[0], [2], [4], [8]]), targets: Tensor([[0], [0], [0], [0]]))
    Network([layer]).train(
      on: data, loss: .meanSquaredError, optimizer: .sgd(learningRate: 0), epochs: 1, batchSize: 2,
      shuffling: false)
    // Means 1 and 6, unbiased variances 2 and 8.
    #expect(try #require(layer.runningMean).values == [0.5 * (0.5 * 1) + 0.5 * 6])
    #expect(try #require(layer.runningVariance).values == [0.5 * (0.5 * 1 + 0.5 * 2) + 0.5 * 8])
  }

  /// Such an error may leave a cell, whose author then reads this.
  @Test func errorsOfSavedParametersSayWhatIsWrong() throws {
    func message(_ text: String) -> String {
      do {
        try Network { Dense(2, 1) }.load(text)
        return ""
      } catch { return error.description }
    }
    let text = Network { Dense(2, 1) }.saved()
    #expect(message("weights") == "the text is no JSON from byte 0 on [not-json]")
    #expect(message("{}") == "the member version is missing or of another type [not-parameters]")
    #expect(
      message(text.replacing("\"version\": 2", with: "\"version\": 3"))
        == "the format has version 3, this engine reads 1 and 2 [wrong-version]")
    #expect(
      message(Network { Dense(3, 1) }.saved())
        .hasSuffix(" weight: the network has [2, 1], the text [3, 1] [different-network]"))
    let changed = message(text.replacing("\"checksum\": \"", with: "\"checksum\": \"0"))
    let sum = try #require(text.firstMatch(of: /"checksum": "([0-9a-f]+)"/)?.1)
    #expect(
      changed
        == "the checksum is \(sum), the text states 0\(sum): it was changed or cut [checksum]")
  }
}
