internal import NeuralNetKernels

extension Optimizer {
  /// Gradient descent, `p -= learningRate * gradient`.
  public static func sgd(learningRate: Float) -> Optimizer {
    Optimizer("SGD", learningRate: learningRate) { parameters in GradientDescent(parameters) }
  }
}

final class GradientDescent: UpdateRule {
  private let parameters: [Storage]

  init(_ parameters: [Tensor]) { self.parameters = parameters.map { tensor in tensor.storage } }

  func update(learningRate: Float) {
    for parameter in parameters where parameter.hasGradient {
      nn_add_scaled(parameter.count, -learningRate, parameter.gradient, parameter.values)
    }
  }
}
