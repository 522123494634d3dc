import NeuralNet
import Testing

/// `11_optimisers.json`: twenty steps of each optimizer on a quadratic and on a small net.
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
      let row = w.reshaped(1, 4)
      return (row.matrixProduct(a) * row).sum() * 0.5 - (b * w).sum()
    }
    var losses = [Double(loss().scalar)]
    var places: [Double] = []
    for _ in 0..<20 {
      w.clearGradient()
      loss().backward()
      rule.update(learningRate: optimizer.learningRate)
      losses.append(Double(loss().scalar))
      places += w.values.map { Double($0) }
    }
    let expected = golden.json["quadratic"]
    golden.tolerance.expect(
      losses, expected["loss_before_each_step_and_after_the_last"]["data"].numbers, "losses")
    golden.tolerance.expect(places, expected["w_after_each_step"]["data"].numbers, "parameters")
  }

  @Test(arguments: file.cases)
  func optimizerTrainsTheNet(_ golden: GoldenCase) throws {
    let problem = OptimizerGoldenTests.file.json["mlp"]
    let net = goldenNetwork([.linear, .tanh, .linear], problem["parameters"])
    let data = Dataset(
      "golden", inputs: Tensor(golden: problem["x"]).detached(),
      targets: Tensor(golden: problem["target"]).detached())
    let optimizer = try #require(OptimizerGoldenTests.optimizer(golden))
    let step = TrainingStep(net, .meanSquaredError, optimizer, like: data)
    let expected = golden.json["mlp"]
    var losses: [Double] = []
    for number in 1...20 {
      losses.append(Double(step.run()))
      let stage = expected["parameters_after_step"]["\(number)"]
      if stage.exists { expectParameters(of: net, stage, golden.tolerance, "step \(number)") }
    }
    losses.append(Double(net.evaluate(on: data, loss: .meanSquaredError)))
    golden.tolerance.expect(
      losses, expected["loss_before_each_step_and_after_the_last"]["data"].numbers, "losses")
  }

  static func optimizer(_ golden: GoldenCase) -> Optimizer? {
    optimizer(golden.json["optimiser"].string, golden.options)
  }

  static func optimizer(_ name: String?, _ options: JSON) -> Optimizer? {
    let rate = options["lr"].float ?? .nan
    let decay = options["weight_decay"].float
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
        learningRate: rate, betas: betas, weightDecay: decay ?? 0,
        amsgrad: options["amsgrad"].bool ?? false)
    case "AdamW": return .adamW(learningRate: rate, betas: betas, weightDecay: decay ?? 0.01)
    case "RMSprop":
      return .rmsProp(
        learningRate: rate, smoothing: options["alpha"].float ?? 0.99,
        momentum: options["momentum"].float ?? 0, centered: options["centered"].bool ?? false)
    case "Adagrad":
      return .adagrad(learningRate: rate, rateDecay: options["lr_decay"].float ?? 0)
    default: return nil
    }
  }
}
