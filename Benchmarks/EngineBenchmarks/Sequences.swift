import NeuralNet

/// Forward, then backward of the sum to the parameters alone, five times.
private func measureLayer(_ workload: String, _ layer: any Layer, _ shape: Shape, runs: Int)
  -> Measurement
{
  var noise = Noise(seed: 5)
  let input = noise.normal(shape)
  let replay = Replay { layer(input) }
  func repeatOnce() {
    for parameter in layer.parameters { parameter.tensor.clearGradient() }
    replay.forward()
    replay.backward()
  }
  var measurement = Measurement.of(workload, runs: runs) {
  } _: {
    for _ in 0..<5 { repeatOnce() }
  }
  measurement.detail = [
    ("ms_per_repeat", rounded(measurement.shortest / 5 * 1e3)),
    ("parameters", "\(layer.parameterCount)"),
  ]
  return measurement
}

/// W5: bidirectional LSTM, 512 to 256 each way, batch 16, 100 steps.
func measureLSTM(runs: Int) -> Measurement {
  measureLayer("W5", LSTM(512, 256, bidirectional: true, seed: 1), [16, 100, 512], runs: runs)
}

/// W6: transformer encoder layer, width 512, 8 heads, feed-forward 2048, batch 8, 64 places.
func measureEncoder(runs: Int) -> Measurement {
  measureLayer(
    "W6", TransformerEncoderLayer(512, heads: 8, feedForward: 2048, seed: 1), [8, 64, 512],
    runs: runs)
}
