extension RandomSource {
  /// A place of a list, each with a probability in proportion to its weight.
  ///
  ///     random.index(weights: [1, 0, 3])     // 0 once in four times, else 2
  @export(interface)
  public mutating func index(weights: [Float]) -> Int {
    var total = 0.0
    for (place, weight) in weights.enumerated() {
      guard weight >= 0 && weight.isFinite else {
        stop(
          """
          RandomSource.index(weights:): weights must be finite and at least 0, weight \(place) is \
          \(weight) [value-out-of-range]
          """)
      }
      total += Double(weight)
    }
    guard total > 0 else {
      stop(
        "RandomSource.index(weights:): at least one of \(weights.count) weights must be above 0 "
          + "[value-out-of-range]")
    }
    // 53 bits of a number below the total.
    let mark = Double(next() >> 11) * 0x1p-53 * total
    var sum = 0.0
    var last = 0
    for (place, weight) in weights.enumerated() where weight > 0 {
      sum += Double(weight)
      if mark < sum { return place }
      last = place
    }
    return last
  }

  /// Several different places of a list, one after the other, each in proportion to the weights that
  /// are left; those of weight 0 are never drawn.
  public mutating func indices(_ count: Int, weights: [Float]) -> [Int] {
    let possible = weights.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
    guard count >= 0 && count <= possible else {
      stop(
        """
        RandomSource.indices(_:weights:): \(count) different places need as many weights above 0, \
        there are \(possible) [value-out-of-range]
        """)
    }
    var left = weights
    return (0..<count).map { _ in
      let place = index(weights: left)
      left[place] = 0
      return place
    }
  }
}

extension Tensor {
  /// A place for each row of the last axis, drawn in proportion to the row's numbers: what a language
  /// model says next, from its probabilities.
  ///
  ///     (logits / temperature).softmax().sampled(using: &random)
  public func sampled(using random: inout RandomSource) -> [Int] {
    let width = shape.width
    return (0..<shape.rows).map { row in
      random.index(weights: (0..<width).map { column in storage.values[row * width + column] })
    }
  }
}
