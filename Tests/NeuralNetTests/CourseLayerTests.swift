import NeuralNet
import Testing

@Suite struct CourseLayerTests {
  @Test func layersObeyTheLaws() throws {
    try expectLayerLaws(GlobalAveragePool(), input: [3, 2, 4, 5])
    try expectLayerLaws(GlobalAveragePool(), input: [3, 2, 4])
    try expectLayerLaws(Reshape(3, 2), input: [4, 6])
    try expectLayerLaws(Reshape(2, -1), input: [4, 3, 2])
    try expectLayerLaws(GroupNorm(groups: 2), input: [3, 4, 2, 3], tolerance: 2e-2)
    try expectLayerLaws(GroupNorm(4, groups: 4, affine: false), input: [2, 4, 3], tolerance: 2e-2)
    try expectLayerLaws(
      ConvolutionTranspose2D(4, kernel: 3, stride: 2, padding: 1, outputPadding: 1, groups: 2),
      input: [3, 2, 3, 4])
    try expectLayerLaws(
      ConvolutionTranspose2D(
        2, 3, kernel: [2, 3], stride: [1, 2], dilation: [2, 1], bias: false),
      input: [2, 2, 3, 2])
    try expectLayerLaws(Upsample(2), input: [2, 2, 3, 2])
    try expectLayerLaws(Upsample([2, 3], mode: .bilinear), input: [2, 2, 3, 2])
    try expectLayerLaws(Convolution1D(4, kernel: 3, padding: 1, groups: 2), input: [3, 2, 6])
    try expectLayerLaws(
      Convolution1D(2, 3, kernel: 2, dilation: 2, causal: true, channelsLast: true),
      input: [3, 5, 2])
    for isFirst in [true, false] {
      let decoder = TransformerDecoderLayer(
        4, heads: 2, feedForward: 6, activation: .gelu, normFirst: isFirst, seed: 3)
      decoder.memory = Tensor.uniform([1, 3, 4], in: -1..<1, seed: 2).expanded(to: [2, 3, 4])
      decoder.memory = decoder.memory.map { Tensor($0.shape, $0.values) }
      try expectDecoderLaws(decoder)
    }
    let embedding = Embedding(7, 3, seed: 1)
    try expectLayerLaws(TiedDense(to: embedding), input: [4, 2, 3])
    try expectLayerLaws(TiedDense(to: Dense(5, 3, seed: 1)), input: [4, 3])
    try expectLayerLaws(GaussianNoise(0), input: [4, 3])
  }

  /// The memory fixes the batch, so the laws of batches of none and one do not apply.
  private func expectDecoderLaws(_ decoder: TransformerDecoderLayer) throws {
    let x = Tensor.uniform([2, 4, 4], in: -1..<1, seed: 5, needsGradient: true)
    let memory = Tensor.uniform([2, 3, 4], in: -1..<1, seed: 6, needsGradient: true)
    let upstream = Tensor.uniform([2, 4, 4], in: -1..<1, seed: 7)
    #expect(try decoder.outputShape(for: x.shape) == decoder(x, memory: memory).shape)
    #expect(decoder.parameterCount == decoder.parameters.reduce(0) { $0 + $1.tensor.count })
    let leaves = [x, memory] + decoder.parameters.map { $0.tensor }
    let check = GradientCheck(of: leaves) { (decoder(x, memory: memory) * upstream).sum() }
    #expect(check.worstError < 2e-2, "\(check)")
    // What comes later does not reach back.
    let longer = Tensor.concatenate([x, Tensor.uniform([2, 1, 4], seed: 8)], axis: 1)
    let (short, long) = (decoder(x, memory: memory), decoder(longer, memory: memory))
    #expect(zip(short.values, long.slice(axis: 1, 0..<4).values).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  /// `⟨conv(x), y⟩ = ⟨x, convᵀ(y)⟩` where both have the same kernel.
  @Test func aTransposedConvolutionIsTheConvolutionTransposed() {
    for (stride, padding, more, dilation, groups) in [
      (1, 0, 0, 1, 1), (2, 1, 1, 1, 2), (3, 2, 1, 2, 1),
    ] {
      let convolution = Convolution2D(
        4, 2, kernel: 3, stride: Extent(stride), padding: Extent(padding),
        dilation: Extent(dilation), groups: groups, bias: false, seed: 1)
      let transposed = ConvolutionTranspose2D(
        2, 4, kernel: 3, stride: Extent(stride), padding: Extent(padding),
        outputPadding: Extent(more), dilation: Extent(dilation), groups: groups, bias: false)
      transposed.weight.values = convolution.weight.values
      let y = Tensor.uniform([2, 2, 3, 4], in: -1..<1, seed: 3)
      let back = transposed(y)
      let x = Tensor.uniform(back.shape, in: -1..<1, seed: 4)
      let forth = convolution(x)
      #expect(forth.shape == y.shape)
      #expect(abs((forth * y).sum().scalar - (x * back).sum().scalar) < 1e-4)
    }
  }

  @Test func aTiedLayerTrainsTheOneArray() {
    let words = Embedding(6, 4, seed: 2)
    let net = Network(inputShape: []) {
      words
      Dense(4)
      TiedDense(to: words)
    }
    #expect(net.storedParameterCount == 6 * 4 + 4 * 4 + 4)
    let data = Dataset(
      "next", inputs: Tensor([0, 1, 2, 3, 4, 5]), targets: Tensor([1, 2, 3, 4, 5, 0]))
    let before = words.weight.values
    let history = net.train(
      on: data, loss: .crossEntropy, optimizer: .adam(learningRate: 0.05), epochs: 200)
    #expect(history.finalLoss < 0.05)
    #expect(words.weight.values != before)
  }

  @Test func noiseIsFreshInARecordedStepAndAbsentOtherwise() {
    let layer = GaussianNoise(0.5, seed: 3)
    let x = Tensor([100, 10], repeating: 1)
    #expect(layer(x).values == x.values)
    layer.prepare(for: .training)
    let replay = Replay { layer(x) }
    let first = replay.result.values
    replay.forward()
    #expect(first != replay.result.values)
    #expect(abs(replay.result.standardDeviation().scalar - 0.5) < 0.05)
    let (a, b) = (Noise(seed: 4), Noise(seed: 4))
    #expect(a.normal([5]).values == b.normal([5]).values)
    #expect(a.uniform([50]).values.allSatisfy { $0 >= 0 && $0 < 1 })
  }
}
