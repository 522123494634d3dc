// The elementary functions by their plain names, for single numbers in cells: `exp(x)` and not
// `ElementaryFunction.exp(x)`. They give the same bits on every machine and in the reader's page.
//
// Errors in units in the last place of a `Double`: `log` and its like 0.6, `exp` and `pow` 0.7, `sin`
// and `cos` 0.8, the others 2, `erf` 3. Those of a `Float` are the functions of a tensor's elements
// where there is one, else the double's value rounded.
//
// A file that imports another module with the same names, such as Foundation, gets that module's: the
// attribute keeps every such call from being ambiguous. Beside the generic function stands one for
// `Double`, which the compiler prefers where literals alone would leave the choice open: `log(8) / log(2)`.

/// `Float` or `Double`: what the functions `exp`, `log`, `pow` … take.
public protocol RealNumber: BinaryFloatingPoint {
  static func _exp(_ x: Self) -> Self
  static func _exp2(_ x: Self) -> Self
  static func _expm1(_ x: Self) -> Self
  static func _log(_ x: Self) -> Self
  static func _log2(_ x: Self) -> Self
  static func _log10(_ x: Self) -> Self
  static func _log1p(_ x: Self) -> Self
  static func _sin(_ x: Self) -> Self
  static func _cos(_ x: Self) -> Self
  static func _tan(_ x: Self) -> Self
  static func _asin(_ x: Self) -> Self
  static func _acos(_ x: Self) -> Self
  static func _atan(_ x: Self) -> Self
  static func _sinh(_ x: Self) -> Self
  static func _cosh(_ x: Self) -> Self
  static func _tanh(_ x: Self) -> Self
  static func _erf(_ x: Self) -> Self
  static func _pow(_ x: Self, _ y: Self) -> Self
  static func _atan2(_ y: Self, _ x: Self) -> Self
}

/// `eˣ`
@_disfavoredOverload
public func exp<Number: RealNumber>(_ x: Number) -> Number { Number._exp(x) }

/// `eˣ`
@_disfavoredOverload
public func exp(_ x: Double) -> Double { Double._exp(x) }

/// `2ˣ`
@_disfavoredOverload
public func exp2<Number: RealNumber>(_ x: Number) -> Number { Number._exp2(x) }

/// `2ˣ`
@_disfavoredOverload
public func exp2(_ x: Double) -> Double { Double._exp2(x) }

/// `eˣ - 1`, exact near 0.
@_disfavoredOverload
public func expm1<Number: RealNumber>(_ x: Number) -> Number { Number._expm1(x) }

/// `eˣ - 1`, exact near 0.
@_disfavoredOverload
public func expm1(_ x: Double) -> Double { Double._expm1(x) }

/// The natural logarithm.
@_disfavoredOverload
public func log<Number: RealNumber>(_ x: Number) -> Number { Number._log(x) }

/// The natural logarithm.
@_disfavoredOverload
public func log(_ x: Double) -> Double { Double._log(x) }

/// The logarithm to base 2.
@_disfavoredOverload
public func log2<Number: RealNumber>(_ x: Number) -> Number { Number._log2(x) }

/// The logarithm to base 2.
@_disfavoredOverload
public func log2(_ x: Double) -> Double { Double._log2(x) }

/// The logarithm to base 10.
@_disfavoredOverload
public func log10<Number: RealNumber>(_ x: Number) -> Number { Number._log10(x) }

/// The logarithm to base 10.
@_disfavoredOverload
public func log10(_ x: Double) -> Double { Double._log10(x) }

/// `log(1 + x)`, exact near 0.
@_disfavoredOverload
public func log1p<Number: RealNumber>(_ x: Number) -> Number { Number._log1p(x) }

/// `log(1 + x)`, exact near 0.
@_disfavoredOverload
public func log1p(_ x: Double) -> Double { Double._log1p(x) }

/// The sine of an angle in radians.
@_disfavoredOverload
public func sin<Number: RealNumber>(_ x: Number) -> Number { Number._sin(x) }

/// The sine of an angle in radians.
@_disfavoredOverload
public func sin(_ x: Double) -> Double { Double._sin(x) }

/// The cosine of an angle in radians.
@_disfavoredOverload
public func cos<Number: RealNumber>(_ x: Number) -> Number { Number._cos(x) }

/// The cosine of an angle in radians.
@_disfavoredOverload
public func cos(_ x: Double) -> Double { Double._cos(x) }

