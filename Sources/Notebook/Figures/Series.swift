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

  init(name: String, x: [Double], y: [Double]) {
    self.name = name
    let count = min(x.count, y.count)
    self.x = Array(x.prefix(count))
    self.y = Array(y.prefix(count))
  }

  /// Values against their index, from 0.
  public init<Y: ShownNumber>(_ name: String, _ y: [Y]) {
    self.init(name: name, x: y.indices.map { Double($0) }, y: doubles(y))
  }

  /// Values against `x`; the longer array is cut.
  public init<X: ShownNumber, Y: ShownNumber>(_ name: String, x: [X], y: [Y]) {
    self.init(name: name, x: doubles(x), y: doubles(y))
  }

  /// A function over a range.
  public init(
    _ name: String = "", over range: ClosedRange<Double>, samples: Int = 240,
    _ function: (Double) -> Double
  ) {
    let step = (range.upperBound - range.lowerBound) / Double(max(samples, 1))
    let x = (0...max(samples, 1)).map { range.lowerBound + Double($0) * step }
    self.init(name: name, x: x, y: x.map { function($0) })
  }

  /// A function of the engine's numbers over a range.
  public init(
    _ name: String = "", over range: ClosedRange<Float>, samples: Int = 240,
    _ function: (Float) -> Float
  ) {
    self.init(
      name, over: Double(range.lowerBound)...Double(range.upperBound), samples: samples
    ) { (x: Double) -> Double in Double(function(Float(x))) }
  }

  public var dashed: Series { with(.dashed) }

  /// Dots instead of a line.
  public var points: Series { with(.points) }

  /// Dots joined by a line.
  public var pointsAndLine: Series { with(.pointsAndLine) }

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

func doubles<Number: ShownNumber>(_ values: [Number]) -> [Double] {
  values.map { $0._double }
}
