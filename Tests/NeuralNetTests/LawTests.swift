import NeuralNet
import Testing

/// Every layer, loss and operation of the engine goes through its laws here.
@Suite struct LawTests {
  @Test func activationsObeyTheLaws() throws {
    for layer in [
      LeakyReLU(), LeakyReLU(slope: 0.3), ELU(), ELU(alpha: 0.5), GELU(), GELU(.tanh), SiLU(),
      Softplus(), Softplus(beta: 2), SELU(), Mish(), Softsign(), LogSigmoid(), Softmax(),
      LogSoftmax(), Step(atZero: 0.5), Dropout(0), Flatten(),
    ] as [any Layer] {
      try expectLayerLaws(layer, input: [4, 3])
      try expectLayerLaws(layer, input: [2, 3, 5])
    }
    for layer in [Softmax(axis: 1), LogSoftmax(axis: 1), Softmax(axis: -2)] as [any Layer] {
      try expectLayerLaws(layer, input: [2, 3, 4])
    }
  }

  @Test func normalizationsObeyTheLaws() throws {
    try expectLayerLaws(LayerNorm(), input: [4, 6], tolerance: 1e-2)
    try expectLayerLaws(LayerNorm([2, 6]), input: [3, 2, 6], tolerance: 1e-2)
    try expectLayerLaws(LayerNorm(6, affine: false), input: [4, 6], tolerance: 1e-2)
    try expectLayerLaws(RMSNorm(), input: [4, 6])
    try expectLayerLaws(BatchNorm(), input: [4, 3])
    try expectLayerLaws(BatchNorm(3, affine: false), input: [4, 3, 2])
    for shape in [[5, 3], [3, 2, 4], [2, 3, 2, 2]] as [Shape] {
      try expectLayerLaws(
        BatchNorm(), input: shape, tolerance: 2e-2, rowsAreIndependent: false, mode: .training)
    }
  }

  @Test func recurrentLayersObeyTheLaws() throws {
    for bias in [RecurrentBias.none, .one, .two] {
      try expectLayerLaws(RNN(4, bias: bias), input: [3, 5, 2])
      try expectLayerLaws(GRU(4, bias: bias), input: [3, 5, 2])
      try expectLayerLaws(LSTM(4, bias: bias), input: [3, 5, 2])
    }
    try expectLayerLaws(RNN(3, nonlinearity: .relu, seed: 1), input: [2, 3, 2])
    try expectLayerLaws(RNN(2, 3, layers: 2, bidirectional: true), input: [3, 4, 2])
    try expectLayerLaws(GRU(2, 3, layers: 2, bidirectional: true, output: .last), input: [3, 4, 2])
    try expectLayerLaws(
      LSTM(2, 3, layers: 2, bidirectional: true, output: .last), input: [3, 4, 2])
  }

  @Test func attentionObeysTheLaws() throws {
    try expectLayerLaws(MultiHeadAttention(6, heads: 3), input: [3, 4, 6])
    try expectLayerLaws(
      MultiHeadAttention(6, heads: 2, bias: false, causal: true), input: [3, 4, 6])
    try expectLayerLaws(PositionalEncoding(), input: [3, 4, 6])
    for isFirst in [true, false] {
      try expectLayerLaws(
        TransformerEncoderLayer(
          4, heads: 2, feedForward: 6, activation: .gelu, normFirst: isFirst),
        input: [2, 3, 4], tolerance: 2e-2)
    }
  }

  @Test func imageLayersObeyTheLaws() throws {
    try expectLayerLaws(Convolution2D(4, kernel: 3, padding: 1, groups: 2), input: [3, 2, 4, 5])
    try expectLayerLaws(
      Convolution2D(2, 3, kernel: [2, 3], stride: [2, 1], dilation: [1, 2], bias: false),
      input: [2, 2, 5, 6])
    try expectLayerLaws(MaxPool(2), input: [3, 2, 4, 5])
    try expectLayerLaws(MaxPool(3, stride: 2, padding: 1, roundingUp: true), input: [2, 2, 5, 6])
    try expectLayerLaws(AveragePool(2, stride: 1), input: [3, 2, 4, 5])
    try expectLayerLaws(AveragePool(3, padding: 1, countingPadding: false), input: [2, 2, 5, 6])
  }

  @Test func otherLayersObeyTheLaws() throws {
    try expectLayerLaws(Embedding(7, 3), input: [4, 2], indices: 7)
    try expectLayerLaws(
      Residual {
        Dense(5)
        Tanh()
        Dense(3)
      }, input: [4, 3])
    try expectLayerLaws(
      Network(inputShape: [4, 2]) {
        LSTM(3)
        GRU(3, output: .last)
        Dense(2).named("head")
      }, input: [3, 4, 2])
    for initializer in [.xavierNormal, .heUniform, .lecunNormal, .orthogonal()] as [Initializer] {
      try expectLayerLaws(Dense(3, 4, initializer: initializer), input: [2, 3])
    }
  }

