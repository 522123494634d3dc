import NeuralNet

// Short training runs whose final bits must be the same wherever and however they run. This file
// also compiles as Embedded Swift: `Tests/Bits/run` puts it into a WebAssembly module.

struct BitsProgram: Sendable {
  let name: StaticString
  /// A digest of all losses and final parameters.
  let run: @Sendable () -> UInt64
}

/// FNV-1a over the bits of numbers.
struct BitsDigest {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ numbers: [Float]) {
    for number in numbers {
      value = (value ^ UInt64(number.bitPattern)) &* 0x100_0000_01b3
    }
  }

  mutating func add(_ numbers: [Double]) {
    for number in numbers { value = (value ^ number.bitPattern) &* 0x100_0000_01b3 }
  }
}

/// Trains on seeded noise, and digests what came of it.
func trainedBits(
  _ sample: Shape, targets: Int, rows: Int = 12, epochs: Int = 6, loss: Loss = .meanSquaredError,
  optimizer: Optimizer = .sgd(learningRate: 0.1), batchSize: Int? = 5,
  @NetworkBuilder _ layers: () -> [any Layer]
) -> UInt64 {
  var random = RandomSource(seed: 11)
  let inputs = Tensor(
    Shape([rows] + sample.dimensions),
    (0..<rows * sample.count).map { _ in random.normal(deviation: 0.7) })
  let goals = Tensor([rows, targets], (0..<rows * targets).map { _ in random.uniform() })
  let data = Dataset("noise", inputs: inputs, targets: goals)
  let net = Network(inputShape: sample, seed: 5, layers)
  let history = net.train(
    on: data, loss: loss, optimizer: optimizer, epochs: epochs, batchSize: batchSize)
  var digest = BitsDigest()
  digest.add(history.batchLosses)
  for parameter in net.parameters { digest.add(parameter.tensor.values) }
  digest.add(net.predict(inputs).values)
  return digest.value
}

