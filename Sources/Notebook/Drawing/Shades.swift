/// Values as shades of a color: blue above zero, orange below, on the color of the paper, so that
/// a map follows light and dark pages.
struct Shades {
  static let levels = 16

  /// The value that gets the full color.
  let full: Double

  /// The value that gets none.
  let none: Double

  /// How strong the strongest shade is. Text stays readable on shades up to 0.55.
  var strongest = 0.95

  let isSigned: Bool

  init(covering values: Extent, range: ClosedRange<Double>? = nil) {
    let lower = range?.lowerBound ?? values.lower
    let upper = range?.upperBound ?? values.upper
    isSigned = lower < 0
    if isSigned {
      none = 0
      full = max(lower.magnitude, upper.magnitude)
    } else {
      // Values that all lie high, as losses do, would otherwise look alike.
      none = range == nil && lower <= upper / 2 ? 0 : lower
      full = upper
    }
  }

  /// From -16 to 16; 0 is the paper.
  func level(_ value: Double) -> Int {
    guard !value.isNaN else { return 0 }
    guard full > none else { return value == 0 ? 0 : Self.levels }
    let share = min(max((value - none) / (full - none), isSigned ? -1 : 0), 1)
    return Int((share * Double(Self.levels) + 0.5).rounded(.down))
  }

  func opacity(_ level: Int) -> Double {
    Double(level.magnitude) / Double(Self.levels) * strongest
  }
}

/// Cells of a map as few bytes: one path per shade, and one stroke for each run of equal cells.
struct ShadedCells {
  private var paths = [PathData](repeating: PathData(), count: 2 * Shades.levels + 1)
  private let shades: Shades

  init(_ shades: Shades) {
    self.shades = shades
  }

  /// Adds a row of cells; NaN leaves its cell empty.
  mutating func addRow(_ values: [Double], x: Double, centerY: Double, cellWidth: Double) {
    var column = 0
    while column < values.count {
      let level = shades.level(values[column])
      let start = column
      while column < values.count, shades.level(values[column]) == level { column += 1 }
      guard level != 0 else { continue }
      paths[level + Shades.levels].move(to: Point(x: x + Double(start) * cellWidth, y: centerY))
      paths[level + Shades.levels].line(to: Point(x: x + Double(column) * cellWidth, y: centerY))
    }
  }

  func draw(on canvas: Canvas, cellHeight: Double, positive: Ink = .blue, negative: Ink = .orange) {
    canvas.markup.begin("g")
    canvas.markup.set("shape-rendering", "crispEdges")
    canvas.markup.set("stroke-width", cellHeight)
    for (index, path) in paths.enumerated() where !path.isEmpty {
      let level = index - Shades.levels
      canvas.markup.begin("path")
      canvas.markup.set("d", raw: path.bytes)
      canvas.markup.set("stroke", level < 0 ? negative : positive)
      canvas.markup.set("stroke-opacity", hundredths: shades.opacity(level))
      canvas.markup.end()
    }
    canvas.markup.end()
  }
}
