// The elementary functions by their plain names, for single numbers in cells: `exp(x)` and not
// `ElementaryFunction.exp(x)`. They give the same bits on every machine and in the reader's page.
//
// Errors in units in the last place of a `Double`: `log` and its like 0.6, `exp`, `sin`, `cos`, `pow`
// 0.9, the others 2, `erf` 4. Those of a `Float` are the functions of a tensor's elements where there
// is one, else the double's value rounded.
//
// Where a file imports a module that has the same names, such as Foundation, that module's are taken:
// without the attribute every call there would be ambiguous.

/// `eˣ`
@_disfavoredOverload
public func exp(_ x: Float) -> Float { ElementaryFunction.exp(x) }

/// `eˣ`
@_disfavoredOverload
public func exp(_ x: Double) -> Double { DoublePrecision.exp(x) }

/// `2ˣ`
@_disfavoredOverload
public func exp2(_ x: Float) -> Float { ElementaryFunction.pow(2, x) }

/// `2ˣ`
@_disfavoredOverload
public func exp2(_ x: Double) -> Double { DoublePrecision.pow(2, x) }

/// `eˣ - 1`, exact near 0.
@_disfavoredOverload
public func expm1(_ x: Float) -> Float { Float(DoublePrecision.expm1(Double(x))) }

/// `eˣ - 1`, exact near 0.
@_disfavoredOverload
public func expm1(_ x: Double) -> Double { DoublePrecision.expm1(x) }

/// The natural logarithm.
@_disfavoredOverload
public func log(_ x: Float) -> Float { ElementaryFunction.log(x) }

/// The natural logarithm.
@_disfavoredOverload
public func log(_ x: Double) -> Double { DoublePrecision.log(x) }

/// The logarithm to base 2.
@_disfavoredOverload
public func log2(_ x: Float) -> Float { Float(log2(Double(x))) }

/// The logarithm to base 2.
@_disfavoredOverload
public func log2(_ x: Double) -> Double {
  DoublePrecision.log(x, times: (0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56))
}

/// The logarithm to base 10.
@_disfavoredOverload
public func log10(_ x: Float) -> Float { Float(log10(Double(x))) }

/// The logarithm to base 10.
@_disfavoredOverload
public func log10(_ x: Double) -> Double {
  DoublePrecision.log(x, times: (0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57))
}

/// `log(1 + x)`, exact near 0.
@_disfavoredOverload
public func log1p(_ x: Float) -> Float { Float(DoublePrecision.log1p(Double(x))) }

/// `log(1 + x)`, exact near 0.
@_disfavoredOverload
public func log1p(_ x: Double) -> Double { DoublePrecision.log1p(x) }

/// The square root.
@_disfavoredOverload
public func sqrt(_ x: Float) -> Float { x.squareRoot() }

/// The square root.
@_disfavoredOverload
public func sqrt(_ x: Double) -> Double { x.squareRoot() }

/// The sine of an angle in radians.
@_disfavoredOverload
public func sin(_ x: Float) -> Float { ElementaryFunction.sin(x) }

/// The sine of an angle in radians.
@_disfavoredOverload
public func sin(_ x: Double) -> Double { DoublePrecision.sin(x) }

/// The cosine of an angle in radians.
@_disfavoredOverload
public func cos(_ x: Float) -> Float { ElementaryFunction.cos(x) }

/// The cosine of an angle in radians.
@_disfavoredOverload
public func cos(_ x: Double) -> Double { DoublePrecision.cos(x) }

/// The tangent of an angle in radians.
@_disfavoredOverload
public func tan(_ x: Float) -> Float { Float(DoublePrecision.tan(Double(x))) }

/// The tangent of an angle in radians.
@_disfavoredOverload
public func tan(_ x: Double) -> Double { DoublePrecision.tan(x) }

/// The angle in -π/2...π/2 with this sine; NaN outside -1...1.
@_disfavoredOverload
public func asin(_ x: Float) -> Float { Float(DoublePrecision.asin(Double(x))) }

/// The angle in -π/2...π/2 with this sine; NaN outside -1...1.
@_disfavoredOverload
public func asin(_ x: Double) -> Double { DoublePrecision.asin(x) }