/// The tangent of an angle in radians.
@_disfavoredOverload
public func tan<Number: RealNumber>(_ x: Number) -> Number { Number._tan(x) }

/// The tangent of an angle in radians.
@_disfavoredOverload
public func tan(_ x: Double) -> Double { Double._tan(x) }

/// The angle in -π/2...π/2 with this sine; NaN outside -1...1.
@_disfavoredOverload
public func asin<Number: RealNumber>(_ x: Number) -> Number { Number._asin(x) }

/// The angle in -π/2...π/2 with this sine; NaN outside -1...1.
@_disfavoredOverload
public func asin(_ x: Double) -> Double { Double._asin(x) }

/// The angle in 0...π with this cosine; NaN outside -1...1.
@_disfavoredOverload
public func acos<Number: RealNumber>(_ x: Number) -> Number { Number._acos(x) }

/// The angle in 0...π with this cosine; NaN outside -1...1.
@_disfavoredOverload
public func acos(_ x: Double) -> Double { Double._acos(x) }

/// The angle in -π/2...π/2 with this tangent.
@_disfavoredOverload
public func atan<Number: RealNumber>(_ x: Number) -> Number { Number._atan(x) }

/// The angle in -π/2...π/2 with this tangent.
@_disfavoredOverload
public func atan(_ x: Double) -> Double { Double._atan(x) }

/// The hyperbolic sine, `(eˣ - e⁻ˣ) / 2`.
@_disfavoredOverload
public func sinh<Number: RealNumber>(_ x: Number) -> Number { Number._sinh(x) }

/// The hyperbolic sine, `(eˣ - e⁻ˣ) / 2`.
@_disfavoredOverload
public func sinh(_ x: Double) -> Double { Double._sinh(x) }

/// The hyperbolic cosine, `(eˣ + e⁻ˣ) / 2`.
@_disfavoredOverload
public func cosh<Number: RealNumber>(_ x: Number) -> Number { Number._cosh(x) }

/// The hyperbolic cosine, `(eˣ + e⁻ˣ) / 2`.
@_disfavoredOverload
public func cosh(_ x: Double) -> Double { Double._cosh(x) }

/// The hyperbolic tangent.
@_disfavoredOverload
public func tanh<Number: RealNumber>(_ x: Number) -> Number { Number._tanh(x) }

/// The hyperbolic tangent.
@_disfavoredOverload
public func tanh(_ x: Double) -> Double { Double._tanh(x) }

/// The error function, `2/√π ∫₀ˣ exp(-t²) dt`.
@_disfavoredOverload
public func erf<Number: RealNumber>(_ x: Number) -> Number { Number._erf(x) }

/// The error function, `2/√π ∫₀ˣ exp(-t²) dt`.
@_disfavoredOverload
public func erf(_ x: Double) -> Double { Double._erf(x) }

/// `xʸ`, with the special cases of IEEE 754.
@_disfavoredOverload
public func pow<Number: RealNumber>(_ x: Number, _ y: Number) -> Number { Number._pow(x, y) }

/// `xʸ`, with the special cases of IEEE 754.
@_disfavoredOverload
public func pow(_ x: Double, _ y: Double) -> Double { Double._pow(x, y) }

/// The angle of the point `(x, y)`, in -π...π.
@_disfavoredOverload
public func atan2<Number: RealNumber>(_ y: Number, _ x: Number) -> Number { Number._atan2(y, x) }

/// The angle of the point `(x, y)`, in -π...π.
@_disfavoredOverload
public func atan2(_ y: Double, _ x: Double) -> Double { Double._atan2(y, x) }

/// The square root.
@_disfavoredOverload
public func sqrt<Number: RealNumber>(_ x: Number) -> Number { x.squareRoot() }

/// The square root.
@_disfavoredOverload
public func sqrt(_ x: Double) -> Double { x.squareRoot() }

/// The largest whole number that is not above.
@_disfavoredOverload
public func floor<Number: RealNumber>(_ x: Number) -> Number { x.rounded(.down) }

/// The largest whole number that is not above.
@_disfavoredOverload
public func floor(_ x: Double) -> Double { x.rounded(.down) }

/// The smallest whole number that is not below.
@_disfavoredOverload
public func ceil<Number: RealNumber>(_ x: Number) -> Number { x.rounded(.up) }

/// The smallest whole number that is not below.
@_disfavoredOverload
public func ceil(_ x: Double) -> Double { x.rounded(.up) }

