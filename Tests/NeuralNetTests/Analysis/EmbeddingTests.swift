import Foundation
import NeuralNet
import Testing

/// t-SNE against the bar that another implementation sets.
@Suite struct NeighborEmbeddingTests {
  @Test(arguments: GoldenFile("14_tsne").cases.filter { $0.name.contains("_pca_") })
  func embeddingReachesTheBar(_ golden: GoldenCase) throws {
    let points = try golden.points()
    let isExact = golden.options["method"].string == "exact"
    let map = TSNE(of: points, method: isExact ? .exact : .barnesHut(angle: 0.5))
    let expected = golden.json["expected"]["runs"][0]
    let divergence = try #require(expected["kl_divergence"].number)
    #expect(map.divergence <= divergence)
    for (key, neighbors) in [("trustworthiness_5", 5), ("trustworthiness_12", 12)] {
      let bar = try #require(expected[key].number)
      #expect(
        trustworthiness(of: map.embedding, data: points, neighbors: neighbors) >= bar - 0.01)
    }
  }

  @Test func trustworthinessOfAPictureIsTheReferences() throws {
    let golden = try #require(GoldenFile("14_tsne").cases.first { $0.name.hasPrefix("iris") })
    let points = try golden.points()
    let flat = PrincipalComponents(of: points).projection
    let expected = golden.json["expected"]["pca_2d_for_comparison"]
    for (key, neighbors) in [("trustworthiness_5", 5), ("trustworthiness_12", 12)] {
      let got = trustworthiness(of: flat, data: points, neighbors: neighbors)
      // Iris has equal rows, whose order among neighbors is open.
      #expect(abs(got - (expected[key].number ?? 0)) < 1e-3)
    }
  }
}
