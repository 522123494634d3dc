/// What a layer's units say over a batch, in numbers.
public struct ActivationStatistics: Sendable {
  /// The layer as written.
  public let layer: String
  /// Numbers that the layer gives for one row.
  public let units: Int
  /// Over all rows and units.
  public let mean: Float
  /// Population standard deviation over all rows and units.
  public let deviation: Float
  /// The smallest value of any unit for any row.
  public let minimum: Float
  /// The largest value of any unit for any row.
  public let maximum: Float
  /// The share of values that are exactly 0.
  public let sparsity: Float
  /// Units that are exactly 0 for every row.
  public let deadUnits: [Int]
  /// Units whose every value lies within `saturationMargin` of the layer's bounds (−1 and 1 for tanh,
  /// 0 and 1 for sigmoid); empty for layers without bounds.
  public let saturatedUnits: [Int]

  /// The share of units that are dead, 0...1.
  public var deadShare: Float { Float(deadUnits.count) / Float(units) }
  /// The share of units that are saturated, 0...1.
  public var saturatedShare: Float { Float(saturatedUnits.count) / Float(units) }

  /// How near to its bound a value counts as saturated.
  public static var saturationMargin: Float { 0.03 }

  init(layer: String, activations: Tensor, bounds: ClosedRange<Float>?) {
    let points = Points(activations, in: layer)
    self.layer = layer
    units = points.columns
    var sum = 0.0
    for value in points.values { sum += value }
    let mean = sum / Double(points.values.count)
    var squares = 0.0
    var zeros = 0
    var extremes = (low: points.values[0], high: points.values[0])
    for value in points.values {
      squares += (value - mean) * (value - mean)
      if value == 0 { zeros += 1 }
      extremes = (Swift.min(extremes.low, value), Swift.max(extremes.high, value))
    }
    self.mean = Float(mean)
    deviation = Float((squares / Double(points.values.count)).squareRoot())
    minimum = Float(extremes.low)
    maximum = Float(extremes.high)
    sparsity = Float(zeros) / Float(points.values.count)
    deadUnits = points.unitsWhereAll { $0 == 0 }
    if let bounds {
      let margin = Double(ActivationStatistics.saturationMargin)
      let (low, high) = (Double(bounds.lowerBound) + margin, Double(bounds.upperBound) - margin)
      saturatedUnits = points.unitsWhereAll { $0 <= low || $0 >= high }
    } else {
      saturatedUnits = []
    }
  }
}

extension Points {
  fileprivate func unitsWhereAll(_ condition: (Double) -> Bool) -> [Int] {
    (0..<columns).filter { column in
      for row in 0..<rows where !condition(self[row, column]) { return false }
      return true
    }
  }
}

extension Network {
  /// Statistics of what every layer gives for a batch.
  public func statistics(on input: Tensor) -> [ActivationStatistics] {
    let outputs = withoutGradients { activations(input) }
    return zip(layers, outputs).map { layer, output in
      ActivationStatistics(layer: layer.name, activations: output, bounds: bounds(of: layer))
    }
  }

  private func bounds(of layer: any Layer) -> ClosedRange<Float>? {
    switch layer.absorbable {
    case .sigmoid: 0...1
    case .tanh: -1...1
    case .none, .relu: nil
    }
  }
}
