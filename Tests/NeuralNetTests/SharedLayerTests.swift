import NeuralNet
import Testing

/// A layer that stands in a network several times is one layer: its arrays count once, and a step
/// changes them once.
@Suite struct SharedLayerTests {
  private static var data: Dataset {
    Dataset(
      "plane", inputs: Tensor([[0.5, -1], [1, 0.25]]), targets: Tensor([[1, 0], [0, 1]]))
  }

  private func thrice(_ layer: Dense) -> Network {
    Network(inputs: 2) {
      layer
      Tanh()
      Residual { layer }
      layer
    }
  }

  private func weights(_ layer: Dense) -> [Float] {
    layer.weight.values + (layer.bias?.values ?? [])
  }

  @Test(arguments: [1, 3])
  func aStepIsTheRateTimesTheWholeGradient(_ epochs: Int) throws {
    let (layer, twin) = (Dense(2, 2, seed: 3), Dense(2, 2, seed: 3))
    thrice(layer).train(
      on: SharedLayerTests.data, loss: .meanSquaredError, optimizer: .sgd(learningRate: 0.1),
      epochs: epochs)
    for _ in 0..<epochs {
      let x = SharedLayerTests.data.inputs
      let hidden = twin(x).tanh()
      let loss = Loss.meanSquaredError(twin(hidden + twin(hidden)), SharedLayerTests.data.targets)
      loss.backward()
      for tensor in [twin.weight, try #require(twin.bias)] {
        let gradient = try #require(tensor.gradient).values
        tensor.values = zip(tensor.values, gradient).map { $0 - 0.1 * $1 }
        tensor.clearGradient()
      }
    }
    for (a, b) in zip(weights(layer), weights(twin)) { #expect(abs(a - b) < 1e-6) }
  }

  @Test func adamsFirstStepIsItsRate() {
    let layer = Dense(2, 2, seed: 3)
    let before = weights(layer)
    thrice(layer).train(
      on: SharedLayerTests.data, loss: .meanSquaredError, optimizer: .adam(learningRate: 0.1),
      epochs: 1)
    for (a, b) in zip(before, weights(layer)) { #expect(abs(abs(a - b) - 0.1) < 1e-4) }
  }

  @Test func clippingCountsAnArrayOnce() throws {
    let w = Tensor([1, 1], needsGradient: true)
    (w * Tensor([3, 4])).sum().backward()
    #expect(GradientClipping.norm(1).apply(to: [w, w, w.reshaped(2, 1)]) == 5)
    let clipped = try #require(w.gradient).values
    #expect(abs(clipped[0] - 0.6) < 1e-6 && abs(clipped[1] - 0.8) < 1e-6)
  }

  @Test func countsSummaryAndFilesNameEachArrayOnce() throws {
    let net = thrice(Dense(2, 2, seed: 3))
    #expect(net.parameters.count == 2)
    #expect(net.parameterCount == 6)
    #expect(net.storedParameterCount == 6)
    #expect(net.trainableParameterCount == 6)
    #expect(net.snapshot().arrays.count == 2)
    let summary = net.summary()
    #expect(summary.parameterCount == 6)
    #expect(summary.rows.map(\.parameterCount) == [6, 0, 0, 0])
    #expect(summary.rows.map(\.storedParameterCount) == [6, 0, 0, 0])
    #expect(summary.rows.map(\.share) == [1, 0, 0, 0])
    let other = thrice(Dense(2, 2, seed: 4))
    try other.load(net.saved())
    #expect(other.snapshot() == net.snapshot())
  }

  @Test func aSecondNetworkLeavesALayerAsItIs() throws {
    let layers: [any Layer] = [
      Dense(4), Embedding(3, 4), LSTM(4), Convolution2D(2, kernel: 2),
      MultiHeadAttention(4, heads: 2), TransformerEncoderLayer(4, heads: 2, feedForward: 8),
      BatchNorm(), LayerNorm(), RMSNorm(), Network([Dense(3), Dense(4)]),
    ]
    for layer in layers {
      let shape: Shape = layer is Convolution2D ? [1, 4, 4] : layer is Dense ? [4] : [3, 4]
      let first = Network(inputShape: shape, seed: 1) { layer }
      let before = first.snapshot()
      #expect(!before.arrays.isEmpty)
      _ = Network(inputShape: shape, seed: 2) { layer }
      #expect(first.snapshot() == before, "\(layer.name)")
      let wider = Shape(shape.dimensions.map { $0 + 1 })
      _ = try? Network(inputShape: wider, seed: 3, checking: [layer])
      #expect(first.snapshot() == before, "\(layer.name)")
      #expect(first.inputShape == Shape([1] + shape.dimensions))
      #expect(try first.validate(Shape([1] + shape.dimensions)).count == 1, "\(layer.name)")
    }
  }
}