let bitsPrograms: [BitsProgram] = [
  BitsProgram(name: "narrow network, sigmoid, mean squared error") {
    trainedBits([3], targets: 1) {
      Dense(4)
      Sigmoid()
      Dense(1)
      Sigmoid()
    }
  },
  BitsProgram(name: "odd widths, tanh, relu, binary cross-entropy") {
    trainedBits([7], targets: 3, loss: .binaryCrossEntropy) {
      Dense(37)
      Tanh()
      Dense(19)
      ReLU()
      Dense(3)
      Sigmoid()
    }
  },
  BitsProgram(name: "every other activation, Adam") {
    trainedBits([6], targets: 2, optimizer: .adam(learningRate: 0.01)) {
      for activation in [
        LeakyReLU(), ELU(), GELU(), GELU(.tanh), SiLU(), Softplus(), Softsign(),
        Mish(), SELU(), Softmax(), LogSoftmax(), LogSigmoid(),
      ] as [any Layer] {
        Dense(9)
        activation
      }
      Dense(2)
    }
  },
  BitsProgram(name: "products large enough to be packed and shared") {
    trainedBits([530], targets: 40, rows: 150, epochs: 1, batchSize: 150) {
      Dense(600)
      ReLU()
      Dense(40)
    }
  },
  BitsProgram(name: "embedding, recurrent layers, cross-entropy, clipped RMSprop") {
    var random = RandomSource(seed: 3)
    let inputs = Tensor([10, 6], (0..<60).map { _ in Float(random.integer(below: 9)) })
    let goals = Tensor((0..<10).map { _ in Float(random.integer(below: 4)) })
    let net = Network(inputShape: [6], seed: 5) {
      Embedding(9, 5, padding: 0)
      LSTM(7, bidirectional: true)
      GRU(6, bias: .one)
      RNN(5, layers: 2, output: .last)
      Dense(4)
    }
    let history = net.train(
      on: Dataset("words", inputs: inputs, targets: goals),
      loss: .crossEntropy(labelSmoothing: 0.1),
      optimizer: .rmsProp(learningRate: 0.01, momentum: 0.5, centered: true).clipping(.norm(1)),
      epochs: 4, batchSize: 4)
    var digest = BitsDigest()
    digest.add(history.batchLosses)
    for parameter in net.parameters { digest.add(parameter.tensor.values) }
    return digest.value
  },
  BitsProgram(name: "attention, normalizations, dropout, scheduled AdamW") {
    trainedBits(
      [5, 8], targets: 3, loss: .huber(),
      optimizer: .adamW(learningRate: 0.01, amsgrad: true).scheduled(.cosine(over: 20))
    ) {
      PositionalEncoding()
      TransformerEncoderLayer(8, heads: 2, feedForward: 16, dropout: 0.1, activation: .gelu)
      TransformerEncoderLayer(8, heads: 4, feedForward: 12, normFirst: true, causal: true)
      RMSNorm()
      Flatten()
      Residual {
        Dense(40)
        Tanh()
      }
      BatchNorm()
      Dense(3)
    }
  },
  BitsProgram(name: "convolution and pooling, binary cross-entropy with logits, momentum") {
    trainedBits(
      [2, 9, 8], targets: 2, loss: .binaryCrossEntropyWithLogits,
      optimizer: .sgd(learningRate: 0.05, momentum: 0.9, nesterov: true, weightDecay: 0.01)
    ) {
      Convolution2D(6, kernel: 3, padding: 1, groups: 2)
      BatchNorm()
      ReLU()
      MaxPool(2, roundingUp: true)
      Convolution2D(4, kernel: [2, 3], stride: [1, 2], dilation: [2, 1])
      AveragePool([2, 1], stride: 1)
      Flatten()
      Dense(2)
    }
  },
  BitsProgram(name: "every initializer, L1, Adagrad") {
    trainedBits(
      [6], targets: 2, loss: .meanAbsoluteError, optimizer: .adagrad(learningRate: 0.05)
    ) {
      for initializer in [
        .xavierUniform, .xavierNormal, .heUniform, .heNormal, .lecunUniform, .lecunNormal,
        .orthogonal(),
      ] as [Initializer] {
        Dense(7, initializer: initializer)
        ELU()
      }
      Dense(2)
    }
  },
  BitsProgram(name: "every elementary function") {
    var digest = BitsDigest()
    var random = RandomSource(seed: 2)
    let x = Tensor((0..<3000).map { _ in random.normal(deviation: 8) })
    for y in [x.exp(), x.tanh(), x.sigmoid(), x.erf(), x.sin(), x.cos(), x.softplus()] {
      digest.add(y.values)
    }
    digest.add(x.abs().log().values)
    digest.add(x.abs().sqrt().values)
    return digest.value
  },
  BitsProgram(name: "sums too long for one chain of floats") {
    var random = RandomSource(seed: 8)
    var digest = BitsDigest()
    for count in [511, 512, 513, 2049, 5003, 9001] {
      let x = Tensor((0..<count).map { _ in random.normal(mean: 3) }, needsGradient: true)
      digest.add([x.sum().scalar, x.mean().scalar, (x * x).mean().scalar])
      digest.add([Loss.meanSquaredError(x, x.detached() * 0.5).scalar])
    }
    for columns in [1, 3, 7, 16, 37, 101] {
      let x = Tensor([170, columns], (0..<170 * columns).map { _ in random.normal(mean: 1) })
      let row = Tensor([columns], repeating: 1.5, needsGradient: true)
      ((x + row) * row).sum().backward()
      digest.add(row.gradient?.values ?? [])
      digest.add(x.sum(axis: 0).values)
      let layer = BatchNorm(columns)
      layer.prepare(for: .training)
      digest.add(layer(x).values)
      digest.add(layer.runningVariance?.values ?? [])
      digest.add(LayerNorm(columns)(x).values)
    }
    return digest.value
  },
  BitsProgram(name: "principal components, t-SNE with a tree") {
    var random = RandomSource(seed: 6)
    let points = Tensor([203, 13], (0..<203 * 13).map { _ in random.normal() })
    var digest = BitsDigest()
    let components = PrincipalComponents(of: points, count: 13)
    digest.add(components.explainedVariance)
    for row in components.projection { digest.add(row) }
    let map = TSNE(of: points, perplexity: 12, iterations: 40)
    for row in map.embedding { digest.add(row) }
    digest.add([map.divergence])
    return digest.value
  },
]
