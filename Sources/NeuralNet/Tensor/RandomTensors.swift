extension Tensor {
  /// Numbers drawn evenly from a range.
  ///
  ///     Tensor.uniform([2, 3], in: -1..<1, seed: 7)
  public static func uniform(
    _ shape: Shape, in range: Range<Float> = 0..<1, seed: Int, needsGradient: Bool = false
  ) -> Tensor {
    var random = RandomSource(seed: seed)
    return uniform(shape, in: range, using: &random, needsGradient: needsGradient)
  }

  /// Numbers drawn evenly from a range, by a source that goes on.
  public static func uniform(
    _ shape: Shape, in range: Range<Float> = 0..<1, using random: inout RandomSource,
    needsGradient: Bool = false
  ) -> Tensor {
    if !(range.upperBound - range.lowerBound).isFinite {
      stop(
        """
        Tensor.uniform: the range must be finite, got \(range.lowerBound)..<\(range.upperBound) \
        [value-out-of-range]
        """)
    }
    return drawn(shape, needsGradient, &random) { $0.uniform(in: range) }
  }

  /// Normally distributed numbers.
  ///
  ///     Tensor.normal([100], mean: 5, deviation: 2, seed: 7)
  public static func normal(
    _ shape: Shape, mean: Float = 0, deviation: Float = 1, seed: Int, needsGradient: Bool = false
  ) -> Tensor {
    var random = RandomSource(seed: seed)
    return normal(
      shape, mean: mean, deviation: deviation, using: &random, needsGradient: needsGradient)
  }

  /// Normally distributed numbers, by a source that goes on.
  public static func normal(
    _ shape: Shape, mean: Float = 0, deviation: Float = 1, using random: inout RandomSource,
    needsGradient: Bool = false
  ) -> Tensor {
    requireRange(deviation, "deviation", atLeast: 0, in: "Tensor.normal")
    return drawn(shape, needsGradient, &random) { $0.normal(mean: mean, deviation: deviation) }
  }

  /// Ones with a probability, else zeros.
  public static func bernoulli(_ shape: Shape, probability: Float, seed: Int) -> Tensor {
    if !(probability >= 0 && probability <= 1) {
      stop(
        "Tensor.bernoulli: the probability must be in 0...1, got \(probability) [value-out-of-range]"
      )
    }
    var random = RandomSource(seed: seed)
    return drawn(shape, false, &random) { $0.uniform() < probability ? 1 : 0 }
  }

  @export(interface)
  private static func drawn(
    _ shape: Shape, _ needsGradient: Bool, _ random: inout RandomSource,
    _ draw: (inout RandomSource) -> Float
  ) -> Tensor {
    let tensor = Tensor(shape, repeating: 0, needsGradient: needsGradient)
    for index in 0..<tensor.count { tensor.storage.values[index] = draw(&random) }
    return tensor
  }
}
