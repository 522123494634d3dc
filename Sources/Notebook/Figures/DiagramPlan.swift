/// Where the units of a network diagram stand.
struct DiagramPlan {
  struct Unit {
    let index: Int
    let y: Double
  }

  struct Column {
    let layer: Int
    let x: Double
    let units: [Unit]
    /// Where dots stand for units that are not drawn.
    let gap: Double?
    let middle: Double
    let isFirst: Bool

    func isNext(to other: Column) -> Bool { other.layer == layer + 1 }
  }

  private(set) var columns: [Column] = []
  let radius: Double
  let height: Double
  let labelTop: Double
  private let width: Double
  private let spacing: Double

  init(_ layers: [DiagramLayer], size: FigureSize, top: Double, isSpacious: Bool) {
    var shown = Array(layers.indices)
    if shown.count > NetworkDiagram.mostLayers {
      shown = Array(shown.prefix(5)) + Array(shown.suffix(3))
    }
    var tallest = 1
    var hasMaps = false
    for index in shown {
      tallest = max(tallest, min(layers[index].count, NetworkDiagram.mostUnits))
      hasMaps = hasMaps || !layers[index].maps.isEmpty
    }
    width = size.width
    // Numbers on the lines need lines that stand apart.
    let step = min(
      hasMaps ? 50.0 : isSpacious ? 78 : 46, max(230 / Double(tallest), hasMaps ? 32 : 24))
    radius = min(step * 0.4, hasMaps ? 18 : isSpacious ? 15 : 13)
    let body = Double(tallest) * step + 10
    labelTop = top + body + 16
    height = labelTop + 24
    let margin = size == .full ? 40.0 : 26
    spacing = shown.count > 1 ? (size.width - 2 * margin) / Double(shown.count - 1) : 0
    let middle = top + body / 2
    for (place, index) in shown.enumerated() {
      let x = shown.count > 1 ? margin + Double(place) * spacing : size.width / 2
      let count = layers[index].count
      var units: [Unit] = []
      var gap: Double?
      if count <= NetworkDiagram.mostUnits {
        let first = middle - Double(count - 1) / 2 * step
        for unit in 0..<count { units.append(Unit(index: unit, y: first + Double(unit) * step)) }
      } else {
        // The first five, three dots, the last three.
        let slots = NetworkDiagram.mostUnits
        let first = middle - Double(slots - 1) / 2 * step
        for slot in 0..<slots where slot != 5 {
          units.append(
            Unit(index: slot < 5 ? slot : count - slots + slot, y: first + Double(slot) * step))
        }
        gap = first + 5 * step
      }
      columns.append(
        Column(
          layer: index, x: x, units: units, gap: gap, middle: middle, isFirst: place == 0))
    }
  }

  /// The name of a layer, where there is room for it, and its size.
  func names(of column: Column, in layers: [DiagramLayer]) -> [String] {
    let layer = layers[column.layer]
    let room = columns.count > 1 ? spacing - 4 : width
    if room < 64, textWidth(layer.name, size: 12) > room { return [figureCount(layer.count)] }
    return [shortened(layer.name, width: room), figureCount(layer.count)]
  }

  /// The middle of a label, moved inside the figure.
  func labelCenter(_ column: Column, _ text: String) -> Double {
    let half = textWidth(text, size: 12) / 2
    return min(max(column.x, half + 1), width - half - 1)
  }
}
