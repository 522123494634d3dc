import NeuralNet
import Testing

/// Sums of many numbers are right to one part in a million, in every place where the engine adds up.
@Suite struct LongSumTests {
  private static let many = 10_000_000

  private func expectNear(
    _ value: Float, _ expected: Double, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      abs(Double(value) / expected - 1) < 1e-6, "\(value) for \(expected)",
      sourceLocation: sourceLocation)
  }

  @Test func sumsOfManyEqualNumbers() {
    let count = LongSumTests.many
    for value in [0.1, 1 / 3, 0.7, 1.000_001] as [Float] {
      let x = Tensor([count], repeating: value)
      let exact = Double(value) * Double(count)
      expectNear(x.sum().scalar, exact)
      expectNear(x.mean().scalar, Double(value))
      for columns in [1, 2, 5, 20, 100] {
        let sums = x.reshaped(count / columns, columns).sum(axis: 0).values
        for sum in sums { expectNear(sum, exact / Double(columns)) }
      }
    }
  }

  @Test func meanSquaredErrorOfAWholeDataSet() {
    var random = RandomSource(seed: 1)
    let x = Tensor([6_000, 784], (0..<6_000 * 784).map { _ in random.uniform() })
    var exact = 0.0
    for value in x.values { exact += Double(value) * Double(value) }
    let zero = Tensor(x.shape, repeating: 0)
    expectNear(Loss.meanSquaredError(x, zero).scalar, exact / Double(x.count))
    expectNear(Loss.squaredError(reduction: .sum)(x, zero).scalar, exact)
    expectNear(x.squared().sum().scalar, exact)
  }

  @Test(arguments: [[3_000_000, 1], [300, 1, 100, 100]] as [Shape])
  func batchStatisticsOfNumbersFarFromZero(_ shape: Shape) throws {
    var random = RandomSource(seed: 2)
    let x = Tensor(shape, (0..<shape.count).map { _ in random.normal(mean: 100) })
    var (sum, squares) = (0.0, 0.0)
    for value in x.values { sum += Double(value) }
    let mean = sum / Double(shape.count)
    for value in x.values { squares += (Double(value) - mean) * (Double(value) - mean) }
    let layer = BatchNorm(1, momentum: 1)
    layer.prepare(for: .training)
    let y = layer(x)
    expectNear(try #require(layer.runningMean).values[0], mean)
    #expect(
      abs(Double(try #require(layer.runningVariance).values[0]) - squares / Double(shape.count))
        < 2e-5)
    #expect(abs(y.squared().mean().scalar - 1) < 2e-5)
  }

  @Test func gradientsOfRowsAndNumbersThatManySharedAre() throws {
    let rows = 1_000_000
    let x = Tensor([rows, 3], repeating: 0.1)
    for gradient in [
      { (w: Tensor) in (x + w).sum().backward() }, { w in (x * w).sum().backward() },
      { w in (x / w).sum().backward() }, { w in (x - w).sum().backward() },
    ] as [(Tensor) -> Void] {
      let row = Tensor([1, 1, 1], needsGradient: true)
      let number = Tensor([1], [1], needsGradient: true)
      gradient(row)
      gradient(number)
      let values = try #require(row.gradient).values
      let whole = try #require(number.gradient).values[0]
      for value in values { expectNear(value, Double(values[0])) }
      expectNear(whole, 3 * Double(values[0]))
      let exact: [Double] = [1, 0.1, -0.1, -1].map { $0 * Double(rows) }
      #expect(exact.contains { abs(Double(values[0]) / $0 - 1) < 1e-6 })
    }
    let norm = LayerNorm(3)
    (norm(Tensor([rows, 3], (0..<3 * rows).map { Float($0 % 3) })) * 0.1).sum().backward()
    expectNear(try #require(norm.bias?.gradient).values[0], 0.1 * Double(rows))
    expectNear(
      try #require(norm.weight?.gradient).values[2],
      0.1 * Double(rows) * (1 / (2.0 / 3 + 1e-5).squareRoot()))
  }

  @Test func crossEntropyOverManyRows() {
    let rows = 2_000_000
    let loss = Loss.crossEntropy(reduction: .sum)(
      Tensor([rows, 2], repeating: 0), Tensor([rows], repeating: 1))
    expectNear(loss.scalar, Double(rows) * Double(ElementaryFunction.log(2)))
  }
}
