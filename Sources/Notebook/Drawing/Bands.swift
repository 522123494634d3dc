/// Shades a field in a few bands: for the small maps inside units and small multiples.
///
/// Fields between 0 and 1 change color at one half, others at zero.
///
/// - Parameter place: where a point of the unit square goes, counted from its lower left.
func drawBands(of field: Field, on canvas: Canvas, _ place: (Point) -> Point) {
  let extent = DataRange(field.values)
  guard !extent.isEmpty else { return }
  let isShare = extent.lower >= -1e-6 && extent.upper <= 1.000001 && extent.upper > 0
  let middle = isShare ? 0.5 : 0
  let reach = isShare ? 0.5 : max(extent.lower.magnitude, extent.upper.magnitude)
  guard reach > 0 else { return }
  let below = field.with(field.values.map { -$0 })
  let (across, up) = (Double(field.columns - 1), Double(field.rows - 1))
  for level in 0..<4 {
    let distance = reach * (level == 0 ? 0.02 : Double(level) / 4)
    for (side, start, color) in [
      (field, middle + distance, Ink.blue), (below, distance - middle, .orange),
    ] {
      let band = side.area(from: start, tolerance: 0.35) {
        place(Point(x: $0.x / across, y: $0.y / up))
      }
      canvas.path(band, fill: color, opacity: 0.26)
    }
  }
}
