import NeuralNet
import Testing

/// What every layer must fulfil: the shape rule is the shape, the formula's count is the stored
/// count, gradients are those of central differences, rows are treated alike, batches of one and of
/// none work, and a step run again gives the same bits without new memory.
///
/// `indices` is for layers that read whole numbers below it; `rowsAreIndependent` false for layers
/// whose rows depend on each other (batch statistics).
func expectLayerLaws(
  _ layer: any Layer, input shape: Shape, indices: Int? = nil, tolerance: Float = 5e-3,
  rowsAreIndependent: Bool = true, mode: Mode = .inference, seed: Int = 1,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  var random = RandomSource(seed: seed)
  var one = shape.dimensions
  one[0] = 1
  try layer.initialize(for: Shape(one), random: &random)
  layer.prepare(for: mode)
  let input = Tensor(
    shape,
    (0..<shape.count).map { _ in
      indices.map { Float(random.integer(below: $0)) }
        ?? awayFromKinks(random.uniform(in: -1..<1))
    }, needsGradient: indices == nil)

  let output = layer(input)
  #expect(try layer.outputShape(for: shape) == output.shape, sourceLocation: sourceLocation)

  let stored = layer.parameters.reduce(0) { $0 + $1.tensor.count }
  #expect(layer.parameterCount == stored, sourceLocation: sourceLocation)

  let upstream = Tensor(
    output.shape, (0..<output.count).map { _ in random.uniform(in: -1..<1) })
  let leaves = (indices == nil ? [input] : []) + layer.parameters.map(\.tensor)
  let check = GradientCheck(of: leaves) { (layer(input) * upstream).sum() }
  #expect(check.worstError <= tolerance, "\(layer.name): \(check)", sourceLocation: sourceLocation)

  for count in rowsAreIndependent ? [0, 1] : [0] {
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
  try expectReplayLaws(layer, input, upstream, mode, sourceLocation)
}

/// A step that runs again gives the loss and gradients of the first time, and allocates nothing.
private func expectReplayLaws(
  _ layer: any Layer, _ input: Tensor, _ upstream: Tensor, _ mode: Mode,
  _ sourceLocation: SourceLocation
) throws {
  let before = liveNodeCount
  do {
    let weighted = Loss("weighted sum", check: { _, _ in }, body: { ($0 * $1).sum() })
    let step = TrainingStep(
      Network([layer]), weighted, .sgd(learningRate: 0),
      like: Dataset("laws", inputs: input.detached(), targets: upstream))
    let first = step.computeGradients()
    let gradients = layer.parameters.map { $0.tensor.gradient?.values }
    let alive = liveNodeCount
    let second = step.computeGradients()
    #expect(liveNodeCount == alive, "\(layer.name)", sourceLocation: sourceLocation)
    #expect(second == first, "\(layer.name)", sourceLocation: sourceLocation)
    #expect(
      layer.parameters.map { $0.tensor.gradient?.values } == gradients, "\(layer.name)",
      sourceLocation: sourceLocation)
  }
  #expect(liveNodeCount <= before, "\(layer.name) leaks", sourceLocation: sourceLocation)
  layer.prepare(for: mode)
}

/// What every loss must fulfil: its gradient is that of central differences, the mean is the sum
/// over the count, rows may stand in any order, one row works, and an empty batch is refused.
func expectLossLaws(
  _ make: (Reduction) -> Loss, _ prediction: Tensor, _ target: Tensor, terms: Int,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let loss = make(.mean)
  let check = GradientCheck(of: [prediction], step: 5e-3) { loss(prediction, target) }
  #expect(check.worstError <= 2e-3, "\(loss.name): \(check)", sourceLocation: sourceLocation)

  let each = make(.none)(prediction, target)
  #expect(each.count == terms, "\(loss.name)", sourceLocation: sourceLocation)
  let (sum, mean) = (make(.sum)(prediction, target).scalar, loss(prediction, target).scalar)
  #expect(abs(each.sum().scalar - sum) <= 1e-5 * abs(sum), sourceLocation: sourceLocation)
  #expect(abs(sum / Float(terms) - mean) <= 1e-5 * abs(mean), sourceLocation: sourceLocation)

  func rows(_ tensor: Tensor, _ order: [Int]) -> Tensor {
    Tensor.concatenate(order.map { tensor.slice(axis: 0, $0..<($0 + 1)) })
  }
  let backwards = Array((0..<prediction.shape[0]).reversed())
  let turned = make(.none)(rows(prediction, backwards), rows(target, backwards))
  #expect(turned.values == rows(each, backwards).values, sourceLocation: sourceLocation)
  #expect(loss(rows(prediction, [0]), rows(target, [0])).count == 1, sourceLocation: sourceLocation)
  #expect(throws: LossError.empty, sourceLocation: sourceLocation) {
    try loss.validate(prediction.slice(axis: 0, 0..<0), target.slice(axis: 0, 0..<0))
  }
}

/// What every operation must fulfil: its gradients are those of central differences, and it takes
/// a tensor without rows.
func expectOperationLaws(
  _ name: String, _ shapes: [Shape], tolerance: Float = 3e-3, emptyRows: Bool = true,
  sourceLocation: SourceLocation = #_sourceLocation, _ operation: ([Tensor]) -> Tensor
) {
  var random = RandomSource(seed: 4)
  let inputs = shapes.map { shape in
    Tensor(
      shape, (0..<shape.count).map { _ in awayFromKinks(random.uniform(in: -1..<1)) },
      needsGradient: true)
  }
  let output = operation(inputs)
  let upstream = Tensor(
    output.shape, (0..<output.count).map { _ in random.uniform(in: -1..<1) })
  let check = GradientCheck(of: inputs, step: 5e-3) { (operation(inputs) * upstream).sum() }
  #expect(check.worstError <= tolerance, "\(name): \(check)", sourceLocation: sourceLocation)
  guard emptyRows else { return }
  let empty = shapes.map { shape in Tensor(Shape([0] + shape.dimensions.dropFirst()), []) }
  #expect(operation(empty).shape[0] == 0, "\(name)", sourceLocation: sourceLocation)
}

/// Central differences need a smooth neighborhood.
func awayFromKinks(_ x: Float) -> Float { abs(x) < 0.05 ? x + 0.1 : x }
