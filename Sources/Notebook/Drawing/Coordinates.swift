/// A point of a figure, in units of its view box.
struct Point {
  var x: Double
  var y: Double
}

struct Rectangle {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  var right: Double { x + width }
  var bottom: Double { y + height }
}

/// Coordinates are written to a tenth of a unit: less than the eye sees, and few bytes.
@inline(never)
func tenths(_ value: Double) -> Int {
  guard value.isFinite else { return 0 }
  return Int((min(max(value, -1e6), 1e6) * 10 + 0.5).rounded(.down))
}

/// Appends `123`, `12.3`, `.5` or `-.5`.
@inline(never)
func appendTenths(_ value: Int, to bytes: inout [UInt8]) {
  if value < 0 { bytes.append(UInt8(ascii: "-")) }
  let (whole, tenth) = Int(value.magnitude).quotientAndRemainder(dividingBy: 10)
  if whole > 0 || tenth == 0 {
    var text = TextBuffer()
    text.append(whole)
    bytes.append(contentsOf: text.bytes)
  }
  if tenth > 0 {
    bytes.append(UInt8(ascii: "."))
    bytes.append(0x30 + UInt8(tenth))
  }
}
