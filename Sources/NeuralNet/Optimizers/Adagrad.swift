internal import NeuralNetKernels

extension Optimizer {
  /// Steps along the gradient over the root of the sum of all its squares so far:
  /// `s += g²`, `p -= learningRate / (1 + (t - 1) * rateDecay) * g / (√s + epsilon)` at step `t`.
  public static func adagrad(
    learningRate: Float = 0.01, rateDecay: Float = 0, epsilon: Float = 1e-10,
    weightDecay: Float = 0
  ) -> Optimizer {
    requireRange(rateDecay, "rate decay", atLeast: 0, in: "Adagrad")
    requireRange(epsilon, "epsilon", atLeast: 0, in: "Adagrad")
    requireRange(weightDecay, "weight decay", atLeast: 0, in: "Adagrad")
    return Optimizer("Adagrad", learningRate: learningRate) { parameters in
      AdagradRule(parameters, rateDecay: rateDecay, epsilon: epsilon, weightDecay: weightDecay)
    }
  }
}

final class AdagradRule: UpdateRule {
  private let parameters: [Storage]
  private let sums: [Storage]
  private let rateDecay: Float
  private let epsilon: Float
  private let weightDecay: Float
  private var steps = 0

  init(_ parameters: [Tensor], rateDecay: Float, epsilon: Float, weightDecay: Float) {
    self.parameters = parameters.map { tensor in tensor.storage }
    sums = Storage.zeros(for: parameters)
    self.rateDecay = rateDecay
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  func update(learningRate: Float) {
    let rate = learningRate / (1 + Float(steps) * rateDecay)
    steps += 1
    for index in parameters.indices where parameters[index].hasGradient {
      let storage = parameters[index]
      nn_step_adagrad(
        storage.count, nn_adagrad(rate: rate, epsilon: epsilon, decay: weightDecay),
        storage.gradient, sums[index].values, storage.valuesToChange)
    }
  }

  #if !hasFeature(Embedded)
    func exchange(_ state: OptimizerState) {
      state.exchange(&steps)
      state.exchange(sums)
    }
  #endif
}
