internal import NeuralNetKernels

/// A limit on gradients, applied before each update.
public struct GradientClipping: Sendable {
  /// How the size of all gradients together is measured.
  public enum Norm: Sendable {
    /// The root of the sum of squares.
    case euclidean
    /// The sum of absolute values.
    case absolute
    /// The largest absolute value.
    case maximum
  }

  private enum Rule {
    case norm(Float, Norm)
    case value(Float)
  }

  private let rule: Rule

  /// Scales all gradients by `min(1, limit / (norm + 1e-6))`, one norm over all of them. A NaN in one
  /// gradient makes the norm NaN, and so all gradients.
  public static func norm(_ limit: Float, of norm: Norm = .euclidean) -> GradientClipping {
    requireRange(limit, "limit", atLeast: 0, in: "GradientClipping.norm")
    return GradientClipping(rule: .norm(limit, norm))
  }

  /// Brings each element into `-limit...limit`; a NaN stays one.
  public static func value(_ limit: Float) -> GradientClipping {
    requireRange(limit, "limit", atLeast: 0, in: "GradientClipping.value")
    return GradientClipping(rule: .value(limit))
  }

  /// Clips the gradients of these tensors now; gives their norm from before, where it is by norm.
  @discardableResult
  public func apply(to parameters: [Tensor]) -> Float? {
    apply(to: distinct(parameters).map { tensor in tensor.storage })
  }

  @discardableResult
  func apply(to parameters: [Storage]) -> Float? {
    switch rule {
    case .norm(let limit, let norm):
      let size = GradientClipping.size(of: parameters, norm)
      let scale = limit / (size + 1e-6)
      if !(scale >= 1) {
        for storage in parameters where storage.hasGradient {
          let gradient = storage.gradient
          for index in 0..<storage.count { gradient[index] *= scale }
        }
      }
      return size
    case .value(let limit):
      for storage in parameters where storage.hasGradient {
        let gradient = storage.gradient
        for index in 0..<storage.count {
          let value = gradient[index]
          if value > limit {
            gradient[index] = limit
          } else if value < -limit {
            gradient[index] = -limit
          }
        }
      }
      return nil
    }
  }

  private static func size(of parameters: [Storage], _ norm: Norm) -> Float {
    var size = 0.0
    for storage in parameters where storage.hasGradient {
      let gradient = storage.gradient
      switch norm {
      case .euclidean: size += Double(nn_sum_of_products(storage.count, gradient, gradient))
      case .absolute: for index in 0..<storage.count { size += Double(abs(gradient[index])) }
      case .maximum:
        for index in 0..<storage.count {
          let value = Double(abs(gradient[index]))
          if value > size || value.isNaN { size = value }
        }
      }
    }
    return Float(norm == .euclidean ? size.squareRoot() : size)
  }
}

extension Optimizer {
  /// This optimizer with gradients clipped before each update.
  ///
  ///     .adam().clipping(.norm(1))
  public func clipping(_ clipping: GradientClipping) -> Optimizer {
    let inner = self
    return Optimizer(name, learningRate: learningRate) { parameters in
      ClippedRule(clipping, parameters, inner.rule(for: parameters))
    }
  }
}

final class ClippedRule: UpdateRule {
  private let clipping: GradientClipping
  private let parameters: [Storage]
  private let rule: any UpdateRule

  init(_ clipping: GradientClipping, _ parameters: [Tensor], _ rule: any UpdateRule) {
    self.clipping = clipping
    self.parameters = parameters.map { tensor in tensor.storage }
    self.rule = rule
  }

  func update(learningRate: Float) {
    clipping.apply(to: parameters)
    rule.update(learningRate: learningRate)
  }

  #if !hasFeature(Embedded)
    func exchange(_ state: OptimizerState) {
      rule.exchange(state)
    }
  #endif
}
