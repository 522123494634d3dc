import NeuralNet

/// W19: least squares with one right side, of more rows than columns and of fewer.
func measureLeastSquares(runs: Int) -> Measurement {
  var noise = Noise(seed: 19)
  return measureEach(
    "W19", runs: runs,
    [(200, 100), (300, 600)].map { rows, columns in
      let (a, b) = (noise.normal([rows, columns]), noise.normal([rows, 1]))
      return ("\(rows)x\(columns)", { _ = LeastSquares(a, b) })
    })
}

/// W20: two principal components of 1,797 points in 64 dimensions.
func measurePrincipalComponents(runs: Int) -> Measurement {
  var noise = Noise(seed: 20)
  let x = noise.normal([1797, 64])
  return measureEach(
    "W20", runs: runs, [("1797x64", { _ = PrincipalComponents(of: x, count: 2) })])
}