  @Test func lossesObeyTheLaws() {
    var random = RandomSource(seed: 9)
    func noise(_ shape: Shape, _ range: Range<Float>) -> Tensor {
      Tensor(shape, (0..<shape.count).map { _ in random.uniform(in: range) }, needsGradient: true)
    }
    let target = noise([4, 3], 0.1..<0.9).detached()
    let near = noise([4, 3], 1..<1.4)
    let wide = noise([4, 3], -2 ..< -0.5)
    expectLossLaws({ .squaredError(reduction: $0) }, near, target, terms: 12)
    expectLossLaws({ .absoluteError(reduction: $0) }, wide, target, terms: 12)
    for prediction in [near, wide] {
      expectLossLaws({ .huber(delta: 0.4, reduction: $0) }, prediction, target, terms: 12)
      expectLossLaws({ .smoothL1(beta: 2, reduction: $0) }, prediction, target, terms: 12)
    }
    expectLossLaws(
      { .binaryCrossEntropy(reduction: $0) }, noise([4, 3], 0.2..<0.8), target, terms: 12)
    expectLossLaws(
      { .binaryCrossEntropyWithLogits(reduction: $0) }, noise([4, 3], -2..<2), target, terms: 12)
    let classes = Tensor([2, 0, 1, 2])
    let shares = noise([4, 3], 0..<1).detached().softmax()
    expectLossLaws(
      { .crossEntropy(reduction: $0) }, noise([4, 3], -2..<2), classes, terms: 4)
    expectLossLaws(
      { .crossEntropy(labelSmoothing: 0.2, reduction: $0) }, noise([4, 3], -2..<2), classes,
      terms: 4)
    expectLossLaws(
      { .crossEntropy(labelSmoothing: 0.2, reduction: $0) }, noise([4, 3], -2..<2), shares,
      terms: 4)
  }

  @Test func operationsObeyTheLaws() {
    let maps: [(String, (Tensor) -> Tensor)] = [
      ("exp", { $0.exp() }), ("log", { ($0 + 2).log() }), ("sqrt", { ($0 + 2).sqrt() }),
      ("squared", { $0.squared() }), ("abs", { $0.abs() }),
      ("reciprocal", { ($0 + 3).reciprocal() }), ("sin", { $0.sin() }), ("cos", { $0.cos() }),
      ("tanh", { $0.tanh() }), ("erf", { $0.erf() }), ("sigmoid", { $0.sigmoid() }),
      ("relu", { $0.relu() }), ("step", { $0.step() }), ("softplus", { $0.softplus() }),
      ("negation", { -$0 }), ("reshape", { $0.reshaped(to: [$0.shape[0], 3, 2]) }),
      ("transpose", { $0.reshaped(to: [$0.shape[0], 3, 2]).transposed(0, 2, 1) }),
      ("slice", { $0.slice(axis: 1, 1..<4) }), ("select", { $0.select(axis: 1, 2) }),
      ("sum", { $0.sum(axis: 1) }), ("mean", { $0.mean(axis: 1, keepingAxis: true) }),
      ("max", { $0.max(axis: 1) }), ("min", { $0.min(axis: 1) }),
      ("softmax", { $0.softmax() }), ("log softmax", { $0.logSoftmax() }),
    ]
    for (name, map) in maps { expectOperationLaws(name, [[3, 6]]) { map($0[0]) } }
    let pairs: [(String, (Tensor, Tensor) -> Tensor)] = [
      ("+", { $0 + $1 }), ("-", { $0 - $1 }), ("*", { $0 * $1 }), ("/", { $0 / ($1 + 3) }),
      ("maximum", { Tensor.maximum($0, $1 + 0.5) }), ("minimum", { Tensor.minimum($0, $1 - 0.5) }),
      ("concatenation", { Tensor.concatenate([$0, $1], axis: 1) }),
    ]
    for (name, pair) in pairs {
      expectOperationLaws(name, [[3, 4], [3, 4]]) { pair($0[0], $0[1]) }
    }
    expectOperationLaws("product", [[3, 4], [4, 2]], emptyRows: false) {
      $0[0].matrixProduct($0[1])
    }
    expectOperationLaws("batched product", [[2, 3, 4], [2, 5, 4]]) {
      $0[0].matrixProduct($0[1], transposingSecond: true)
    }
    expectOperationLaws("affine map", [[3, 4], [4, 2], [2]], emptyRows: false) {
      $0[0].affine(weight: $0[1], bias: $0[2], activation: .tanh)
    }
  }

  @Test func dropoutKeepsTheMeanAndItsSeed() {
    func thinned(_ seed: Int) -> [Float] {
      let layer = Dropout(0.25, seed: seed)
      layer.prepare(for: .training)
      return layer(Tensor([100, 100], repeating: 1)).values
    }
    let values = thinned(1)
    #expect(values.allSatisfy { $0 == 0 || abs($0 - 4.0 / 3) < 1e-6 })
    #expect(abs(values.reduce(0, +) / 10_000 - 1) < 0.02)
    #expect(values == thinned(1))
    #expect(values != thinned(2))
    let all = Dropout(1)
    all.prepare(for: .training)
    #expect(all(Tensor([1, 2, 3])).values == [0, 0, 0])
  }

  @Test func dropoutDrawsAnewAtEachStepAndSendsGradientsTheSameWay() {
    let w = Tensor([1, 50], Array(repeating: 1, count: 50), needsGradient: true)
    let dense = Dense(weight: w.matrix)
    let layer = Dropout(0.5, seed: 3)
    let net = Network([dense, layer])
    let ones = Dataset(
      "ones", inputs: Tensor([[1]]), targets: Tensor([1, 50], Array(repeating: 1, count: 50)))
    let step = TrainingStep(
      net, Loss("sum", body: { ($0 * $1).sum() }), .sgd(learningRate: 0), like: ones)
    var masks: [[Float]] = []
    for _ in 0..<3 {
      let loss = step.computeGradients()
      let gradient = dense.weight.gradient?.values ?? []
      #expect(gradient.reduce(0, +) == loss)
      masks.append(gradient)
    }
    #expect(masks[0] != masks[1] && masks[1] != masks[2])
  }
}
