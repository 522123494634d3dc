import NeuralNet

/// W8: square products, n from 64 to 2048; seconds are one product at n = 1024.
func measureProducts(runs: Int) -> Measurement {
  var measurement = Measurement(workload: "W8")
  var best: [String] = []
  for n in [64, 128, 256, 512, 1024, 2048] {
    var random = RandomSource(seed: n)
    let a = Tensor([n, n], (0..<n * n).map { _ in random.uniform(in: -1..<1) })
    let b = Tensor([n, n], (0..<n * n).map { _ in random.uniform(in: -1..<1) })
    let product = Replay { a.matrixProduct(b) }
    let once = time { product.forward() }
    let repeats = Swift.max(1, Int(0.25 / Swift.max(once, 1e-7)))
    let times = (0..<runs).map { _ in
      time { for _ in 0..<repeats { product.forward() } } / Double(repeats)
    }
    let shortest = times.min() ?? .nan
    best.append("\"\(n)\": \(rounded(2 * Double(n * n * n) / shortest / 1e9))")
    if n == 1024 { (measurement.seconds, measurement.cpuSeconds) = (times, times) }
  }
  measurement.detail = [("gflops", "{" + best.joined(separator: ", ") + "}")]
  return measurement
}
