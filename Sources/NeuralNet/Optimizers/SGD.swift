internal import NeuralNetKernels

extension Optimizer {
  /// Gradient descent, `p -= learningRate * gradient`.
  @export(interface)
  public static func sgd(learningRate: Float) -> Optimizer {
    Optimizer("SGD", learningRate: learningRate) { parameters in GradientDescent(parameters) }
  }

  /// Gradient descent with a memory: `b = momentum * b + (1 - dampening) * g`, `p -= learningRate * b`.
  ///
  /// - Parameters:
  ///   - learningRate: the share of `b` that a step takes.
  ///   - momentum: the share of the memory that is kept; 0 for plain gradient descent.
  ///   - dampening: how much less than itself each gradient but the first adds to the memory.
  ///   - nesterov: steps along `g + momentum * b` instead of `b`; needs a momentum and no
  ///     dampening.
  ///   - weightDecay: adds `weightDecay * p` to each gradient first.
  public static func sgd(
    learningRate: Float, momentum: Float = 0, dampening: Float = 0, nesterov: Bool = false,
    weightDecay: Float = 0
  ) -> Optimizer {
    requireRange(momentum, "momentum", atLeast: 0, in: "SGD")
    requireRange(weightDecay, "weight decay", atLeast: 0, in: "SGD")
    if nesterov && (momentum == 0 || dampening != 0) {
      stop(
        """
        SGD: Nesterov's step needs a momentum above 0 and no dampening, got \(momentum) and \
        \(dampening) [value-out-of-range]
        """)
    }
    return Optimizer("SGD", learningRate: learningRate) { parameters in
      Momentum(
        parameters, momentum: momentum, dampening: dampening, nesterov: nesterov,
        weightDecay: weightDecay)
    }
  }
}

final class GradientDescent: UpdateRule {
  private let parameters: [Storage]

  @export(interface)
  init(_ parameters: [Tensor]) { self.parameters = parameters.map { tensor in tensor.storage } }

  func update(learningRate: Float) {
    for parameter in parameters where parameter.hasGradient {
      nn_add_scaled(
        parameter.count, -learningRate, parameter.gradient, parameter.valuesToChange)
    }
  }
}

final class Momentum: UpdateRule {
  private let parameters: [Storage]
  private let memories: [Storage]
  /// Whether a memory holds anything yet: the first gradient enters undamped.
  private var isFilled: [Bool]
  private let momentum: Float
  private let dampening: Float
  private let nesterov: Bool
  private let weightDecay: Float

  init(
    _ parameters: [Tensor], momentum: Float, dampening: Float, nesterov: Bool, weightDecay: Float
  ) {
    self.parameters = parameters.map { tensor in tensor.storage }
    memories = parameters.map { tensor in Storage(count: momentum == 0 ? 0 : tensor.count) }
    isFilled = Array(repeating: false, count: parameters.count)
    self.momentum = momentum
    self.dampening = dampening
    self.nesterov = nesterov
    self.weightDecay = weightDecay
  }

  func update(learningRate: Float) {
    for index in parameters.indices where parameters[index].hasGradient {
      let storage = parameters[index]
      let (p, gradient, b) = (storage.valuesToChange, storage.gradient, memories[index].values)
      let keep = isFilled[index] ? momentum : 0
      let take = isFilled[index] ? 1 - dampening : 1
      if momentum == 0 {
        for i in 0..<storage.count {
          p[i] -= learningRate * (gradient[i] + weightDecay * p[i])
        }
      } else {
        let rule = nn_momentum(
          rate: learningRate, keep: keep, take: take, decay: weightDecay,
          look_ahead: nesterov ? momentum : 0)
        nn_step_momentum(storage.count, rule, gradient, b, p)
      }
      isFilled[index] = true
    }
  }

  #if !hasFeature(Embedded)
    func exchange(_ state: OptimizerState) {
      for index in isFilled.indices { state.exchange(&isFilled[index]) }
      state.exchange(memories)
    }
  #endif
}
