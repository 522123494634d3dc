import NeuralNet
import Testing

/// What every layer must fulfil: the shape rule is the shape, the formula's count is the stored
/// count, gradients are those of central differences, rows are treated alike, and batches of one
/// and of none work.
///
/// `network` false is for layers whose rows depend on each other (batch statistics).
func expectLayerLaws(
  _ layer: any Layer, input shape: Shape, tolerance: Float = 5e-3, rowsAreIndependent: Bool = true,
  seed: Int = 1, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  var random = RandomSource(seed: seed)
  var one = shape.dimensions
  one[0] = 1
  try layer.initialize(for: Shape(one), random: &random)
  let input = Tensor(
    shape, (0..<shape.count).map { _ in awayFromKinks(random.uniform(in: -1..<1)) },
    needsGradient: true)

  let output = layer(input)
  #expect(try layer.outputShape(for: shape) == output.shape, sourceLocation: sourceLocation)

  let stored = layer.parameters.reduce(0) { $0 + $1.tensor.count }
  #expect(layer.parameterCount == stored, sourceLocation: sourceLocation)

  let upstream = Tensor(
    output.shape, (0..<output.count).map { _ in random.uniform(in: -1..<1) })
  let check = GradientCheck(of: [input] + layer.parameters.map(\.tensor)) {
    (layer(input) * upstream).sum()
  }
  #expect(check.worstError <= tolerance, "\(check)", sourceLocation: sourceLocation)

  for count in [0, 1] {
    var sizes = shape.dimensions
    sizes[0] = count
    let part = input.slice(axis: 0, 0..<count)
    #expect(
      try layer(part).shape == layer.outputShape(for: Shape(sizes)), sourceLocation: sourceLocation)
  }

  if rowsAreIndependent {
    let order = random.permutation(shape[0])
    let permuted = Tensor.concatenate(order.map { input.slice(axis: 0, $0..<($0 + 1)) })
    let expected = Tensor.concatenate(order.map { output.slice(axis: 0, $0..<($0 + 1)) })
    #expect(layer(permuted).values == expected.values, sourceLocation: sourceLocation)
  }
}

/// Central differences need a smooth neighborhood.
func awayFromKinks(_ x: Float) -> Float { abs(x) < 0.05 ? x + 0.1 : x }
