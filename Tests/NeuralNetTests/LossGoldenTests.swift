import NeuralNet
import Testing

/// `03_losses.json`: every loss, as mean, sum and element by element.
@Suite struct LossGoldenTests {
  @Test(arguments: GoldenFile("03_losses").cases)
  func lossGivesValueAndGradient(_ golden: GoldenCase) throws {
    let loss = try #require(LossGoldenTests.loss(golden), "\(golden.layer)")
    let x = golden.input("x")
    let target = Tensor(golden.input("target").shape, golden.input("target").values)
    let output = golden.json["outputs"]["loss"].exists ? "loss" : "loss_per_element"
    golden.expect(outputs: [output: loss(x, target)], gradients: ["x": { x.gradient }])
  }

  static func loss(_ golden: GoldenCase) -> Loss? {
    let options = golden.options
    let reduction: Reduction =
      switch options["reduction"].string {
      case "sum": .sum
      case "none": .none
      default: .mean
      }
    let weights = options["weight"].array.compactMap { $0.float }
    return switch golden.layer {
    case "MSELoss": .squaredError(reduction: reduction)
    case "L1Loss": .absoluteError(reduction: reduction)
    case "HuberLoss": .huber(delta: options["delta"].float ?? .nan, reduction: reduction)
    case "SmoothL1Loss": .smoothL1(beta: options["beta"].float ?? .nan, reduction: reduction)
    case "BCELoss": .binaryCrossEntropy(reduction: reduction)
    case "BCEWithLogitsLoss": .binaryCrossEntropyWithLogits(reduction: reduction)
    case "CrossEntropyLoss":
      .crossEntropy(
        labelSmoothing: options["label_smoothing"].float ?? 0,
        classWeights: weights.isEmpty ? nil : weights, ignoring: options["ignore_index"].int,
        reduction: reduction)
    default: nil
    }
  }
}
