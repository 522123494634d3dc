internal import NeuralNetKernels

/// Elementary functions of one number: the same bits on every machine, natively and in WebAssembly,
/// and the same as those of a tensor's elements.
///
/// Errors in units in the last place, over all floats (`make verify-functions`; 0.5 is the least there
/// can be):
/// - `log`, `sqrt`: 0.5000
/// - `sin`, `cos`: 0.5003
/// - `pow`: 0.5012, over thirty million pairs
/// - `exp`, `sigmoid`: 0.5013
/// - `erf`: 0.5015
/// - `tanh`: 0.5036
public enum ElementaryFunction {
  /// `eˣ`; infinity above 88.72.
  public static func exp(_ x: Float) -> Float { nn_apply(NN_EXP, x, 0) }
  /// The natural logarithm.
  public static func log(_ x: Float) -> Float { nn_apply(NN_LOG, x, 0) }
  /// The hyperbolic tangent, −1...1.
  public static func tanh(_ x: Float) -> Float { nn_apply(NN_TANH, x, 0) }
  /// `1 / (1 + exp(-x))`
  public static func sigmoid(_ x: Float) -> Float { nn_apply(NN_SIGMOID, x, 0) }
  /// The error function.
  public static func erf(_ x: Float) -> Float { nn_apply(NN_ERF, x, 0) }
  /// Of an angle in radians, however large.
  public static func sin(_ x: Float) -> Float { nn_apply(NN_SIN, x, 0) }
  /// Of an angle in radians, however large.
  public static func cos(_ x: Float) -> Float { nn_apply(NN_COS, x, 0) }
  /// NaN below 0.
  public static func sqrt(_ x: Float) -> Float { nn_apply(NN_SQRT, x, 0) }
  /// `xʸ`, with the special cases of IEEE 754.
  public static func pow(_ x: Float, _ y: Float) -> Float { nn_apply(NN_POWER, x, y) }
}
