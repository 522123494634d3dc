import NeuralNet
import Testing

/// `05_embedding.json`: look-ups with repeated indices and with a padding index.
@Suite struct EmbeddingGoldenTests {
  @Test(arguments: GoldenFile("05_embedding").cases)
  func embeddingLooksUpAndAddsGradients(_ golden: GoldenCase) throws {
    let layer = Embedding(
      try #require(golden.options["num_embeddings"].int),
      try #require(golden.options["embedding_dim"].int), padding: golden.options["padding_idx"].int)
    layer.weight.values = golden.parameter("weight").values
    let output = layer(golden.input("indices").detached())
    golden.expect(outputs: ["y": output], gradients: ["weight": { layer.weight.gradient }])
  }

  @Test func thePaddingVectorStartsAtZero() {
    let layer = Embedding(4, 3, padding: 2, seed: 1)
    #expect(layer([2, 2]).values == [0, 0, 0, 0, 0, 0])
    #expect(layer([0]).values.allSatisfy { $0 != 0 })
  }
}
