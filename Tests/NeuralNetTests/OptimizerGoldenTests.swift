import NeuralNet
import Testing

/// `11_optimisers.json`: some steps of each optimizer on a quadratic and on a small net.
@Suite struct OptimizerGoldenTests {
  static let file = GoldenFile("11_optimisers")

  @Test(arguments: file.cases)
  func optimizerWalksDownTheQuadratic(_ golden: GoldenCase) throws {
    let problem = OptimizerGoldenTests.file.json["quadratic"]
    let (a, b) = (Tensor(golden: problem["A"]).detached(), Tensor(golden: problem["b"]).detached())
    let w = Tensor(golden: problem["w0"])
    let optimizer = try #require(OptimizerGoldenTests.optimizer(golden))
    let rule = optimizer.rule(for: [w])
    func loss() -> Tensor {
      let row = w.reshaped(1, w.count)
      return (row.matrixProduct(a) * row).sum() * 0.5 - (b * w).sum()
    }
    let expected = golden.json["quadratic"]
    let steps = try #require(expected["w_after_each_step"]["shape"][0].int)
    var losses = [Double(loss().scalar)]
    var places: [Double] = []
    for _ in 0..<steps {
      w.clearGradient()
      loss().backward()
      rule.update(learningRate: optimizer.learningRate)
      losses.append(Double(loss().scalar))
      places += w.values.map { Double($0) }
    }
    golden.tolerance.expect(
      losses, expected["loss_before_each_step_and_after_the_last"]["data"].numbers, "losses")
    golden.tolerance.expect(places, expected["w_after_each_step"]["data"].numbers, "parameters")
  }

  @Test(arguments: file.cases)
  func optimizerTrainsTheNet(_ golden: GoldenCase) throws {
    let problem = OptimizerGoldenTests.file.json["mlp"]
    let net = goldenNetwork(goldenLayers(problem["sizes"], .tanh), problem["parameters"])
    let data = Dataset(
      "golden", inputs: Tensor(golden: problem["x"]).detached(),
      targets: Tensor(golden: problem["target"]).detached())
    let optimizer = try #require(OptimizerGoldenTests.optimizer(golden))
    let step = TrainingStep(net, .meanSquaredError, optimizer, like: data)
    let expected = golden.json["mlp"]
    var losses: [Double] = []
    let key = "loss_before_each_step_and_after_the_last"
    let steps = try #require(expected[key]["shape"][0].int) - 1
    for number in 1...steps {
      losses.append(Double(step.run()))
      let stage = expected["parameters_after_step"]["\(number)"]
      if stage.exists { expectParameters(of: net, stage, golden.tolerance, "step \(number)") }
    }
    losses.append(Double(net.evaluate(on: data, loss: .meanSquaredError)))
    golden.tolerance.expect(losses, expected[key]["data"].numbers, "losses")
  }

  static func optimizer(_ golden: GoldenCase) -> Optimizer? {
    optimizer(golden.json["optimiser"].string, golden.options)
  }

  static func optimizer(_ name: String?, _ options: JSON) -> Optimizer? {
    let rate = options["lr"].float ?? .nan
    let decay = options["weight_decay"].float
    let epsilon = options["eps"].float
    let betas = (
      options["betas"].array.first?.float ?? 0.9, options["betas"].array.last?.float ?? 0.999
    )
    switch name {
    case "SGD":
      return options.members.count == 1
        ? .sgd(learningRate: rate)
        : .sgd(
          learningRate: rate, momentum: options["momentum"].float ?? 0,
          dampening: options["dampening"].float ?? 0, nesterov: options["nesterov"].bool ?? false,
          weightDecay: decay ?? 0)
    case "Adam":
      return .adam(
        learningRate: rate, betas: betas, epsilon: epsilon ?? 1e-8, weightDecay: decay ?? 0,
        amsgrad: options["amsgrad"].bool ?? false)
    case "AdamW":
      return .adamW(
        learningRate: rate, betas: betas, epsilon: epsilon ?? 1e-8, weightDecay: decay ?? 0.01,
        amsgrad: options["amsgrad"].bool ?? false)
    case "RMSprop":
      return .rmsProp(
        learningRate: rate, smoothing: options["alpha"].float ?? 0.99, epsilon: epsilon ?? 1e-8,
        momentum: options["momentum"].float ?? 0, centered: options["centered"].bool ?? false,
        weightDecay: decay ?? 0)
    case "Adagrad":
      return .adagrad(
        learningRate: rate, rateDecay: options["lr_decay"].float ?? 0, epsilon: epsilon ?? 1e-10,
        weightDecay: decay ?? 0)
    default: return nil
    }
  }
}
