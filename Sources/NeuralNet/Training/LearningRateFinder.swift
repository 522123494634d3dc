/// A sweep of learning rates: the loss while the rate grows from step to step, from hardly anything to
/// too much (L. N. Smith, 2017).
///
///     let sweep = net.findLearningRate(
///       on: data, loss: .crossEntropy, optimizer: .adam(), batchSize: 32)
///     sweep.suggestion
///     plot(sweep.rates, sweep.smoothedLosses, x: .log("learning rate"), y: "loss")
public struct LearningRateSweep: Sendable {
  /// The rate of each step.
  public let rates: [Float]
  /// The loss of each step, from before its update.
  public let losses: [Float]
  /// The losses as running means, which follow each new one by a tenth.
  public let smoothedLosses: [Float]

  /// The rate where the smoothed loss falls fastest per factor of the rate; nil where it never falls.
  public var suggestion: Float? {
    var best: (rate: Float, slope: Float)?
    let reach = 2
    guard rates.count > 2 * reach else { return nil }
    for step in reach..<rates.count - reach {
      let slope = smoothedLosses[step + reach] - smoothedLosses[step - reach]
      if slope < best?.slope ?? 0 { best = (rates[step], slope) }
    }
    return best?.rate
  }
}

extension Network {
  /// Trains for some steps while the rate grows by a factor each, and puts the network back.
  ///
  /// It ends early where the loss is four times its least or no longer finite.
  @export(interface)
  public func findLearningRate(
    on data: Dataset, loss: Loss, optimizer: Optimizer, from low: Float = 1e-5, to high: Float = 10,
    steps: Int = 100, batchSize: Int? = nil, seed: Int = 0
  ) -> LearningRateSweep {
    requirePositive(steps, "steps", in: "findLearningRate")
    if let batchSize { requirePositive(batchSize, "batchSize", in: "findLearningRate") }
    if !(low > 0 && high > low && high.isFinite) {
      stop(
        """
        findLearningRate: the rates must be above 0 and grow, got \(low) to \(high) \
        [value-out-of-range]
        """)
    }
    let former = snapshot()
    defer { rewind(to: former) }
    let size = Swift.min(batchSize ?? data.count, data.count)
    let step = TrainingStep(self, loss, optimizer, like: data[0..<size])
    var random = RandomSource(seed: seed)
    var order: [Int] = []
    var (rates, losses, smoothed): ([Float], [Float], [Float]) = ([], [], [])
    let growth = ElementaryFunction.log(high / low) / Float(Swift.max(steps - 1, 1))
    var (mean, least): (Float, Float) = (0, .infinity)
    for number in 0..<steps {
      if size < data.count {
        if order.count < size { order += random.permutation(data.count) }
        step.load(data, order[0..<size])
        order.removeFirst(size)
      }
      step.learningRate = low * ElementaryFunction.exp(growth * Float(number))
      let value = step.run()
      if !value.isFinite { break }
      mean = number == 0 ? value : 0.9 * mean + 0.1 * value
      rates.append(step.learningRate)
      losses.append(value)
      smoothed.append(mean)
      least = Swift.min(least, mean)
      if number > 5 && mean > 4 * least { break }
    }
    return LearningRateSweep(rates: rates, losses: losses, smoothedLosses: smoothed)
  }
}
