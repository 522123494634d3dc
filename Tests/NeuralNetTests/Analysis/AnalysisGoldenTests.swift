import NeuralNet
import Testing

@Suite struct AnalysisGoldenTests {
  @Test(arguments: GoldenFile("14_separability").cases)
  func separabilityIsTheReferences(_ golden: GoldenCase) throws {
    let separability = Separability(of: try golden.points(), labels: try golden.labels())
    let expected = golden.json["expected"]
    golden.analysisTolerance.expect(
      [separability.between, separability.within, separability.ratio],
      ["between", "within", "ratio"].compactMap { expected[$0].number }, golden.name)
  }

  @Test(arguments: GoldenFile("14_silhouette").cases)
  func silhouetteIsTheReferences(_ golden: GoldenCase) throws {
    let silhouette = Silhouette(of: try golden.points(), labels: try golden.labels())
    let expected = golden.json["expected"]
    golden.analysisTolerance.expect(
      [silhouette.score], [try #require(expected["score"].number)], golden.name)
    if expected["samples"].exists {
      golden.analysisTolerance.expect(
        silhouette.samples, expected["samples"]["data"].numbers, golden.name)
    }
  }

  @Test(arguments: GoldenFile("14_pca").cases)
  func principalComponentsAreTheReferences(_ golden: GoldenCase) throws {
    let count = try #require(golden.json["components"].int)
    let pca = PrincipalComponents(of: try golden.points(), count: count)
    let expected = golden.json["expected"]
    let tolerance = golden.analysisTolerance
    func check(_ got: [Double], _ key: String) {
      tolerance.expect(got, expected[key]["data"].numbers, "\(golden.name): \(key)")
    }
    check(pca.mean, "mean")
    check(pca.explainedVariance, "explained_variance")
    check(pca.explainedRatio, "explained_variance_ratio")
    check(pca.singularValues, "singular_values")
    check(pca.components.flatMap { $0.map(abs) }, "components_absolute")
    if expected["projection_absolute"].exists {
      let rows = expected["projection_absolute"]["shape"][0].int ?? 0
      check(
        pca.projection.prefix(rows).flatMap { $0.map(abs) }, "projection_absolute")
    }
  }

  @Test(arguments: GoldenFile("14_activation_statistics").cases)
  func statisticsAreTheReferences(_ golden: GoldenCase) throws {
    let layers = golden.json["layers"].array.compactMap { GoldenLayer($0.string ?? "") }
    let expected = golden.json["expected"]
    let net =
      layers.isEmpty
      ? Network([PassThrough()]) : goldenNetwork(layers, golden.json["parameters"])
    let input = golden.inputIfAny("x") ?? golden.input("activations")
    let statistics = net.statistics(on: input)
    let modules = expected["modules"].exists ? expected["modules"].array : [expected]
    #expect(statistics.count == modules.count)
    for (got, module) in zip(statistics, modules) {
      golden.tolerance.expect(
        [got.mean, got.deviation, got.minimum, got.maximum, got.sparsity].map { Double($0) },
        ["mean", "std", "min", "max", "sparsity"].compactMap { module[$0].number }, golden.name)
      #expect(got.deadUnits.count == module["dead_units"].int)
    }
  }

  @Test func saliencyIsTheReferences() throws {
    for golden in GoldenFile("14_saliency").cases {
      let layers = golden.json["layers"].array.compactMap { GoldenLayer($0.string ?? "") }
      let net = goldenNetwork(layers, golden.json["parameters"])
      let x = golden.input("x")
      let expected = golden.json["expected"]
      let targets = Tensor.indices(golden: golden.json["inputs"]["target"])
      golden.expect(net(x), equals: expected["logits"], "logits")
      golden.expect(
        net.inputGradient(x), equals: expected["gradient_of_predicted_logit"], "gradient")
      golden.expect(net.saliency(x), equals: expected["saliency"], "saliency")
      golden.expect(
        net.inputGradient(x, outputs: targets), equals: expected["gradient_of_target_logit"],
        "gradient of the target's logit")
    }
  }
}

/// Gives what it gets: statistics of a plain matrix.
private final class PassThrough: Layer {
  var name: String { "PassThrough" }
  func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }
  func callAsFunction(_ input: Tensor) -> Tensor { input }
}