/// The angle in 0...π with this cosine; NaN outside -1...1.
@_disfavoredOverload
public func acos(_ x: Float) -> Float { Float(DoublePrecision.acos(Double(x))) }

/// The angle in 0...π with this cosine; NaN outside -1...1.
@_disfavoredOverload
public func acos(_ x: Double) -> Double { DoublePrecision.acos(x) }

/// The angle in -π/2...π/2 with this tangent.
@_disfavoredOverload
public func atan(_ x: Float) -> Float { Float(DoublePrecision.atan(Double(x))) }

/// The angle in -π/2...π/2 with this tangent.
@_disfavoredOverload
public func atan(_ x: Double) -> Double { DoublePrecision.atan(x) }

/// The hyperbolic sine, `(eˣ - e⁻ˣ) / 2`.
@_disfavoredOverload
public func sinh(_ x: Float) -> Float { Float(DoublePrecision.sinh(Double(x))) }

/// The hyperbolic sine, `(eˣ - e⁻ˣ) / 2`.
@_disfavoredOverload
public func sinh(_ x: Double) -> Double { DoublePrecision.sinh(x) }

/// The hyperbolic cosine, `(eˣ + e⁻ˣ) / 2`.
@_disfavoredOverload
public func cosh(_ x: Float) -> Float { Float(DoublePrecision.cosh(Double(x))) }

/// The hyperbolic cosine, `(eˣ + e⁻ˣ) / 2`.
@_disfavoredOverload
public func cosh(_ x: Double) -> Double { DoublePrecision.cosh(x) }

/// The hyperbolic tangent.
@_disfavoredOverload
public func tanh(_ x: Float) -> Float { ElementaryFunction.tanh(x) }

/// The hyperbolic tangent.
@_disfavoredOverload
public func tanh(_ x: Double) -> Double { DoublePrecision.tanh(x) }

/// The error function, `2/√π ∫₀ˣ exp(-t²) dt`.
@_disfavoredOverload
public func erf(_ x: Float) -> Float { ElementaryFunction.erf(x) }

/// The error function, `2/√π ∫₀ˣ exp(-t²) dt`.
@_disfavoredOverload
public func erf(_ x: Double) -> Double { DoublePrecision.erf(x) }

/// The largest whole number that is not above.
@_disfavoredOverload
public func floor(_ x: Float) -> Float { x.rounded(.down) }

/// The largest whole number that is not above.
@_disfavoredOverload
public func floor(_ x: Double) -> Double { x.rounded(.down) }

/// The smallest whole number that is not below.
@_disfavoredOverload
public func ceil(_ x: Float) -> Float { x.rounded(.up) }

/// The smallest whole number that is not below.
@_disfavoredOverload
public func ceil(_ x: Double) -> Double { x.rounded(.up) }

/// The nearest whole number; halves go away from 0.
@_disfavoredOverload
public func round(_ x: Float) -> Float {
  // Not `rounded()`, which in a module is a function of the C library.
  let whole = x.rounded(.towardZero)
  return (x - whole).magnitude < 0.5 || !x.isFinite ? whole : whole + (x < 0 ? -1 : 1)
}

/// The nearest whole number; halves go away from 0.
@_disfavoredOverload
public func round(_ x: Double) -> Double {
  // Not `rounded()`, which in a module is a function of the C library.
  let whole = x.rounded(.towardZero)
  return (x - whole).magnitude < 0.5 || !x.isFinite ? whole : whole + (x < 0 ? -1 : 1)
}

/// `xʸ`, with the special cases of IEEE 754.
@_disfavoredOverload
public func pow(_ x: Float, _ y: Float) -> Float { ElementaryFunction.pow(x, y) }

/// `xʸ`, with the special cases of IEEE 754.
@_disfavoredOverload
public func pow(_ x: Double, _ y: Double) -> Double { DoublePrecision.pow(x, y) }

/// The angle of the point `(x, y)`, in -π...π.
@_disfavoredOverload
public func atan2(_ y: Float, _ x: Float) -> Float {
  Float(DoublePrecision.atan(Double(y), over: Double(x)))
}

/// The angle of the point `(x, y)`, in -π...π.
@_disfavoredOverload
public func atan2(_ y: Double, _ x: Double) -> Double { DoublePrecision.atan(y, over: x) }
