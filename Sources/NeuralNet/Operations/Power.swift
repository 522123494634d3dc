internal import NeuralNetKernels

/// `aᵇ` element by element.
///
/// - Gradient: `da = dy b aᵇ⁻¹`, `db = dy aᵇ log a`, which is 0 where `a` is 0 and `b` at least 0
final class Power: Operation {
  private let base: Storage
  private let exponent: Storage

  /// - Parameter exponent: of the base's shape.
  init(_ base: Tensor, _ exponent: Tensor) {
    self.base = base.storage
    self.exponent = exponent.storage
    super.init(inputs: [base, exponent], outputCount: base.count)
  }

  override func forward() {
    for index in 0..<output.count {
      output.values[index] = nn_apply(NN_POWER, base.values[index], exponent.values[index])
    }
  }

  override func backward() {
    let dy = output.gradient
    if base.needsGradient {
      let da = base.gradientToAddTo()
      for index in 0..<output.count {
        let b = exponent.values[index]
        let slope = b == 0 ? 0 : b * nn_apply(NN_POWER, base.values[index], b - 1)
        da[index] += dy[index] * slope
      }
    }
    if exponent.needsGradient {
      let db = exponent.gradientToAddTo()
      for index in 0..<output.count {
        let a = base.values[index]
        let isFlat = a == 0 && exponent.values[index] >= 0
        db[index] += isFlat ? 0 : dy[index] * output.values[index] * nn_apply(NN_LOG, a, 0)
      }
    }
  }
}

extension Tensor {
  /// Each element to a power; NaN for a power that is not whole of a number below 0.
  ///
  /// - Gradient: `dx = dy n xⁿ⁻¹`, 0 for the power 0
  public func pow(_ exponent: Float) -> Tensor { mapped(NN_POWER, exponent) }

  /// Each element to the power that stands at its place; shapes broadcast.
  public func pow(_ exponent: Tensor) -> Tensor {
    let shape = Tensor.commonShape("pow", self, exponent)
    return Power(expanded(to: shape), exponent.expanded(to: shape)).result(shape)
  }

  /// A positive number to the power of each element.
  public static func pow(_ base: Float, _ exponent: Tensor) -> Tensor { Tensor(base).pow(exponent) }
}
