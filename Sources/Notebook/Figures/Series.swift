import NeuralNet

/// A named row of points in a plot.
///
/// ```swift
/// plot(Series("train", trainLoss), Series("test", testLoss).dashed)
/// ```
public struct Series: Sendable {
  enum Style: Sendable {
    case line, dashed, points, pointsAndLine
  }

  let name: String
  let x: [Double]
  let y: [Double]
  var style = Style.line
  var low: [Double] = []
  var high: [Double] = []
  /// The number of the color that the author chose, from 0.
  var color: Int?
  /// How large dots are, in units of a figure.
  var dotSize = 5.0
  var opacity = 1.0

  @export(interface)
  init(name: String, x: [Double], y: [Double]) {
    self.name = name
    let count = min(x.count, y.count)
    self.x = Array(x.prefix(count))
    self.y = Array(y.prefix(count))
  }

  /// Values against their number, from 1, as epochs and steps are counted.
  public init<Y: ShownNumber>(_ name: String, _ y: [Y]) {
    self.init(name: name, x: y.indices.map { Double($0 + 1) }, y: doubles(y))
  }

  /// Values against `x`; the longer array is cut.
  public init<X: ShownNumber, Y: ShownNumber>(_ name: String, x: [X], y: [Y]) {
    self.init(name: name, x: doubles(x), y: doubles(y))
  }

  /// A function over a range.
  ///
  /// - Parameters:
  ///   - name: as the legend calls it.
  ///   - range: where the function is computed.
  ///   - samples: at how many equal steps.
  ///   - breaks: where the function bends or jumps; it is drawn through these places, too.
  ///   - function: gives `y` for an `x` of the range.
  @_disfavoredOverload
  public init(
    _ name: String = "", over range: ClosedRange<Double>, samples: Int = 240,
    breaks: [Double] = [], _ function: (Double) -> Double
  ) {
    let step = (range.upperBound - range.lowerBound) / Double(max(samples, 1))
    var x = (0...max(samples, 1)).map { range.lowerBound + Double($0) * step }
    if !breaks.isEmpty {
      x += breaks.filter { range.contains($0) }
      let all = x
      x = _order(of: all).map { all[$0] }
    }
    self.init(name: name, x: x, y: x.map { function($0) })
  }

  /// A function of the engine's numbers over a range.
  public init(
    _ name: String = "", over range: ClosedRange<Float>, samples: Int = 240,
    breaks: [Double] = [], _ function: (Float) -> Float
  ) {
    self.init(
      name, over: Double(range.lowerBound)...Double(range.upperBound), samples: samples,
      breaks: breaks
    ) { (x: Double) -> Double in Double(function(Float(x))) }
  }

  /// A broken line, for what is compared with.
  public var dashed: Series { with(.dashed) }

  /// Dots instead of a line.
  public var points: Series { with(.points) }

  /// Dots joined by a line.
  public var pointsAndLine: Series { with(.pointsAndLine) }

  /// The color of the `number`-th series, from 1, wherever this one stands.
  public func color(_ number: Int) -> Series {
    var series = self
    series.color = max(number, 1) - 1
    return series
  }

  /// Dots instead of a line, of another size, and more or less transparent: where transparent dots
  /// overlap they are darker, which shows how many there are.
  ///
  /// - Parameters:
  ///   - size: across, 1...30; text is 12 high, and usual dots are 5.
  ///   - opacity: 0.02...1.
  public func dots(size: Double = 5, opacity: Double = 1) -> Series {
    requireDots(size: size, opacity: opacity, in: "Series.dots")
    var series = with(.points)
    (series.dotSize, series.opacity) = (size, opacity)
    return series
  }

  /// The line or the dots more or less transparent, 0.02...1.
  public func opacity(_ opacity: Double) -> Series {
    requireDots(size: 5, opacity: opacity, in: "Series.opacity")
    var series = self
    series.opacity = opacity
    return series
  }

  /// A shaded band, such as the spread over seeds.
  public func band<Y: ShownNumber>(_ low: [Y], _ high: [Y]) -> Series {
    var series = self
    series.low = doubles(low)
    series.high = doubles(high)
    return series
  }

  private func with(_ style: Style) -> Series {
    var series = self
    series.style = style
    return series
  }
}

extension [Series] {
  /// The number of each series' color. Series of one name share it, and so do the first dots
  /// without a name and the first name, the second ones and the second name, and so on.
  var colors: [Int] {
    var names: [(name: String, color: Int)] = []
    let hasNames = contains { !$0.name.utf8.isEmpty }
    var next = 0
    var colors: [Int?] = map { one in
      if one.name.utf8.isEmpty {
        if hasNames, one.style == .points { return nil }
        next += 1
        return one.color ?? next - 1
      }
      if let known = names.first(where: { isSame($0.name, one.name) }) { return known.color }
      next += 1
      names.append((one.name, one.color ?? next - 1))
      return names[names.count - 1].color
    }
    var dots = 0
    for index in indices where colors[index] == nil {
      if let color = self[index].color {
        colors[index] = color
      } else if dots < names.count {
        colors[index] = names[dots].color
        dots += 1
      } else {
        colors[index] = next
        next += 1
      }
    }
    return colors.map { $0 ?? 0 }
  }
}

func doubles<Number: ShownNumber>(_ values: [Number]) -> [Double] {
  values.map { $0._double }
}
