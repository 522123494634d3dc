internal import NeuralNetKernels

extension Optimizer {
  /// Steps along the gradient over the root of its mean square:
  /// `v = a v + (1 - a) g²`, `p -= learningRate * g / (√v + epsilon)`.
  ///
  /// - Parameters:
  ///   - learningRate: about how far a parameter moves in a step, whatever the size of its
  ///     gradient.
  ///   - smoothing: `a`, in 0..<1: how much of the mean square a step keeps.
  ///   - epsilon: keeps the quotient finite where gradients are 0.
  ///   - momentum: the share of the last step that is taken again.
  ///   - centered: takes the square of the mean gradient off `v`, which leaves the variance.
  ///   - weightDecay: adds `weightDecay * p` to each gradient first.
  public static func rmsProp(
    learningRate: Float = 0.01, smoothing: Float = 0.99, epsilon: Float = 1e-8,
    momentum: Float = 0, centered: Bool = false, weightDecay: Float = 0
  ) -> Optimizer {
    requireRange(smoothing, "smoothing", atLeast: 0, below: 1, in: "RMSprop")
    requireRange(epsilon, "epsilon", atLeast: 0, in: "RMSprop")
    requireRange(momentum, "momentum", atLeast: 0, in: "RMSprop")
    requireRange(weightDecay, "weight decay", atLeast: 0, in: "RMSprop")
    return Optimizer("RMSprop", learningRate: learningRate) { parameters in
      RootMeanSquare(
        parameters,
        .init(
          smoothing: smoothing, epsilon: epsilon, momentum: momentum, centered: centered,
          weightDecay: weightDecay))
    }
  }
}

final class RootMeanSquare: UpdateRule {
  struct Options {
    var smoothing: Float
    var epsilon: Float
    var momentum: Float
    var centered: Bool
    var weightDecay: Float
  }

  private let parameters: [Storage]
  private let squares: [Storage]
  private let means: [Storage]
  private let steps: [Storage]
  private let options: Options

  init(_ parameters: [Tensor], _ options: Options) {
    self.parameters = parameters.map { tensor in tensor.storage }
    squares = Storage.zeros(for: parameters)
    means = Storage.zeros(for: parameters, where: options.centered)
    steps = Storage.zeros(for: parameters, where: options.momentum > 0)
    self.options = options
  }

  func update(learningRate: Float) {
    let rule = nn_root_mean_square(
      rate: learningRate, keep: options.smoothing, take: 1 - options.smoothing,
      epsilon: options.epsilon, momentum: options.momentum, decay: options.weightDecay)
    for index in parameters.indices where parameters[index].hasGradient {
      let storage = parameters[index]
      nn_step_root_mean_square(
        storage.count, rule, storage.gradient, squares[index].values,
        options.centered ? means[index].values : nil,
        options.momentum > 0 ? steps[index].values : nil, storage.valuesToChange)
    }
  }

  #if !hasFeature(Embedded)
    func exchange(_ state: OptimizerState) {
      state.exchange(squares)
      state.exchange(means)
      state.exchange(steps)
    }
  #endif
}
