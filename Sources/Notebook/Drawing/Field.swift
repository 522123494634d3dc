/// A function of the plane, sampled on a grid.
public struct Field: Sendable {
  let columns: Int
  let rows: Int
  let x: ClosedRange<Double>
  let y: ClosedRange<Double>

  /// Row by row from the lowest y; NaN where the function has no value.
  var values: [Double]

  init(
    columns: Int, rows: Int, x: ClosedRange<Double>, y: ClosedRange<Double>, values: [Double]
  ) {
    self.columns = columns
    self.rows = rows
    self.x = x
    self.y = y
    self.values = values
  }

  /// Samples a function of two numbers.
  public init(
    x: ClosedRange<Float>, y: ClosedRange<Float>, resolution: Int = 60,
    _ function: (Float, Float) -> Float
  ) {
    let grid = Field.grid(
      x: Double(x.lowerBound)...Double(x.upperBound),
      y: Double(y.lowerBound)...Double(y.upperBound), resolution: resolution)
    self = grid
    values = grid.sites.map { Double(function(Float($0.x), Float($0.y))) }
  }

  /// An empty field whose longer side has `resolution` steps.
  @export(interface)
  static func grid(x: ClosedRange<Double>, y: ClosedRange<Double>, resolution: Int) -> Field {
    let width = x.upperBound - x.lowerBound
    let height = y.upperBound - y.lowerBound
    let longer = max(width, height)
    let steps = Double(max(resolution, 2))
    let columns = max(Int((width / longer * steps).rounded(.up)), 2) + 1
    let rows = max(Int((height / longer * steps).rounded(.up)), 2) + 1
    return Field(columns: columns, rows: rows, x: x, y: y, values: [])
  }

  /// Where the samples are, in the order of `values`.
  var sites: [Point] {
    @export(interface) get {
      var sites: [Point] = []
      sites.reserveCapacity(columns * rows)
      for row in 0..<rows {
        for column in 0..<columns { sites.append(site(Double(column), Double(row))) }
      }
      return sites
    }
  }

  func site(_ column: Double, _ row: Double) -> Point {
    Point(
      x: x.lowerBound + (x.upperBound - x.lowerBound) * column / Double(columns - 1),
      y: y.lowerBound + (y.upperBound - y.lowerBound) * row / Double(rows - 1))
  }

  /// Every second sample.
  var coarser: Field {
    let (fewerColumns, fewerRows) = ((columns + 1) / 2, (rows + 1) / 2)
    var kept: [Double] = []
    for row in 0..<fewerRows {
      for column in 0..<fewerColumns { kept.append(values[2 * row * columns + 2 * column]) }
    }
    return Field(columns: fewerColumns, rows: fewerRows, x: x, y: y, values: kept)
  }

  func with(_ values: [Double]) -> Field {
    Field(columns: columns, rows: rows, x: x, y: y, values: values)
  }
}