/// The nearest whole number; halves go away from 0.
@_disfavoredOverload
public func round(_ x: Double) -> Double { rounded(x) }

/// The nearest whole number; halves go away from 0.
@_disfavoredOverload
public func round<Number: RealNumber>(_ x: Number) -> Number { rounded(x) }

private func rounded<Number: RealNumber>(_ x: Number) -> Number {
  // Not `rounded()`, which in a module is a function of the C library.
  let whole = x.rounded(.towardZero)
  return (x - whole).magnitude < 0.5 || !x.isFinite ? whole : whole + (x < 0 ? -1 : 1)
}

extension Float: RealNumber {
  public static func _exp(_ x: Float) -> Float { ElementaryFunction.exp(x) }
  public static func _exp2(_ x: Float) -> Float { ElementaryFunction.pow(2, x) }
  public static func _expm1(_ x: Float) -> Float { Float(DoublePrecision.expm1(Double(x))) }
  public static func _log(_ x: Float) -> Float { ElementaryFunction.log(x) }
  public static func _log2(_ x: Float) -> Float { Float(DoublePrecision.log2(Double(x))) }
  public static func _log10(_ x: Float) -> Float { Float(DoublePrecision.log10(Double(x))) }
  public static func _log1p(_ x: Float) -> Float { Float(DoublePrecision.log1p(Double(x))) }
  public static func _sin(_ x: Float) -> Float { ElementaryFunction.sin(x) }
  public static func _cos(_ x: Float) -> Float { ElementaryFunction.cos(x) }
  public static func _tan(_ x: Float) -> Float { Float(DoublePrecision.tan(Double(x))) }
  public static func _asin(_ x: Float) -> Float { Float(DoublePrecision.asin(Double(x))) }
  public static func _acos(_ x: Float) -> Float { Float(DoublePrecision.acos(Double(x))) }
  public static func _atan(_ x: Float) -> Float { Float(DoublePrecision.atan(Double(x))) }
  public static func _sinh(_ x: Float) -> Float { Float(DoublePrecision.sinh(Double(x))) }
  public static func _cosh(_ x: Float) -> Float { Float(DoublePrecision.cosh(Double(x))) }
  public static func _tanh(_ x: Float) -> Float { ElementaryFunction.tanh(x) }
  public static func _erf(_ x: Float) -> Float { ElementaryFunction.erf(x) }
  public static func _pow(_ x: Float, _ y: Float) -> Float { ElementaryFunction.pow(x, y) }
  public static func _atan2(_ y: Float, _ x: Float) -> Float {
    Float(DoublePrecision.atan(Double(y), over: Double(x)))
  }
}

extension Double: RealNumber {
  public static func _exp(_ x: Double) -> Double { DoublePrecision.exp(x) }
  public static func _exp2(_ x: Double) -> Double { DoublePrecision.pow(2, x) }
  public static func _expm1(_ x: Double) -> Double { DoublePrecision.expm1(x) }
  public static func _log(_ x: Double) -> Double { DoublePrecision.log(x) }
  public static func _log2(_ x: Double) -> Double { DoublePrecision.log2(x) }
  public static func _log10(_ x: Double) -> Double { DoublePrecision.log10(x) }
  public static func _log1p(_ x: Double) -> Double { DoublePrecision.log1p(x) }
  public static func _sin(_ x: Double) -> Double { DoublePrecision.sin(x) }
  public static func _cos(_ x: Double) -> Double { DoublePrecision.cos(x) }
  public static func _tan(_ x: Double) -> Double { DoublePrecision.tan(x) }
  public static func _asin(_ x: Double) -> Double { DoublePrecision.asin(x) }
  public static func _acos(_ x: Double) -> Double { DoublePrecision.acos(x) }
  public static func _atan(_ x: Double) -> Double { DoublePrecision.atan(x) }
  public static func _sinh(_ x: Double) -> Double { DoublePrecision.sinh(x) }
  public static func _cosh(_ x: Double) -> Double { DoublePrecision.cosh(x) }
  public static func _tanh(_ x: Double) -> Double { DoublePrecision.tanh(x) }
  public static func _erf(_ x: Double) -> Double { DoublePrecision.erf(x) }
  public static func _pow(_ x: Double, _ y: Double) -> Double { DoublePrecision.pow(x, y) }
  public static func _atan2(_ y: Double, _ x: Double) -> Double {
    DoublePrecision.atan(y, over: x)
  }
}
