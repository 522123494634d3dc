/// Stops unless a number is finite, at least `low`, and below `high` where there is one.
@export(interface)
func requireRange(
  _ value: Float, _ what: StaticString, atLeast low: Float, below high: Float? = nil,
  in owner: String
) {
  guard !(value >= low && value.isFinite && value < high ?? .infinity) else { return }
  let upper = if let high { " and below \(high)" } else { "" }
  stop(
    "\(owner): \(what) must be finite, at least \(low)\(upper), got \(value) [value-out-of-range]")
}
