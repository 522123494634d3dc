import NeuralNet

/// W9: t-SNE of the 1,797 digits with Barnes and Hut's tree, 1,000 steps; the first two principal
/// components as a detail. Runs from the root of the repository, where the digits are.
func measureEmbedding(runs: Int) -> Measurement {
  let digits = Dataset.csv("Tests/NeuralNetTests/Golden/digits.csv", label: "label").inputs
  var divergence = 0.0
  var measurement = Measurement(workload: "W9")
  for _ in 0..<Swift.min(runs, 3) {
    let before = processorTime()
    measurement.seconds.append(time { divergence = TSNE(of: digits).divergence })
    measurement.cpuSeconds.append(processorTime() - before)
  }
  let projection = (0..<20).map { _ in time { _ = PrincipalComponents(of: digits, count: 2) } }
  measurement.detail = [
    ("pca_seconds", rounded(projection.min() ?? .nan)), ("kl", rounded(divergence)),
  ]
  return measurement
}
