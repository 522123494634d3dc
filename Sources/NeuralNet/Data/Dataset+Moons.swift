extension Dataset {
  /// Two half circles that reach into each other, class 0 above and class 1 below.
  ///
  /// - Shape: inputs `[count, 2]`, targets `[count, 1]` of 0 and 1
  /// - Parameters:
  ///   - count: points of both classes together, which take turns.
  ///   - noise: standard deviation of the normal noise added to each coordinate.
  ///   - seed: decides the noise.
  public static func moons(count: Int = 200, noise: Float = 0.1, seed: Int = 0) -> Dataset {
    planar("moons", count: count, noise: noise, seed: seed) { index, share in
      let angle = Float.pi * share
      let (x, y) = (ElementaryFunction.cos(angle), ElementaryFunction.sin(angle))
      return index % 2 == 0 ? (x, y) : (1 - x, 0.5 - y)
    }
  }

  /// A ring, class 0, around a smaller ring, class 1.
  ///
  /// - Shape: inputs `[count, 2]`, targets `[count, 1]` of 0 and 1
  /// - Parameters:
  ///   - count: points of both classes together, which take turns.
  ///   - noise: standard deviation of the normal noise added to each coordinate.
  ///   - innerRadius: radius of the inner ring; the outer one has radius 1.
  ///   - seed: decides the noise.
  public static func circles(
    count: Int = 200, noise: Float = 0.05, innerRadius: Float = 0.5, seed: Int = 0
  ) -> Dataset {
    planar("circles", count: count, noise: noise, seed: seed) { index, share in
      let angle = 2 * Float.pi * share
      let radius = index % 2 == 0 ? 1 : innerRadius
      return (radius * ElementaryFunction.cos(angle), radius * ElementaryFunction.sin(angle))
    }
  }

  /// Two spiral arms that turn around each other.
  ///
  /// - Shape: inputs `[count, 2]`, targets `[count, 1]` of 0 and 1
  /// - Parameters:
  ///   - count: points of both classes together, which take turns.
  ///   - turns: how often each arm goes round; its radius grows from 0 to 1.
  ///   - noise: standard deviation of the normal noise added to each coordinate.
  ///   - seed: decides the noise.
  public static func spirals(
    count: Int = 200, turns: Float = 1.5, noise: Float = 0.02, seed: Int = 0
  ) -> Dataset {
    planar("spirals", count: count, noise: noise, seed: seed) { index, share in
      let angle = 2 * Float.pi * turns * share + (index % 2 == 0 ? 0 : .pi)
      return (share * ElementaryFunction.cos(angle), share * ElementaryFunction.sin(angle))
    }
  }

  /// Points of two classes in turn; `place` gets the index and how far along its class a point is,
  /// 0...1.
  @export(interface)
  private static func planar(
    _ name: String, count: Int, noise: Float, seed: Int,
    place: (_ index: Int, _ share: Float) -> (x: Float, y: Float)
  ) -> Dataset {
    requireAtLeast(2, count, "count", in: "Dataset.\(name)")
    requireNotNegative(noise, "noise", in: "Dataset.\(name)")
    var random = RandomSource(seed: seed)
    var inputs: [Float] = []
    var targets: [Float] = []
    for index in 0..<count {
      let ofClass = (count + 1 - index % 2) / 2
      let share = ofClass > 1 ? Float(index / 2) / Float(ofClass - 1) : 0
      let point = place(index, share)
      inputs.append(point.x + random.normal(deviation: noise))
      inputs.append(point.y + random.normal(deviation: noise))
      targets.append(Float(index % 2))
    }
    return Dataset(
      name, inputs: Tensor([count, 2], inputs), targets: Tensor([count, 1], targets))
  }
}

@export(interface)
func requireAtLeast(_ least: Int, _ value: Int, _ what: StaticString, in owner: String) {
  if value < least {
    stop("\(owner): \(what) must be at least \(least), got \(value) [value-out-of-range]")
  }
}

@export(interface)
func requireNotNegative(_ value: Float, _ what: StaticString, in owner: String) {
  if !(value >= 0 && value.isFinite) {
    stop("\(owner): \(what) must be finite and at least 0, got \(value) [value-out-of-range]")
  }
}
