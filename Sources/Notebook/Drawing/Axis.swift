/// One axis of a plot: what it measures, and how. A string alone is the label.
///
/// ```swift
/// plot(losses, x: "epoch", y: .log("loss"))
/// plot(times, x: "width", y: Axis("time in ms", from: 0))
/// ```
public struct Axis: Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  let label: String
  let kind: Scale.Kind
  let from: Double?
  let to: Double?

  /// A linear axis; an end that is left out is that of the data. With neither, the axis goes on to the next
  /// tick on both sides.
  public init(_ label: String, from: Double? = nil, to: Double? = nil) {
    self.init(label, .linear, from, to)
  }

  public init(stringLiteral label: String) {
    self.init(label, .linear, nil, nil)
  }

  /// A logarithmic axis; values that are not positive have no place on it.
  public static func log(_ label: String = "", from: Double? = nil, to: Double? = nil) -> Axis {
    Axis(label, .log, from, to)
  }

  private init(_ label: String, _ kind: Scale.Kind, _ from: Double?, _ to: Double?) {
    self.label = label
    self.kind = kind
    self.from = from
    self.to = to
  }

  var hasFixedRange: Bool { from != nil || to != nil }

  /// The scale that covers the data, or what the author asked for.
  func scale(covering values: DataRange, tickCount: Int, exactly: Bool = false) -> Scale {
    var extent = DataRange()
    let positive = kind == .log
    extent.include(from ?? values.lower, positive: positive)
    extent.include(to ?? values.upper, positive: positive)
    return Scale(
      covering: extent, kind: kind, exactly: exactly || hasFixedRange, tickCount: tickCount)
  }
}
