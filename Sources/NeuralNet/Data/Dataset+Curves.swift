extension Dataset {
  /// Samples of a function of one number, with normal noise added to its values.
  ///
  /// - Shape: inputs `[count, 1]`, evenly spaced over the range, targets `[count, 1]`
  public static func curve(
    over range: ClosedRange<Float>, count: Int = 100, noise: Float = 0, seed: Int = 0,
    _ function: (Float) -> Float
  ) -> Dataset {
    requireAtLeast(1, count, "count", in: "Dataset.curve")
    requireNotNegative(noise, "noise", in: "Dataset.curve")
    var random = RandomSource(seed: seed)
    var inputs: [Float] = []
    var targets: [Float] = []
    for index in 0..<count {
      let share = count > 1 ? Float(index) / Float(count - 1) : 0.5
      let x = range.lowerBound + (range.upperBound - range.lowerBound) * share
      inputs.append(x)
      targets.append(function(x) + (noise > 0 ? random.normal(deviation: noise) : 0))
    }
    return Dataset(
      "curve", inputs: Tensor([count, 1], inputs), targets: Tensor([count, 1], targets))
  }

  /// `sin(2π · cycles · x)` for `x` in 0...1.
  ///
  /// - Shape: inputs `[count, 1]`, targets `[count, 1]`
  public static func sine(
    count: Int = 100, cycles: Float = 1, noise: Float = 0, seed: Int = 0
  ) -> Dataset {
    curve(over: 0...1, count: count, noise: noise, seed: seed) {
      ElementaryFunction.sin(2 * .pi * cycles * $0)
    }
  }
}
