internal import NeuralNetKernels

extension Tensor {
  /// `x` above zero, `slope · x` elsewhere.
  public func leakyReLU(slope: Float = 0.01) -> Tensor { mapped(NN_LEAKY_RELU, slope) }

  /// `x` above zero, `alpha (exp x - 1)` elsewhere.
  public func elu(alpha: Float = 1) -> Tensor { mapped(NN_ELU, alpha) }

  /// `elu` with the two constants that keep mean 0 and variance 1 through a deep stack.
  public func selu() -> Tensor { mapped(NN_SELU) }

  /// `x σ(x)`
  public func silu() -> Tensor { mapped(NN_SILU) }

  /// `x Φ(x)`
  public func gelu(_ formula: GELU.Formula = .exact) -> Tensor {
    switch formula {
    case .exact: mapped(NN_GELU)
    case .tanh: mapped(NN_GELU_TANH)
    }
  }

  /// `x tanh(log(1 + exp x))`
  public func mish() -> Tensor { self * softplus().tanh() }

  /// `x / (1 + |x|)`
  public func softsign() -> Tensor { self / (abs() + 1) }

  /// `-log(1 + exp(-x))`
  public func logSigmoid() -> Tensor { -(-self).softplus() }

  /// `log(1 + exp(beta x)) / beta`
  public func softplus(beta: Float) -> Tensor {
    beta == 1 ? softplus() : (self * beta).softplus() / beta
  }
}
