extension Dataset {
  /// Sequences of random signs whose answer is the sign they began with: whoever solves it has
  /// carried one bit over `length` steps.
  ///
  /// - Shape: inputs `[count, length, 1]` of -1 and 1, targets `[count, 1]` of 0 and 1
  public static func firstSign(count: Int = 200, length: Int, seed: Int = 0) -> Dataset {
    signs("first sign", count, length, seed) { $0[0] > 0 }
  }

  /// Sequences of random signs whose answer is whether the number of plus signs is odd: every step
  /// matters.
  ///
  /// - Shape: inputs `[count, length, 1]` of -1 and 1, targets `[count, 1]` of 0 and 1
  public static func parity(count: Int = 200, length: Int, seed: Int = 0) -> Dataset {
    signs("parity", count, length, seed) { $0.filter { $0 > 0 }.count % 2 == 1 }
  }

  /// The adding problem: each step has a number in 0..<1 and a mark, two steps are marked, and the
  /// answer is the sum of the two marked numbers (S. Hochreiter and J. Schmidhuber, 1997).
  ///
  /// - Shape: inputs `[count, length, 2]`, targets `[count, 1]`
  public static func adding(count: Int = 200, length: Int, seed: Int = 0) -> Dataset {
    requireAtLeast(1, count, "count", in: "Dataset.adding")
    requireAtLeast(2, length, "length", in: "Dataset.adding")
    var random = RandomSource(seed: seed)
    var inputs: [Float] = []
    var targets: [Float] = []
    for _ in 0..<count {
      let first = random.integer(below: length)
      let second = (first + 1 + random.integer(below: length - 1)) % length
      var sum: Float = 0
      for step in 0..<length {
        let value = random.uniform()
        let isMarked = step == first || step == second
        if isMarked { sum += value }
        inputs.append(value)
        inputs.append(isMarked ? 1 : 0)
      }
      targets.append(sum)
    }
    return Dataset(
      "adding", inputs: Tensor([count, length, 2], inputs), targets: Tensor([count, 1], targets))
  }

  private static func signs(
    _ name: String, _ count: Int, _ length: Int, _ seed: Int, answer: ([Float]) -> Bool
  ) -> Dataset {
    requireAtLeast(1, count, "count", in: "Dataset \(name)")
    requireAtLeast(1, length, "length", in: "Dataset \(name)")
    var random = RandomSource(seed: seed)
    var inputs: [Float] = []
    var targets: [Float] = []
    for _ in 0..<count {
      var sequence: [Float] = []
      for _ in 0..<length { sequence.append(random.integer(below: 2) == 0 ? -1 : 1) }
      inputs += sequence
      targets.append(answer(sequence) ? 1 : 0)
    }
    return Dataset(
      name, inputs: Tensor([count, length, 1], inputs), targets: Tensor([count, 1], targets))
  }
}
