/// How parameters follow their gradients: a rule and its learning rate.
///
///     .sgd(learningRate: 0.5)
public struct Optimizer {
  /// As messages call it.
  public let name: String
  /// The share of a gradient, or of what the rule makes of it, that a step takes.
  public var learningRate: Float
  private let makeRule: (_ parameters: [Tensor]) -> any UpdateRule

  /// An optimizer; `makeRule` is called once per training run, so the rule can hold what it
  /// remembers of each parameter.
  @export(interface)
  public init(
    _ name: String, learningRate: Float,
    makeRule: @escaping (_ parameters: [Tensor]) -> any UpdateRule
  ) {
    guard learningRate >= 0 && learningRate.isFinite else {
      stop(
        "\(name): learning rate must be finite and at least 0, got \(learningRate) [learning-rate]")
    }
    self.name = name
    self.learningRate = learningRate
    self.makeRule = makeRule
  }

  /// The rule at work on these parameters, with nothing remembered yet. Each array is stepped once,
  /// however often it is named.
  public func rule(for parameters: [Tensor]) -> any UpdateRule { makeRule(distinct(parameters)) }
}

/// An optimizer at work on the parameters that it was made for.
public protocol UpdateRule: AnyObject {
  /// Changes the parameters by the gradients that they have now. Parameters without one stay.
  func update(learningRate: Float)

  #if !hasFeature(Embedded)
    /// Hands over what the rule remembers, each number and array in one order, to be written or to be
    /// read: see `OptimizerMemory`. A rule that remembers nothing leaves it out.
    func exchange(_ state: OptimizerState)
  #endif
}

#if !hasFeature(Embedded)
  extension UpdateRule {
    public func exchange(_ state: OptimizerState) {}
  }
#endif

extension Storage {
  /// Zeros for each parameter, which a rule remembers something in; empty where it does not.
  @export(interface)
  static func zeros(for parameters: [Tensor], where isWanted: Bool = true) -> [Storage] {
    parameters.map { tensor in
      let storage = Storage(count: isWanted ? tensor.count : 0)
      storage.fill(0)
      return storage
    }
  }
}
