/// Where the dots of one row of a seed plot stand.
///
/// Dots that would cover each other are stacked. Of few dots, those that are too high for the row go
/// into the columns beside it, so that all can be counted; many are packed closer, and are bars.
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

  private static let diameter = 6.0
  private static let countable = 30

  @export(interface)
  init(
    _ losses: [Double], limit: Double, _ scale: Scale, from left: Double, to right: Double,
    room: Double
  ) {
    let diameter = Self.diameter
    let fitting = Int(room / diameter)
    let (first, last) = (Int((left / diameter).rounded(.up)), Int(right / diameter) - 1)
    var columns = [Int](repeating: 0, count: max(last, first) + 1)
    var dots: [(column: Int, level: Int, isSolved: Bool)] = []
    for loss in losses where scale.accepts(loss) {
      let isSolved = loss < limit
      let middle = min(max(Int(scale(loss) / diameter), first), columns.count - 1)
      var column = middle
      if columns[middle] >= fitting && losses.count <= Self.countable {
        let away = isSolved ? -1 : 1
        for offset in [away, -away, 2 * away, -2 * away] {
          let next = middle + offset
          guard next >= first, next < columns.count, columns[next] < columns[column] else {
            continue
          }
          column = next
        }
      }
      dots.append((column, columns[column], isSolved))
      columns[column] += 1
    }
    var step = min(diameter, room / Double(max(columns.max() ?? 0, 1)))
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
