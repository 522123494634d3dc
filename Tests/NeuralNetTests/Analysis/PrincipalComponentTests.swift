import NeuralNet
import Testing

/// What makes principal components principal, also where columns are constant, equal or too many.
@Suite struct PrincipalComponentTests {
  @Test(arguments: [(2, 1), (3, 2), (40, 5), (7, 19), (200, 33), (2, 8)])
  func componentsOfNoiseAreOrthogonal(rows: Int, columns: Int) {
    var random = RandomSource(seed: rows + columns)
    let noise = (0..<rows * columns).map { _ in random.normal() }
    expectPrincipal(Tensor([rows, columns], noise))
  }

  @Test func constantAndEqualColumnsHaveComponentsToo() {
    expectPrincipal(Tensor([5, 4], repeating: 3))
    expectPrincipal(Tensor([[1, 1, 0, 7], [2, 2, 0, 7], [4, 4, 0, 7], [8, 8, 0, 7]]))
    // All variances are equal.
    expectPrincipal(
      Tensor([[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]]))
    expectPrincipal(Tensor([[1e-20, 3e18], [-2e-20, 1e18], [4e-20, -9e18]]))
  }

  private func expectPrincipal(_ points: Tensor) {
    let columns = points.shape[1]
    let pca = PrincipalComponents(of: points, count: columns)
    let largest = pca.explainedVariance[0]
    #expect(pca.explainedVariance == pca.explainedVariance.sorted(by: >))
    for (i, first) in pca.components.enumerated() {
      for (j, second) in pca.components.enumerated() {
        let length = zip(first, second).reduce(0.0) { $0 + $1.0 * $1.1 }
        #expect(abs(length - (i == j ? 1 : 0)) < 1e-13)
        let covariance =
          pca.projection.reduce(0.0) { $0 + $1[i] * $1[j] } / Double(points.shape[0] - 1)
        let expected = i == j ? pca.explainedVariance[i] : 0
        #expect(abs(covariance - expected) <= 1e-13 * largest)
      }
    }
  }
}
