import NeuralNet

/// Numbers of no meaning, the same in every run.
struct Noise {
  private var random: RandomSource

  init(seed: Int) { random = RandomSource(seed: seed) }

  mutating func uniform(_ shape: Shape) -> Tensor {
    Tensor(shape, (0..<shape.count).map { _ in random.uniform() })
  }

  mutating func normal(_ shape: Shape) -> Tensor {
    Tensor(shape, (0..<shape.count).map { _ in random.normal() })
  }

  mutating func labels(_ count: Int, classes: Int) -> Tensor {
    Tensor((0..<count).map { _ in Float(random.integer(below: classes)) })
  }
}

/// W2: 2-16-16-1, tanh, binary cross-entropy with logits, Adam, 500 points, 1,000 steps.
func measurePlayground(runs: Int) -> Measurement {
  var random = RandomSource(seed: 1)
  var points: [Float] = []
  var labels: [Float] = []
  for index in 0..<500 {
    let angle = random.uniform(in: 0..<2 * Float.pi)
    let label = Float(index % 2)
    let radius = 1 + label + 0.2 * random.normal()
    points += [radius * ElementaryFunction.cos(angle), radius * ElementaryFunction.sin(angle)]
    labels.append(label)
  }
  let data = Dataset("rings", inputs: Tensor([500, 2], points), targets: Tensor([500, 1], labels))
  var measurement = Measurement.of("W2", runs: runs) {
    let net = Network(inputs: 2, seed: 3) {
      Dense(16)
      Tanh()
      Dense(16)
      Tanh()
      Dense(1)
    }
    let step = TrainingStep(
      net, .binaryCrossEntropyWithLogits, .adam(learningRate: 0.01), like: data)
    for _ in 0..<20 { step.run() }
    return step
  } _: { step in
    for _ in 0..<1000 { step.run() }
  }
  measurement.detail = [("us_per_step", rounded(measurement.shortest / 1000 * 1e6))]
  return measurement
}

/// W3: 784-256-128-10, ReLU, cross-entropy, momentum, batches of 64 in order, 500 steps.
func measureDigits(runs: Int) -> Measurement {
  var noise = Noise(seed: 2)
  let data = Dataset(
    "noise", inputs: noise.uniform([6400, 784]), targets: noise.labels(6400, classes: 10))
  var measurement = Measurement.of("W3", runs: runs) {
    let net = Network(inputs: 784, seed: 3) {
      Dense(256)
      ReLU()
      Dense(128)
      ReLU()
      Dense(10)
    }
    let step = TrainingStep(
      net, .crossEntropy, .sgd(learningRate: 0.01, momentum: 0.9), like: data[0..<64])
    for _ in 0..<20 { step.run() }
    return step
  } _: { step in
    for index in 0..<500 {
      let start = 64 * (index % 100)
      step.load(data, start..<start + 64)
      step.run()
    }
  }
  measurement.detail = [("us_per_step", rounded(measurement.shortest / 500 * 1e6))]
  return measurement
}

/// W4: 64-w-10 for w from 1 to 1024, ReLU, cross-entropy, Adam, 100 steps each on one batch of 128.
func measureWidths(runs: Int) -> Measurement {
  var noise = Noise(seed: 4)
  let data = Dataset(
    "noise", inputs: noise.normal([128, 64]), targets: noise.labels(128, classes: 10))
  var best: [Double] = Array(repeating: .infinity, count: 11)
  var measurement = Measurement.of("W4", runs: runs) {
  } _: {
    for power in 0..<11 {
      let seconds = time {
        let net = Network(inputs: 64, seed: 1) {
          Dense(1 << power)
          ReLU()
          Dense(10)
        }
        let step = TrainingStep(net, .crossEntropy, .adam(learningRate: 0.001), like: data)
        for _ in 0..<100 { step.run() }
      }
      best[power] = Swift.min(best[power], seconds)
    }
  }
  let byWidth = best.enumerated().map { "\"\(1 << $0)\": \(rounded($1))" }
  measurement.detail = [("seconds_by_width", "{" + byWidth.joined(separator: ", ") + "}")]
  return measurement
}
