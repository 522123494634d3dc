import NeuralNet
import Testing

/// The kinds of layers that the golden networks consist of.
enum GoldenLayer {
  case linear
  case tanh
  case relu
  case sigmoid

  init?(_ name: String) {
    switch name {
    case "Tanh": self = .tanh
    case "ReLU": self = .relu
    case "Sigmoid": self = .sigmoid
    default:
      guard name.hasPrefix("Linear") else { return nil }
      self = .linear
    }
  }
}

/// Linear layers of these sizes with an activation between them.
func goldenLayers(_ sizes: JSON, _ activation: GoldenLayer) -> [GoldenLayer] {
  let depth = sizes.array.count - 1
  return (0..<depth).flatMap { $0 < depth - 1 ? [.linear, activation] : [.linear] }
}

/// A network with the parameters that a golden file names `0.weight`, `0.bias`, `2.weight`, …
func goldenNetwork(_ layers: [GoldenLayer], _ parameters: JSON) -> Network {
  Network(
    layers.enumerated().map { place, layer -> any Layer in
      switch layer {
      case .linear:
        Dense(
          weight: Tensor(golden: parameters["\(place).weight"]).transposed().matrix,
          bias: Tensor(golden: parameters["\(place).bias"]).values)
      case .tanh: Tanh()
      case .relu: ReLU()
      case .sigmoid: Sigmoid()
      }
    })
}

/// Compares all parameters of a golden network.
func expectParameters(
  of network: Network, _ expected: JSON, _ tolerance: Tolerance, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  for (place, layer) in network.layers.enumerated() {
    guard let dense = layer as? Dense else { continue }
    tolerance.expect(
      dense.weight.transposed().values.map { Double($0) },
      expected["\(place).weight"]["data"].numbers, "\(what): \(place).weight",
      sourceLocation: sourceLocation)
    tolerance.expect(
      dense.bias?.values.map { Double($0) } ?? [], expected["\(place).bias"]["data"].numbers,
      "\(what): \(place).bias", sourceLocation: sourceLocation)
  }
}
