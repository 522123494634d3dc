/// The initializers of the literature. `gain` makes up for what the activation takes away.
extension Initializer {
  /// Uniform within ±1/√fanIn, biases alike; what PyTorch's layers start from.
  public static var uniformFanIn: Initializer {
    let rule = { (fanIn: Int, _: Int) -> Distribution in
      .uniform(bound: 1 / Double(max(fanIn, 1)).squareRoot())
    }
    return Initializer("uniform fan-in", bias: rule, fill: evenly, distribution: rule)
  }

  private static var evenly: Fill { { $0.uniforms($1, &$2) } }
  private static var alike: Fill { { distribution, shape, _ in distribution.constants(shape) } }

  /// Always the same value, biases alike.
  public static func constant(_ value: Float) -> Initializer {
    let rule = { (_: Int, _: Int) -> Distribution in .constant(value) }
    return Initializer("constant", bias: rule, fill: alike, distribution: rule)
  }

  /// Glorot and Bengio 2010: uniform within ±gain √(6 / (fanIn + fanOut)).
  public static func xavierUniform(gain: Double) -> Initializer {
    Initializer("Xavier uniform", fill: evenly) { fanIn, fanOut in
      .uniform(bound: gain * (6 / Double(fanIn + fanOut)).squareRoot())
    }
  }

  /// Glorot and Bengio 2010: normal with deviation gain √(2 / (fanIn + fanOut)).
  public static func xavierNormal(gain: Double) -> Initializer {
    Initializer("Xavier normal") { fanIn, fanOut in
      .normal(deviation: gain * (2 / Double(fanIn + fanOut)).squareRoot())
    }
  }

  /// He et al. 2015: uniform within ±√(6 / ((1 + slope²) fan)), for rectifiers with a slope below 0.
  public static func heUniform(slope: Double = 0, fan: Fan = .input) -> Initializer {
    Initializer("He uniform", fill: evenly) { fanIn, fanOut in
      let count = Double(fan == .input ? fanIn : fanOut)
      return .uniform(bound: (6 / ((1 + slope * slope) * count)).squareRoot())
    }
  }

  /// He et al. 2015: normal with deviation √(2 / ((1 + slope²) fan)).
  public static func heNormal(slope: Double = 0, fan: Fan = .input) -> Initializer {
    Initializer("He normal") { fanIn, fanOut in
      let count = Double(fan == .input ? fanIn : fanOut)
      return .normal(deviation: (2 / ((1 + slope * slope) * count)).squareRoot())
    }
  }

  /// Glorot and Bengio 2010, for layers before tanh or sigmoid: uniform within
  /// ±√(6 / (fanIn + fanOut)).
  public static var xavierUniform: Initializer { xavierUniform(gain: 1) }
  /// Glorot and Bengio 2010: normal with deviation √(2 / (fanIn + fanOut)).
  public static var xavierNormal: Initializer { xavierNormal(gain: 1) }
  /// He et al. 2015, for layers before a rectifier: uniform within ±√(6 / fanIn).
  public static var heUniform: Initializer { heUniform(slope: 0) }
  /// He et al. 2015: normal with deviation √(2 / fanIn).
  public static var heNormal: Initializer { heNormal(slope: 0) }

  /// LeCun et al. 1998: uniform within ±√(3 / fanIn).
  public static var lecunUniform: Initializer {
    Initializer("LeCun uniform", fill: evenly) { fanIn, _ in
      .uniform(bound: (3 / Double(fanIn)).squareRoot())
    }
  }

  /// LeCun et al. 1998: normal with deviation √(1 / fanIn).
  public static var lecunNormal: Initializer {
    Initializer("LeCun normal") { fanIn, _ in .normal(deviation: (1 / Double(fanIn)).squareRoot()) }
  }

  /// Normal with a stated deviation, biases at 0.
  public static func normal(deviation: Double) -> Initializer {
    Initializer("normal") { _, _ in .normal(deviation: deviation) }
  }

  /// Uniform within a stated bound, biases alike.
  public static func uniform(bound: Double) -> Initializer {
    let rule = { (_: Int, _: Int) -> Distribution in .uniform(bound: bound) }
    return Initializer("uniform", bias: rule, fill: evenly, distribution: rule)
  }

  /// Saxe et al. 2014: rows, or columns if they are fewer, at right angles and of length `gain`.
  public static func orthogonal(gain: Double = 1) -> Initializer {
    Initializer("orthogonal") { _, _ in .orthogonal(gain: gain) }
  }
}

/// Normal values made orthogonal by Gram and Schmidt's process, done twice against rounding.
@export(interface)
func orthogonalMatrix(_ shape: Shape, gain: Double, _ random: inout RandomSource) -> [Float] {
  let rows = shape.dimensions.first ?? 1
  let columns = rows == 0 ? 0 : shape.count / rows
  let (count, length) = (min(rows, columns), max(rows, columns))
  var vectors: [[Double]] = []
  while vectors.count < count {
    var vector = (0..<length).map { _ in Double(random.normal()) }
    for _ in 0..<2 {
      for other in vectors {
        var overlap = 0.0
        for i in 0..<length { overlap += vector[i] * other[i] }
        for i in 0..<length { vector[i] -= overlap * other[i] }
      }
    }
    var square = 0.0
    for value in vector { square += value * value }
    // A vector that lies in the span of the others, by bad luck, is drawn again.
    if square > 1e-12 { vectors.append(vector.map { value in value / square.squareRoot() }) }
  }
  return (0..<rows * columns).map { place in
    let (row, column) = (place / columns, place % columns)
    return Float(gain * (rows <= columns ? vectors[row][column] : vectors[column][row]))
  }
}
