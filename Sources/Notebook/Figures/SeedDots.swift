/// Where the dots of one row of a seed plot stand.
///
/// Dots that would cover each other are stacked, each over its own value. The row is as high as a stack
/// of a dozen needs; higher stacks are packed closer, and those of very many dots are bars.
struct SeedDots {
  struct Place {
    var x: Double
    /// Above the lowest dot.
    var height: Double
    var isSolved: Bool
  }

  private(set) var places: [Place] = []
  /// Of a dot; with it those of one stack touch only where they are too many to count.
  private(set) var size = 5.0
  /// Of the highest stack.
  let height: Double

  private static let diameter = 6.0
  /// What a row has at least, and at most.
  private static let heights = 34.0...80.0

  @export(interface)
  init(
    _ losses: [Double], limit: Double, _ scale: Scale, from left: Double, to right: Double
  ) {
    let diameter = Self.diameter
    let (first, last) = (Int((left / diameter).rounded(.up)), Int(right / diameter) - 1)
    var columns = [Int](repeating: 0, count: max(last, first) + 1)
    var dots: [(column: Int, level: Int, isSolved: Bool)] = []
    for loss in losses where scale.accepts(loss) {
      let column = min(max(Int(scale(loss) / diameter), first), columns.count - 1)
      dots.append((column, columns[column], loss < limit))
      columns[column] += 1
    }
    let highest = Double(max(columns.max() ?? 0, 1))
    // Very many do not become easier to count by being higher.
    let wanted = losses.count > 100 ? 0 : highest * diameter
    height = min(max(wanted, Self.heights.lowerBound), Self.heights.upperBound)
    var step = min(diameter, height / highest)
    // Halves are shorter to write than tenths, and there may be hundreds.
    if step > 1 { step = (2 * step).rounded(.down) / 2 }
    if step >= 4 { size = min(size, step - 1) }
    places = dots.map { dot in
      Place(
        x: (Double(dot.column) + 0.5) * diameter, height: Double(dot.level) * step,
        isSolved: dot.isSolved)
    }
  }
}
