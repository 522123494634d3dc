import NeuralNet
import Testing

@Suite struct TensorTests {
  @Test func gradientOfAProductIsTheOtherFactor() {
    let x = Tensor([[0, 1], [2, 3]])
    let w = Tensor([[1], [1]], needsGradient: true)
    let loss = x.matrixProduct(w).squared().sum()
    loss.backward()
    #expect(loss.scalar == 26)
    #expect(w.gradient?.values == [20, 32])
  }

  @Test func leavesCollectGradientsUntilTheyAreCleared() {
    let x = Tensor([1, 2], needsGradient: true)
    x.sum().backward()
    x.sum().backward()
    #expect(x.gradient?.values == [2, 2])
    x.clearGradient()
    #expect(x.gradient == nil)
  }

  @Test func aTensorUsedTwiceGetsBothGradients() {
    let x = Tensor([3], needsGradient: true)
    (x * x + x).sum().backward()
    #expect(x.gradient?.values == [7])
  }

  @Test func descriptionNestsRows() {
    #expect(Tensor([[1, 2.5], [3, 4]]).description == "[[1.0, 2.5], [3.0, 4.0]]")
    #expect(Tensor(2).description == "2.0")
  }

  @Test func aMillionOperationsAreReleasedAndNothingLeaks() {
    let before = liveNodeCount
    do {
      var x = Tensor([1], needsGradient: true)
      for _ in 0..<1_000_000 { x = x + x }
      #expect(liveNodeCount > before + 1_000_000)
    }
    #expect(liveNodeCount == before)
    do {
      let x = Tensor([1], needsGradient: true)
      var (y, z) = (x, x)
      for _ in 0..<10_000 { (y, z) = (y * z, (y - z).reshaped(1, 1).reshaped(1)) }
      (y + z).sum().backward()
    }
    #expect(liveNodeCount == before)
  }

  @Test func withoutGradientsKeepsNoGraph() {
    let x = Tensor([1], needsGradient: true)
    for y in withoutGradients({ [x * 2, x.reshaped(1, 1), x.select(axis: 0, 0)] }) {
      #expect(!y.needsGradient)
      #expect(!(y + 1).needsGradient)
    }
    #expect(x.reshaped(1, 1).needsGradient)
  }

  @Test func aSecondBackwardPassThatIsMeantAddsUp() {
    let x = Tensor([1, 2], needsGradient: true)
    let y = x.squared()
    y.backward(upstream: Tensor([1, 0]))
    y.backward(upstream: Tensor([0, 1]), again: true)
    #expect(x.gradient?.values == [2, 4])
    y.sum().backward()
    #expect(x.gradient?.values == [4, 8])
  }
}
