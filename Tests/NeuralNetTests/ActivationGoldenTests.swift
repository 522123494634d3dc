import NeuralNet
import Testing

/// `02_activations.json`: values and slopes, also far out and at zero.
@Suite struct ActivationGoldenTests {
  @Test(arguments: GoldenFile("02_activations").cases)
  func activationGivesValuesAndSlopes(_ golden: GoldenCase) throws {
    let layer = try #require(ActivationGoldenTests.layer(golden), "\(golden.layer)")
    let x = golden.input("x")
    golden.expect(outputs: ["y": layer(x)], gradients: ["x": { x.gradient }])
  }

  static func layer(_ golden: GoldenCase) -> (any Layer)? {
    let options = golden.options
    let axis = options["dim"].int ?? -1
    return switch golden.layer {
    case "Sigmoid": Sigmoid()
    case "Tanh": Tanh()
    case "ReLU": ReLU()
    case "LeakyReLU": LeakyReLU(slope: options["negative_slope"].float ?? .nan)
    case "ELU": ELU(alpha: options["alpha"].float ?? .nan)
    case "GELU": GELU(options["approximate"].string == "tanh" ? .tanh : .exact)
    case "SiLU": SiLU()
    case "Softplus": Softplus(beta: options["beta"].float ?? .nan)
    case "SELU": SELU()
    case "Mish": Mish()
    case "LogSigmoid": LogSigmoid()
    case "Softsign": Softsign()
    case "heaviside": Step(atZero: options["value_at_zero"].float ?? .nan)
    case "Softmax": Softmax(axis: axis)
    case "LogSoftmax": LogSoftmax(axis: axis)
    default: nil
    }
  }
}
