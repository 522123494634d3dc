import NeuralNet

/// A training step of Convolution2D(8, 3 × 3), ReLU, MaxPool(2), Convolution2D(16, 3 × 3), ReLU, MaxPool(2),
/// Dense(10), padding 1, cross-entropy, SGD with momentum, batches of 32.
private func convolutionalStep(_ size: Int) -> TrainingStep {
  var noise = Noise(seed: 11)
  let data = Dataset(
    "noise", inputs: noise.normal([32, 1, size, size]), targets: noise.labels(32, classes: 10))
  let net = Network(inputShape: [1, size, size], seed: 1) {
    for channels in [8, 16] {
      Convolution2D(channels, kernel: 3, padding: 1)
      ReLU()
      MaxPool(2)
    }
    Flatten()
    Dense(10)
  }
  return TrainingStep(net, .crossEntropy, .sgd(learningRate: 0.01, momentum: 0.9), like: data)
}

/// W11: the step on images of 8 × 8 and of 28 × 28.
func measureConvolutionalNetwork(runs: Int) -> Measurement {
  measureEach(
    "W11", runs: runs,
    [8, 28].map { size in
      let step = convolutionalStep(size)
      return ("\(size)x\(size)", { step.run() })
    })
}

/// W12: one convolution, 3 × 3, padding 1, forward and backward to input and weights, batch 16.
func measureConvolutions(runs: Int) -> Measurement {
  var noise = Noise(seed: 12)
  return measureEach(
    "W12", runs: runs,
    [(8, 16, 28), (32, 64, 14), (64, 64, 32)].map { inputs, outputs, size in
      let layer = Convolution2D(inputs, outputs, kernel: 3, padding: 1, seed: 1)
      let values = noise.normal([16, inputs, size, size])
      let x = Tensor(values.shape, values.values, needsGradient: true)
      let replay = Replay { layer(x) }
      return (
        "\(inputs)-\(outputs), \(size)x\(size)",
        {
          x.clearGradient()
          for parameter in layer.parameters { parameter.tensor.clearGradient() }
          replay.forward()
          replay.backward()
        }
      )
    })
}
