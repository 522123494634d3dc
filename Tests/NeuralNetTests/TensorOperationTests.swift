import NeuralNet
import Testing

@Suite struct TensorOperationTests {
  @Test func newOperationsObeyTheLaws() {
    let maps: [(String, (Tensor) -> Tensor)] = [
      ("pow", { ($0 + 2).pow(2.5) }), ("clamp", { $0.clamp(min: -0.5, max: 0.5) }),
      ("where", { Tensor.where($0 .> 0, $0 * 2, $0 * $0) }),
      ("variance", { $0.variance(axis: 1) }), ("deviation", { $0.standardDeviation(axis: 1) }),
      ("norm", { $0.norm(axis: 1) }),
      ("several axes", { $0.reshaped(to: [$0.shape[0], 3, 2]).sum(axes: [2, 1]) }),
      ("lower", { $0.reshaped(to: [$0.shape[0], 3, 2]).lowerTriangle() }),
      ("upper", { $0.reshaped(to: [$0.shape[0], 3, 2]).upperTriangle(diagonal: 1) }),
      ("cosine", { $0.cosineSimilarity(to: Tensor([1, -2, 3, 0.5, -1, 2])) }),
    ]
    for (name, map) in maps { expectOperationLaws(name, [[3, 6]]) { map($0[0]) } }
    expectOperationLaws("pow of tensors", [[3, 4], [3, 4]]) { ($0[0] + 2).pow($0[1] * 2) }
    expectOperationLaws("pow of a number", [[3, 4]]) { Tensor.pow(2, $0[0]) }
    expectOperationLaws("where", [[3, 4], [3, 4]]) { Tensor.where($0[0] .> 0.2, $0[0], $0[1]) }
    expectOperationLaws("expansion", [[3, 1]], emptyRows: false) { $0[0].expanded(to: [2, 3, 4]) }
  }

  @Test func vectorsGiveThePowersOfSingleNumbers() {
    let numbers = (0..<67).map { Float($0) * 0.37 }
    #expect(Tensor(numbers).pow(1.7).values == numbers.map { ElementaryFunction.pow($0, 1.7) })
    #expect(Tensor(numbers).pow(2).values == Tensor(numbers).squared().values)
  }

  @Test func aChoiceIsComputedAgainInARecordedStep() {
    let x = Tensor([-1, 2, -3])
    let replay = Replay { Tensor.where(x .> 0, x, x.clamp(min: -2)).pow(2) }
    #expect(replay.result.values == [1, 4, 4])
    x.values = [1, -2, -5]
    replay.forward()
    #expect(replay.result.values == [1, 4, 4])
  }

  @Test func whatIsNotTakenCountsForNothing() {
    let x = Tensor([0, 4], needsGradient: true)
    let y = Tensor.where(x .> 0, x.log(), 0)
    y.sum().backward()
    #expect(y.values[0] == 0)
    #expect(x.gradient?.values[1] == 0.25)
    #expect(Tensor([.nan, 1]).clamp(min: 0, max: 0.5).values[0].isNaN)
  }

  @Test func drawsFollowTheirSeedAndTheirLaw() {
    let even = Tensor.uniform([100, 100], in: -1..<3, seed: 3)
    #expect(even.values == Tensor.uniform([100, 100], in: -1..<3, seed: 3).values)
    #expect(even.values != Tensor.uniform([100, 100], in: -1..<3, seed: 4).values)
    #expect(even.values.allSatisfy { $0 >= -1 && $0 < 3 })
    #expect(abs(even.mean().scalar - 1) < 0.03)
    #expect(abs(even.variance().scalar - 16.0 / 12) < 0.03)
    let bell = Tensor.normal([100, 100], mean: 2, deviation: 3, seed: 5)
    #expect(abs(bell.mean().scalar - 2) < 0.1 && abs(bell.standardDeviation().scalar - 3) < 0.1)
    let ones = Tensor.bernoulli([10_000], probability: 0.3, seed: 1)
    #expect(ones.values.allSatisfy { $0 == 0 || $0 == 1 } && abs(ones.mean().scalar - 0.3) < 0.02)
    var random = RandomSource(seed: 1)
    let first = Tensor.normal([5], using: &random)
    #expect(first.values != Tensor.normal([5], using: &random).values)
    #expect(first.values == Tensor.normal([5], seed: 1).values)
  }

  @Test func weightsDecideHowOftenAPlaceIsDrawn() {
    var random = RandomSource(seed: 2)
    var counts = [0, 0, 0, 0]
    for _ in 0..<8000 { counts[random.index(weights: [1, 0, 3, 4])] += 1 }
    #expect(counts[1] == 0)
    for (place, share) in [(0, 1), (2, 3), (3, 4)] {
      #expect(abs(counts[place] - share * 1000) < 150)
    }
    for _ in 0..<50 {
      let places = random.indices(3, weights: [1, 0, 3, 4])
      #expect(places.sorted() == [0, 2, 3])
    }
    let rows = Tensor([[0, 1, 0], [0, 0, 5], [1, 0, 0]])
    #expect(rows.sampled(using: &random) == [1, 2, 0])
    #expect(Tensor.oneHot([1, 2, 0], count: 3).values == [0, 1, 0, 0, 0, 1, 1, 0, 0])
    #expect(Tensor.identity(2).matrix == [[1, 0], [0, 1]])
  }
}
