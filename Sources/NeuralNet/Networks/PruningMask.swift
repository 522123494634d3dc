internal import NeuralNetKernels

/// Which weights of a network are cut: they are 0 and stay 0 while it trains.
///
///     net.prune(0.8)                         // the smallest 80 % of all weights
///     net.prune(0.8, by: .random(seed: 1))   // as many, anywhere
///     net.rewind(to: initial)                // a lottery ticket
public final class PruningMask {
  /// How the weights to cut are chosen.
  public enum Choice: Sendable {
    /// The smallest by absolute value.
    case magnitude
    /// Any, by a seed.
    case random(seed: Int)
  }

  /// Over what the fraction is counted.
  public enum Scope: Sendable {
    /// Each weight array loses the same fraction.
    case array
    /// All weights are compared with each other.
    case network
  }

  /// The weight arrays, and for each 1 where a weight lives and 0 where it is cut.
  public let weights: [Tensor]
  /// Ones and zeros, each in the shape of its weight array.
  public let masks: [Tensor]

  init(weights: [Tensor], masks: [Tensor]) {
    self.weights = weights
    self.masks = masks
  }

  /// The share of weights that are cut, 0...1.
  public var sparsity: Float {
    let total = masks.reduce(0) { $0 + $1.count }
    let alive = masks.reduce(0) { sum, mask in sum + mask.values.count { $0 != 0 } }
    return total == 0 ? 0 : 1 - Float(alive) / Float(total)
  }

  /// Sets cut weights to 0, and their gradients.
  func apply() {
    for (weight, mask) in zip(weights, masks) {
      let storage = weight.storage
      let ones = mask.storage.values
      nn_combine(NN_TIMES, storage.count, storage.values, 1, ones, 1, storage.valuesToChange)
      if storage.hasGradient {
        nn_combine(NN_TIMES, storage.count, storage.gradient, 1, ones, 1, storage.gradient)
      }
    }
  }
}

extension Network {
  /// Cuts a fraction of the weights; arrays of rank 1, which are biases and scales, stay whole.
  ///
  /// Weights that were cut before stay cut and count as part of the fraction.
  @discardableResult
  public func prune(
    _ fraction: Float, by choice: PruningMask.Choice = .magnitude,
    scope: PruningMask.Scope = .network
  ) -> PruningMask {
    if !(fraction >= 0 && fraction <= 1) {
      stop("prune: the fraction must be in 0...1, got \(fraction) [value-out-of-range]")
    }
    let weights = parameters.map { $0.tensor }.filter { $0.shape.rank >= 2 }
    var scores = weights.map { tensor in tensor.values.map { abs($0) } }
    if case .random(let seed) = choice {
      var random = RandomSource(seed: seed)
      // Above 0, so that what was cut before, which scores 0 or less, goes first.
      scores = scores.map { list in list.map { _ in random.uniform() + 0x1p-24 } }
    }
    if let mask {
      for (index, weight) in weights.enumerated() {
        guard let place = mask.weights.firstIndex(where: { $0 === weight }) else { continue }
        for (number, value) in mask.masks[place].values.enumerated() where value == 0 {
          scores[index][number] = -1
        }
      }
    }
    let masks = zip(weights, cuts(scores, fraction, scope)).map { weight, cut in
      Tensor(weight.shape, cut.map { $0 ? 0 : 1 })
    }
    let mask = PruningMask(weights: weights, masks: masks)
    self.mask = mask
    mask.apply()
    return mask
  }

  /// Lets cut weights, which are 0, live again.
  public func clearPruning() { mask = nil }

  private func cuts(
    _ scores: [[Float]], _ fraction: Float, _ scope: PruningMask.Scope
  ) -> [[Bool]] {
    switch scope {
    case .array: return scores.map { list in smallest(list, fraction) }
    case .network:
      let all = smallest(scores.flatMap { $0 }, fraction)
      var start = 0
      return scores.map { list in
        defer { start += list.count }
        return Array(all[start..<start + list.count])
      }
    }
  }

  /// Marks the smallest scores; of equal ones those that come first.
  private func smallest(_ scores: [Float], _ fraction: Float) -> [Bool] {
    let count = Int(Double(fraction) * Double(scores.count) + 0.5)
    let order = scores.indices.sorted { a, b in
      scores[a] == scores[b] ? a < b : scores[a] < scores[b]
    }
    var marks = Array(repeating: false, count: scores.count)
    for index in order.prefix(count) { marks[index] = true }
    return marks
  }
}
