import NeuralNet

/// How the positions of a slider are spread over its range.
public enum SliderScale: Sendable {
  /// Equal steps in equal distances.
  case linear
  /// Equal steps multiply by equal factors; for ranges above zero.
  case log
}

/// A whole number that the reader chooses by a slider.
///
///     let width = slider("Hidden units", 1...16, default: 4)
@export(interface)
public func slider(
  _ label: String, _ range: ClosedRange<Int>, default initial: Int, step: Int = 1,
  unit: String = ""
) -> Int {
  wholeNumber("slider", label, range, initial, step, unit)
}

/// A whole number that the reader chooses by buttons for one less and one more.
///
///     let depth = stepper("Layers", 1...6, default: 2)
@export(interface)
public func stepper(
  _ label: String, _ range: ClosedRange<Int>, default initial: Int, step: Int = 1,
  unit: String = ""
) -> Int {
  wholeNumber("stepper", label, range, initial, step, unit)
}

/// A number that the reader chooses by a slider. Without a step there are a hundred positions.
///
///     let rate = slider("Learning rate", 0.01...1, default: 0.3, scale: .log)
@export(interface)
public func slider(
  _ label: String, _ range: ClosedRange<Float>, default initial: Float, step: Float? = nil,
  scale: SliderScale = .linear, unit: String = ""
) -> Float {
  let (low, high) = (range.lowerBound, range.upperBound)
  require(label, range.contains(initial), "default \(initial) is outside \(low)...\(high)")
  if let step { require(label, step > 0, "the step must be above 0, got \(step)") }
  if scale == .log { require(label, low > 0, "a logarithmic scale starts above 0, got \(low)") }
  let values = Control.declare("slider", label) { record in
    record.set("min", low)
    record.set("max", high)
    if let step { record.set("step", step) }
    record.set("default", initial)
    if scale == .log { record.set("scale", "log") }
    if !unit.isEmpty { record.set("unit", unit) }
  }
  guard let value = values?.first, value.isFinite else { return initial }
  return min(max(Float(value), low), high)
}

@export(interface)
func wholeNumber(
  _ kind: StaticString, _ label: String, _ range: ClosedRange<Int>, _ initial: Int, _ step: Int,
  _ unit: String
) -> Int {
  let (low, high) = (range.lowerBound, range.upperBound)
  require(label, range.contains(initial), "default \(initial) is outside \(low)...\(high)")
  require(label, step > 0, "the step must be above 0, got \(step)")
  let values = Control.declare(kind, label) { record in
    record.set("min", low)
    record.set("max", high)
    record.set("step", step)
    record.set("default", initial)
    if !unit.isEmpty { record.set("unit", unit) }
  }
  return values?.first.flatMap { wholeNumber($0, in: range) } ?? initial
}

/// A number from the page as an integer of a range, or nil where it is none.
@export(interface)
func wholeNumber(_ value: Double, in range: ClosedRange<Int>) -> Int? {
  guard value.isFinite else { return nil }
  let clamped = min(max(value, Double(range.lowerBound)), Double(range.upperBound))
  return Int(clamped.rounded(.toNearestOrEven))
}

/// Stops where the author declared a control that cannot be.
func require(
  _ label: String, _ condition: Bool, _ message: @autoclosure () -> String
) {
  if !condition { stopControl(label, message()) }
}
