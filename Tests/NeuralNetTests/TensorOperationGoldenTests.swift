import NeuralNet
import Testing

/// `17_tensor_operations.json`: powers, ranges, choices, statistics, triangles and places.
@Suite struct TensorOperationGoldenTests {
  static let file = GoldenFile("17_tensor_operations")

  @Test(arguments: file.cases) func operationGivesValuesAndGradients(_ golden: GoldenCase) throws {
    let inputs = golden.json["inputs"].members.keys.sorted().map { ($0, golden.input($0)) }
    let tensors = Dictionary(uniqueKeysWithValues: inputs)
    let output = try result(golden, tensors)
    golden.expect(
      outputs: ["y": output],
      gradients: tensors.mapValues { tensor in { tensor.gradient ?? zero(tensor) } })
  }

  private func zero(_ tensor: Tensor) -> Tensor { Tensor(tensor.shape, repeating: 0) }

  private func result(_ golden: GoldenCase, _ tensors: [String: Tensor]) throws -> Tensor {
    let options = golden.options
    func tensor(_ name: String) throws -> Tensor { try #require(tensors[name]) }
    let axes = options["axes"].array.compactMap { $0.int }
    let keeping = options["keep"].bool ?? false
    let unbiased = options["unbiased"].bool ?? true
    switch golden.layer {
    case "pow": return try tensor("x").pow(#require(options["exponent"].float))
    case "powTensor": return try tensor("x").pow(tensor("e"))
    case "clamp":
      return try tensor("x").clamp(
        min: options["min"].float ?? -.infinity, max: options["max"].float ?? .infinity)
    case "compare":
      let (a, b) = (try tensor("a"), try tensor("b"))
      switch options["operator"].string {
      case "<": return a .< b
      case "<=": return a .<= b
      case ">": return a .> b
      case ">=": return a .>= b
      case "==": return a .== b
      case "!=": return a .!= b
      default: break
      }
    case "where":
      return try Tensor.where(
        tensor("x") .> #require(options["above"].float), tensor("a"), tensor("b"))
    case "sum": return try tensor("x").sum(axes: axes, keepingAxes: keeping)
    case "mean": return try tensor("x").mean(axes: axes, keepingAxes: keeping)
    case "max": return try tensor("x").max(axes: axes, keepingAxes: keeping)
    case "min": return try tensor("x").min(axes: axes, keepingAxes: keeping)
    case "variance":
      return try tensor("x").variance(axes: axes, keepingAxes: keeping, unbiased: unbiased)
    case "deviation":
      return try tensor("x").standardDeviation(axes: axes, keepingAxes: keeping, unbiased: unbiased)
    case "cosine":
      return try tensor("a").cosineSimilarity(
        to: tensor("b"), axis: #require(options["axis"].int))
    case "norm": return try tensor("x").norm(axis: #require(options["axis"].int))
    case "lower": return try tensor("x").lowerTriangle(diagonal: #require(options["diagonal"].int))
    case "upper": return try tensor("x").upperTriangle(diagonal: #require(options["diagonal"].int))
    case "argmax":
      return try tensor("x").argmax(axis: #require(options["axis"].int), keepingAxis: keeping)
    case "argmin":
      return try tensor("x").argmin(axis: #require(options["axis"].int), keepingAxis: keeping)
    default: break
    }
    Issue.record("\(golden.name): no operation is called \(golden.layer)")
    return Tensor(0)
  }
}
