extension Optimizer {
  /// Steps along the gradient over the root of its mean square:
  /// `v = a v + (1 - a) g²`, `p -= learningRate * g / (√v + epsilon)`.
  ///
  /// - Parameters:
  ///   - centered: takes the square of the mean gradient off `v`, which leaves the variance.
  ///   - momentum: the share of the last step that is taken again.
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
    func zeros(_ wanted: Bool) -> [Storage] {
      parameters.map { tensor in
        let storage = Storage(count: wanted ? tensor.count : 0)
        storage.fill(0)
        return storage
      }
    }
    self.parameters = parameters.map { tensor in tensor.storage }
    squares = zeros(true)
    means = zeros(options.centered)
    steps = zeros(options.momentum > 0)
    self.options = options
  }

  func update(learningRate: Float) {
    let o = options
    for index in parameters.indices where parameters[index].hasGradient {
      let storage = parameters[index]
      let (p, gradient) = (storage.values, storage.gradient)
      let (v, mean, step) = (squares[index].values, means[index].values, steps[index].values)
      for i in 0..<storage.count {
        let g = gradient[i] + o.weightDecay * p[i]
        v[i] = o.smoothing * v[i] + (1 - o.smoothing) * (g * g)
        var square = v[i]
        if o.centered {
          mean[i] += (1 - o.smoothing) * (g - mean[i])
          square = Swift.max(square - mean[i] * mean[i], 0)
        }
        var move = g / (square.squareRoot() + o.epsilon)
        if o.momentum > 0 {
          move += o.momentum * step[i]
          step[i] = move
        }
        p[i] -= learningRate * move
      }
    }
  }
}
