import NeuralNet
import Testing

/// Mistakes stop the program with one sentence on the standard error stream.
@Suite struct StopTests {
  @Test func aFirstLayerWithoutAnInputWidthIsTold() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Network {
        Dense(128)
        ReLU()
      }
    }
    try expectMessage(
      result,
      "Network: its first layer, Dense(128), does not state an input width; write "
        + "Network(inputs: …), or Dense(inputs, outputs) first [unknown-width]")
  }

  @Test func aFirstLayerThatStatesItsWidthIsEnough() {
    let stated = Network(seed: 3) {
      Dense(4, 2); ReLU()
    }
    let told = Network(inputs: 4, seed: 3) {
      Dense(4, 2); ReLU()
    }
    #expect(stated.parameterCount == 10)
    #expect(stated.inputShape == told.inputShape)
    #expect(
      stated.predict(Tensor([[1, 2, 3, 4]])).values == told.predict(Tensor([[1, 2, 3, 4]])).values)
  }

  @Test func aLayerForTheWrongInputIsNamedWithItsPlace() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Network(inputs: 784) {
        Dense(784, 128)
        ReLU()
        Dense(256, 10)
      }
    }
    try expectMessage(
      result,
      "Network: layer 3 of 3, Dense(256, 10): expected 256 inputs, got [1, 128] with 128: "
        + "ReLU before it gives 128; make this layer for 128 inputs, or let the one before give 256 "
        + "[wrong-width]")
  }

  @Test func dataOfTheWrongWidthIsNamed() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let net = Network(inputs: 784) { Dense(784, 128) }
      _ = net(Tensor([32, 1024], repeating: 0))
    }
    try expectMessage(
      result,
      "Network: layer 1 of 1, Dense(784, 128): expected 784 inputs, got [32, 1024] with 1024: "
        + "the input has 1024; give the network rows of 784 numbers, or make this layer for 1024 "
        + "[wrong-width]")
  }

  @Test func anImageThatWasNotFlattenedIsToldSo() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let net = Network(inputs: 784) { Dense(784, 128) }
      _ = net(Tensor([32, 1, 28, 28], repeating: 0))
    }
    try expectMessage(
      result,
      "Network: layer 1 of 1, Dense(784, 128): expected 784 inputs, got [32, 1, 28, 28] with 28: "
        + "the input has 28; flatten each sample to 784 numbers first [wrong-width]")
  }

  @Test func sizesMustBePositive() async throws {
    let zero = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Dense(784, 0)
    }
    try expectMessage(zero, "Dense(784, 0): outputs must be at least 1, got 0 [size-not-positive]")
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Dense(-1)
    }
    try expectMessage(negative, "Dense(-1): outputs must be at least 1, got -1 [size-not-positive]")
  }

  @Test func shapesOfOperationsMustAgree() async throws {
    let sum = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([2, 3], repeating: 0) + Tensor([2, 4], repeating: 0)
    }
    try expectMessage(
      sum,
      "a + b: [2, 3] and [2, 4] do not go together: axis 1 is 3 in one and 4 in the other; "
        + "sizes must be equal or 1 [not-broadcastable]")
    let product = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([2, 3], repeating: 0).matrixProduct(Tensor([4, 5], repeating: 0))
    }
    try expectMessage(
      product,
      "matrix product: a product needs equal inner sizes, got [2, 3] · [4, 5]: "
        + "3 columns against 4 rows [inner-sizes]")
    let reshape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([2, 3], repeating: 0).reshaped(4, 2)
    }
    try expectMessage(
      reshape,
      "reshape of [2, 3]: [4, 2] holds 8 elements, the tensor has 6 [element-count]")
    let join = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.concatenate([Tensor([2, 3], repeating: 0), Tensor([2, 4], repeating: 0)])
    }
    try expectMessage(
      join,
      "concatenate along axis 0: [2, 3] and [2, 4] differ in another axis [different-shapes]")
  }

  @Test func inputsMustBeFinite() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let net = Network(inputs: 3) { Dense(2) }
      _ = net(Tensor([[.nan, 0, 0]]))
    }
    try expectMessage(
      result, "Network: the input must be finite, element 0 of [1, 3] is nan [not-finite]")
  }

  @Test func emptyDataIsRefused() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Dataset(
        "nothing", inputs: Tensor([0, 2], repeating: 0), targets: Tensor([0, 1], repeating: 0))
    }
    try expectMessage(result, "Dataset nothing: holds no samples [empty-data]")
  }

  @Test func trainingThatDivergesNamesEpochAndLayer() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let net = Network(inputs: 2, seed: 1) {
        Dense(4)
        ReLU()
        Dense(1)
      }
      net.train(
        on: .xor, loss: .meanSquaredError, optimizer: .sgd(learningRate: 1e20), epochs: 50)
    }
    let message = try text(result)
    #expect(
      message.contains("training: epoch 2: layer 3 of 3, Dense(4, 1): its bias is no longer"))
    #expect(message.contains("a smaller learning rate than 1e+20 may help [not-finite]"))
  }
}

private func text(_ result: ExitTest.Result?) throws -> String {
  String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
}

/// The whole sentence, between what Swift writes before it and the end of the line.
private func expectMessage(
  _ result: ExitTest.Result?, _ message: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let written = try text(result)
  #expect(
    written.contains("Fatal error: \(message)\n"), "\(written)", sourceLocation: sourceLocation)
}
