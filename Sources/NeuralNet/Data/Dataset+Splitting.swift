extension Dataset {
  /// The samples in another order.
  public func shuffled(seed: Int = 0) -> Dataset {
    var random = RandomSource(seed: seed)
    return selecting(random.permutation(count))
  }

  /// Shuffles and cuts in two: a share to test on, which is rounded to whole samples, and the rest.
  @export(interface)
  public func split(testShare: Float = 0.2, seed: Int = 0) -> (train: Dataset, test: Dataset) {
    guard testShare > 0 && testShare < 1 else {
      stop(
        "Dataset \(name): test share must be between 0 and 1, got \(testShare) [value-out-of-range]"
      )
    }
    requireAtLeast(2, count, "samples", in: "Dataset \(name): split")
    var random = RandomSource(seed: seed)
    let order = random.permutation(count)
    let wanted = Int(Float(count) * testShare + 0.5)
    let size = Swift.min(Swift.max(wanted, 1), count - 1)
    return (selecting(Array(order[size...])), selecting(Array(order[..<size])))
  }

  /// Neighboring samples in groups of `size`; the last may be smaller.
  public func batches(of size: Int) -> [Dataset] {
    requirePositive(size, "batch size", in: "Dataset \(name)")
    return stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}
