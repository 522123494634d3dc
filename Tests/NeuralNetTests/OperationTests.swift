import NeuralNet
import Testing

/// Gradients of a function of tensors against central differences.
func expectGradients(
  of shapes: [Shape], from range: Range<Float> = -1..<1, tolerance: Float = 5e-3,
  sourceLocation: SourceLocation = #_sourceLocation, _ body: ([Tensor]) -> Tensor
) {
  var random = RandomSource(seed: 3)
  let inputs = shapes.map { shape in
    Tensor(
      shape, (0..<shape.count).map { _ in awayFromKinks(random.uniform(in: range)) },
      needsGradient: true)
  }
  let output = body(inputs)
  let upstream = Tensor(output.shape, (0..<output.count).map { _ in random.uniform(in: -1..<1) })
  let check = GradientCheck(of: inputs) { (body(inputs) * upstream).sum() }
  #expect(check.worstError <= tolerance, "\(check)", sourceLocation: sourceLocation)
}

@Suite struct OperationTests {
  @Test(
    arguments: [
      [[2, 3], [2, 3]], [[2, 3], [3]], [[2, 3], [2, 1]], [[2, 3], []], [[], [2, 3]],
      [[1, 3], [4, 1]], [[2, 1, 3], [5, 1]], [[3], [2, 3]],
    ] as [[Shape]])
  func arithmeticBroadcasts(_ shapes: [Shape]) {
    expectGradients(of: shapes) { $0[0] + $0[1] }
    expectGradients(of: shapes) { $0[0] - $0[1] }
    expectGradients(of: shapes) { $0[0] * $0[1] }
    expectGradients(of: shapes, from: 0.5..<2) { $0[0] / $0[1] }
    expectGradients(of: shapes) { Tensor.maximum($0[0], $0[1] * 3) }
    expectGradients(of: shapes) { Tensor.minimum($0[0], $0[1] * 3) }
  }

  @Test func broadcastValuesAreThoseOfRepeatedRows() {
    let a = Tensor([[1, 2, 3], [4, 5, 6]])
    #expect((a + Tensor([10, 20, 30])).values == [11, 22, 33, 14, 25, 36])
    #expect((a * Tensor([[2], [3]])).values == [2, 4, 6, 12, 15, 18])
    #expect((Tensor([1, 2]).reshaped(2, 1) - Tensor([5, 7])).values == [-4, -6, -3, -5])
  }

  @Test func mapsHaveTheirGradients() {
    let any: [(Tensor) -> Tensor] = [
      { $0.exp() }, { $0.tanh() }, { $0.sigmoid() }, { $0.erf() }, { $0.sin() }, { $0.cos() },
      { $0.squared() }, { $0.abs() }, { $0.relu() }, { $0.softplus() }, { -$0 }, { $0.step() },
    ]
    for map in any { expectGradients(of: [[3, 4]]) { map($0[0]) } }
    let positive: [(Tensor) -> Tensor] = [{ $0.log() }, { $0.sqrt() }, { $0.reciprocal() }]
    for map in positive { expectGradients(of: [[3, 4]], from: 0.7..<2) { map($0[0]) } }
  }

  @Test func productsHaveTheirGradients() {
    expectGradients(of: [[3, 4], [4, 2]]) { $0[0].matrixProduct($0[1]) }
    expectGradients(of: [[2, 3, 4], [4, 2]]) { $0[0].matrixProduct($0[1]) }
    expectGradients(of: [[2, 3, 4], [2, 4, 5]]) { $0[0].matrixProduct($0[1]) }
    expectGradients(of: [[2, 4, 3], [2, 4, 5]]) {
      $0[0].matrixProduct($0[1], transposingFirst: true)
    }
    expectGradients(of: [[2, 3, 4], [2, 5, 4]]) {
      $0[0].matrixProduct($0[1], transposingSecond: true)
    }
    expectGradients(of: [[2, 4, 3], [5, 4]]) {
      $0[0].matrixProduct($0[1], transposingFirst: true, transposingSecond: true)
    }
    expectGradients(of: [[3, 4], [4, 2], [2]]) {
      $0[0].affine(weight: $0[1], bias: $0[2], activation: .tanh)
    }
  }

  @Test func reductionsHaveTheirGradients() {
    expectGradients(of: [[3, 4]]) { $0[0].sum() }
    expectGradients(of: [[3, 4]]) { $0[0].mean() }
    // Distances that no central difference crosses.
    let apart = Tensor([2, 3, 4], (0..<24).map { Float($0 * 7 % 24) })
    for axis in 0..<3 {
      expectGradients(of: [[2, 3, 4]]) { $0[0].sum(axis: axis) }
      expectGradients(of: [[2, 3, 4]]) { $0[0].mean(axis: axis, keepingAxis: true) }
      expectGradients(of: [[2, 3, 4]]) { (apart + $0[0]).max(axis: axis) }
      expectGradients(of: [[2, 3, 4]]) { (apart + $0[0]).min(axis: axis - 3) }
    }
    #expect(Tensor([[1, 2], [3, 4]]).sum(axis: 0).values == [4, 6])
    #expect(Tensor([[1, 2], [3, 4]]).mean(axis: 1).values == [1.5, 3.5])
    #expect(Tensor([[1, 7, 7], [3, 4, 0]]).argmax() == [1, 1])
  }

  @Test func rearrangementsHaveTheirGradients() {
    expectGradients(of: [[2, 3, 4]]) { $0[0].transposed() }
    expectGradients(of: [[2, 3, 4]]) { $0[0].transposed(2, 0, 1) }
    expectGradients(of: [[2, 3, 4]]) { $0[0].slice(axis: 1, 1..<3) }
    expectGradients(of: [[2, 3, 4]]) { $0[0].select(axis: 0, 1) }
    expectGradients(of: [[2, 6]]) { $0[0].reshaped(3, -1) * $0[0].reshaped(3, 4) }
    expectGradients(of: [[2, 3], [2, 1]]) { Tensor.concatenate($0, axis: 1) }
    expectGradients(of: [[2, 3], [2, 3]]) { Tensor.stack($0) }
    #expect(Tensor([[1, 2, 3], [4, 5, 6]]).transposed().values == [1, 4, 2, 5, 3, 6])
  }

  @Test func lossesHaveTheirGradients() {
    expectGradients(of: [[4, 3], [4, 3]]) { Loss.meanSquaredError($0[0], $0[1]) }
    let target = Tensor([[0, 1, 0.25], [1, 0, 1]])
    expectGradients(of: [[2, 3]], from: 0.2..<0.8) { Loss.binaryCrossEntropy($0[0], target) }
  }
}
