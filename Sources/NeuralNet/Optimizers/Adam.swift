internal import NeuralNetKernels

extension Optimizer {
  /// Adam: steps along the mean gradient over the root of the mean squared gradient.
  ///
  /// `m = b1 m + (1 - b1) g`, `v = b2 v + (1 - b2) g²`, then
  /// `p -= learningRate * m / (1 - b1ᵗ) / (√(v / (1 - b2ᵗ)) + epsilon)` at step `t` from 1 on.
  ///
  /// - Parameters:
  ///   - learningRate: about how far a parameter moves in a step, whatever the size of its
  ///     gradient.
  ///   - betas: `b1` and `b2`, each in 0..<1: how much of the running means a step keeps.
  ///   - epsilon: keeps the quotient finite where gradients are 0.
  ///   - weightDecay: adds `weightDecay * p` to each gradient first; see `adamW` for the other way.
  ///   - amsgrad: divides by the largest `v` so far.
  public static func adam(
    learningRate: Float = 0.001, betas: (Float, Float) = (0.9, 0.999), epsilon: Float = 1e-8,
    weightDecay: Float = 0, amsgrad: Bool = false
  ) -> Optimizer {
    adam(
      "Adam", learningRate,
      AdamRule.Options(
        betas: betas, epsilon: epsilon, addedDecay: weightDecay, amsgrad: amsgrad))
  }

  /// Adam whose weight decay acts on the parameters themselves: `p -= learningRate * weightDecay * p`.
  public static func adamW(
    learningRate: Float = 0.001, betas: (Float, Float) = (0.9, 0.999), epsilon: Float = 1e-8,
    weightDecay: Float = 0.01, amsgrad: Bool = false
  ) -> Optimizer {
    adam(
      "AdamW", learningRate,
      AdamRule.Options(
        betas: betas, epsilon: epsilon, decoupledDecay: weightDecay, amsgrad: amsgrad))
  }

  @export(interface)
  private static func adam(
    _ name: String, _ learningRate: Float, _ options: AdamRule.Options
  ) -> Optimizer {
    requireRange(options.betas.0, "beta 1", atLeast: 0, below: 1, in: name)
    requireRange(options.betas.1, "beta 2", atLeast: 0, below: 1, in: name)
    requireRange(options.epsilon, "epsilon", atLeast: 0, in: name)
    requireRange(
      options.addedDecay + options.decoupledDecay, "weight decay", atLeast: 0, in: name)
    return Optimizer(name, learningRate: learningRate) { parameters in
      AdamRule(parameters, options)
    }
  }
}

final class AdamRule: UpdateRule {
  struct Options {
    var betas: (Float, Float)
    var epsilon: Float
    var addedDecay: Float = 0
    var decoupledDecay: Float = 0
    var amsgrad: Bool
  }

  private let parameters: [Storage]
  private let means: [Storage]
  private let squares: [Storage]
  private let largest: [Storage]
  private let options: Options
  /// `b1ᵗ` and `b2ᵗ`.
  private var powers = (1.0, 1.0)

  @export(interface)
  init(_ parameters: [Tensor], _ options: Options) {
    self.parameters = parameters.map { tensor in tensor.storage }
    means = Storage.zeros(for: parameters)
    squares = Storage.zeros(for: parameters)
    largest = Storage.zeros(for: parameters, where: options.amsgrad)
    self.options = options
  }

  @export(interface)
  func update(learningRate: Float) {
    powers.0 *= Double(options.betas.0)
    powers.1 *= Double(options.betas.1)
    let rate = Float(Double(learningRate) / (1 - powers.0))
    let root = Float((1 - powers.1).squareRoot())
    let shrink = 1 - learningRate * options.decoupledDecay
    for index in parameters.indices where parameters[index].hasGradient {
      update(index, rate: rate, root: root, shrink: shrink)
    }
  }

  @export(interface)
  private func update(_ index: Int, rate: Float, root: Float, shrink: Float) {
    let storage = parameters[index]
    let (p, gradient) = (storage.valuesToChange, storage.gradient)
    let (m, v) = (means[index].values, squares[index].values)
    let (b1, b2, epsilon) = (options.betas.0, options.betas.1, options.epsilon)
    let (a1, a2) = (1 - b1, 1 - b2)
    guard options.amsgrad else {
      let rule = nn_adam(
        rate: rate, root: root, keep_mean: b1, take_mean: a1, keep_square: b2, take_square: a2,
        epsilon: epsilon, shrink: shrink, decay: options.addedDecay)
      nn_step_adam(storage.count, rule, gradient, m, v, p)
      return
    }
    let top = largest[index].values
    for i in 0..<storage.count {
      let value = p[i] * shrink
      let g = gradient[i] + options.addedDecay * value
      m[i] = b1 * m[i] + a1 * g
      v[i] = b2 * v[i] + a2 * (g * g)
      top[i] = Swift.max(top[i], v[i])
      p[i] = value - rate * (m[i] / (top[i].squareRoot() / root + epsilon))
    }
  }

  #if !hasFeature(Embedded)
    func exchange(_ state: OptimizerState) {
      state.exchange(&powers.0)
      state.exchange(&powers.1)
      state.exchange(means)
      state.exchange(squares)
      state.exchange(largest)
    }
  #endif
}
