import NeuralNet
import Testing

/// `11_clipping.json`: three gradients, clipped together.
@Suite struct ClippingGoldenTests {
  static let file = GoldenFile("11_clipping")

  @Test(arguments: file.cases)
  func clippingScalesOrBoundsGradients(_ golden: GoldenCase) throws {
    let tensors = ClippingGoldenTests.file.json["gradients_before"].array.map { json in
      let gradient = Tensor(golden: json).detached()
      let tensor = Tensor(gradient.shape, repeating: 0, needsGradient: true)
      (tensor * gradient).sum().backward()
      return tensor
    }
    let norm = try #require(ClippingGoldenTests.clipping(golden.options)).apply(to: tensors)
    let expected = golden.json["expected"]
    for (tensor, json) in zip(tensors, expected["gradients"].array) {
      golden.expect(try #require(tensor.gradient), equals: json, "gradient")
    }
    if let before = expected["norm_before"].number {
      golden.tolerance.expect([Double(try #require(norm))], [before], "norm")
    }
  }

  static func clipping(_ options: JSON) -> GradientClipping? {
    if let limit = options["clip_value"].float { return .value(limit) }
    guard let limit = options["max_norm"].float else { return nil }
    switch options["norm_type"].number {
    case 1: return .norm(limit, of: .absolute)
    case 2: return .norm(limit)
    case .infinity: return .norm(limit, of: .maximum)
    default: return nil
    }
  }
}
