import NeuralNet

/// W1: XOR, 2-2-1, sigmoids, mean squared error, SGD, 5,000 steps.
func measureXOR(runs: Int) -> Measurement {
  var measurement = Measurement.of("W1", runs: runs) {
    let net = Network(inputs: 2, seed: 3) {
      Dense(2)
      Sigmoid()
      Dense(1)
      Sigmoid()
    }
    let step = TrainingStep(net, .meanSquaredError, .sgd(learningRate: 1), like: .xor)
    for _ in 0..<20 { step.run() }
    return step
  } _: { step in
    for _ in 0..<5000 { step.run() }
  }
  measurement.detail = [("us_per_step", rounded(measurement.shortest / 5000 * 1e6))]
  return measurement
}

/// W7: forward only, 2-16-16-1, on 160,000 points of the plane; seconds are one forward.
func measureGrid(runs: Int) -> Measurement {
  let net = Network(inputs: 2, seed: 1) {
    Dense(16)
    Tanh()
    Dense(16)
    Tanh()
    Dense(1)
    Sigmoid()
  }
  var points: [Float] = []
  for point in 0..<160_000 {
    for place in [point % 400, point / 400] { points.append(-3 + 6 * Float(place) / 399) }
  }
  let grid = Tensor([160_000, 2], points)
  var measurement = Measurement.of("W7", runs: runs) {
  } _: {
    for _ in 0..<20 { _ = net.predict(grid) }
  }
  measurement.seconds = measurement.seconds.map { $0 / 20 }
  measurement.cpuSeconds = measurement.cpuSeconds.map { $0 / 20 }
  return measurement
}

/// W10: 50 layers of 32 with tanh, forward and backward of the sum, 200 repeats.
func measureDeepNetwork(runs: Int) -> Measurement {
  var random = RandomSource(seed: 0)
  let x = Tensor([32, 32], (0..<1024).map { _ in random.normal() })
  let net = Network(inputs: 32, seed: 1) {
    for _ in 0..<50 {
      Dense(32)
      Tanh()
    }
  }
  let data = Dataset("noise", inputs: x, targets: x)
  let sum = Loss("sum") { prediction, _ in prediction.sum() }
  let step = TrainingStep(net, sum, .sgd(learningRate: 0), like: data)
  var measurement = Measurement.of("W10", runs: runs) {
  } _: {
    for _ in 0..<200 { step.computeGradients() }
  }
  measurement.detail = [("ms_per_repeat", rounded(measurement.shortest / 200 * 1e3))]
  return measurement
}
