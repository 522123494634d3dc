import Foundation
import NeuralNet
import Testing

/// t-SNE against the bar that another implementation sets.
@Suite struct NeighborEmbeddingTests {
  @Test(arguments: GoldenFile("14_tsne").cases.filter { $0.options["init"].string == "pca" })
  func embeddingReachesTheBar(_ golden: GoldenCase) throws {
    let points = try golden.points()
    let isExact = golden.options["method"].string == "exact"
    let map = TSNE(of: points, method: isExact ? .exact : .barnesHut(angle: 0.5))
    let expected = golden.json["expected"]["runs"][0]
    let divergence = try #require(expected["kl_divergence"].number)
    #expect(map.divergence <= divergence)
    for (neighbors, bar) in trustworthinesses(expected) {
      #expect(
        trustworthiness(of: map.embedding, data: points, neighbors: neighbors) >= bar - 0.01)
    }
  }

  /// The smallest of the data sets will do.
  @Test func trustworthinessOfAPictureIsTheReferences() throws {
    let golden = try #require(
      GoldenFile("14_tsne").cases.min {
        $0.json["data"]["rows"].int ?? .max < $1.json["data"]["rows"].int ?? .max
      })
    let points = try golden.points()
    let flat = PrincipalComponents(of: points).projection
    let expected = golden.json["expected"]["pca_2d_for_comparison"]
    for (neighbors, bar) in trustworthinesses(expected) {
      let got = trustworthiness(of: flat, data: points, neighbors: neighbors)
      // Iris has equal rows, whose order among neighbors is open.
      #expect(abs(got - bar) < 1e-3)
    }
  }

  /// What a case says of some numbers of neighbors: `trustworthiness_5`, `trustworthiness_12`.
  private func trustworthinesses(_ expected: JSON) -> [(neighbors: Int, bar: Double)] {
    expected.members.compactMap { key, value in
      let words = key.split(separator: "_")
      guard words.first == "trustworthiness", let neighbors = words.last.flatMap({ Int($0) }),
        let bar = value.number
      else { return nil }
      return (neighbors, bar)
    }
  }
}
