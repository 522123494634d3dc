extension Optimizer {
  /// This optimizer, and another one for some of the parameters.
  ///
  ///     // Weight decay for matrices alone: biases and the scales of norms have one axis.
  ///     .adamW(learningRate: 0.001, weightDecay: 0.1)
  ///       .using(.adamW(learningRate: 0.001, weightDecay: 0)) { $0.shape.rank < 2 }
  ///
  /// A schedule of the whole scales both rates alike. Clipping looks at all gradients where it is
  /// applied last, at those of a group where it is applied to that group's optimizer.
  public func using(
    _ other: Optimizer, where isChosen: @escaping (_ parameter: Tensor) -> Bool
  ) -> Optimizer {
    let inner = self
    return Optimizer(name, learningRate: learningRate) { parameters in
      let rest = parameters.filter { parameter in !isChosen(parameter) }
      let chosen = parameters.filter { parameter in isChosen(parameter) }
      return GroupedRule(
        inner.rule(for: rest), own: inner.learningRate, other.rule(for: chosen),
        other: other.learningRate)
    }
  }

  /// This optimizer, and another one for the parameters of some layers.
  ///
  ///     .adam(learningRate: 0.001).using(.adam(learningRate: 0.0001), for: net["body"])
  public func using(_ other: Optimizer, for layers: any Layer...) -> Optimizer {
    using(other) { parameter in
      for layer in layers {
        for own in layer.parameters where own.tensor === parameter { return true }
      }
      return false
    }
  }
}

/// Two rules side by side, each for parameters of its own.
final class GroupedRule: UpdateRule {
  private let first: any UpdateRule
  private let second: any UpdateRule
  private let firstRate: Float
  private let secondRate: Float

  init(_ first: any UpdateRule, own: Float, _ second: any UpdateRule, other: Float) {
    self.first = first
    self.second = second
    firstRate = own
    secondRate = other
  }

  func update(learningRate: Float) {
    first.update(learningRate: learningRate)
    // A quotient of equal rates may round, which no schedule asks for.
    let isAsStated = learningRate == firstRate || firstRate == 0
    let scaled = firstRate == secondRate ? learningRate : learningRate * (secondRate / firstRate)
    second.update(learningRate: isAsStated ? secondRate : scaled)
  }

  #if !hasFeature(Embedded)
    func exchange(_ state: OptimizerState) {
      first.exchange(state)
      second.exchange(state)
    }
  #endif
}
