/// Draws gray-scale images, such as handwritten digits, in a grid; `overlay` puts a second value
/// of each pixel over it in color, such as a saliency. `rowNames` stand at the left of the rows. Where
/// values are below zero these are orange, and a bar tells which shade is which number.
///
/// ```swift
/// images(digits.prefix(20), width: 8, names: labels)
/// images(given + copies, width: 8, columns: 10, rowNames: ["given", "copied"])
/// ```
public func images<Value: ShownNumber>(
  _ images: [[Value]], width: Int, names: [String] = [], overlay: [[Value]] = [],
  title: String = "", columns: Int? = nil, rowNames: [String] = []
) -> Figure {
  let pixels = images.map { doubles($0) }
  let overlay = overlay.map { doubles($0) }
  return Figure { size in
    ImageGrid(
      images: pixels, pixelsPerRow: max(width, 1), names: names, overlay: overlay, title: title,
      wantedColumns: columns, rowNames: rowNames
    ).drawing(size)
  }
}

struct ImageGrid {
  let images: [[Double]]
  let pixelsPerRow: Int
  let names: [String]
  let overlay: [[Double]]
  let title: String
  let wantedColumns: Int?
  let rowNames: [String]

  /// What fits into a page of a book.
  private static let mostBytes = 14_000

  @export(interface)
  func drawing(_ size: FigureSize) -> Drawing {
    let most = max(images.count, 1)
    let columns = min(wantedColumns ?? (images.count <= 12 ? min(most, 5) : 10), most)
    let gap = 5.0
    var left = 2.0
    for name in rowNames { left = max(left, textWidth(name, size: 13) + 10) }
    // Many in a row need a wide row, and larger text, because it shrinks more on a phone.
    let isWide = size == .full && columns > 5
    let room = isWide ? 380 * size.share : size.width
    let textSize = isWide ? 13.0 : 12
    let cell = min(
      (room - left - 2) / Double(columns) - gap, images.count == 1 ? 160 : columns <= 5 ? 110 : 60)
    let rowsOfPixels = Double(((images.first?.count ?? 1) + pixelsPerRow - 1) / pixelsPerRow)
    let pixel = cell / Double(pixelsPerRow)
    let height = pixel * rowsOfPixels
    let nameHeight = names.isEmpty ? 0.0 : 16
    let top = title.utf8.isEmpty ? 2.0 : 24

    var extent = DataRange([0])
    for image in images { for value in image { extent.include(value) } }
    var overlayExtent = DataRange([0])
    for image in overlay { for value in image { overlayExtent.include(value) } }
    var base = Shades(covering: extent)
    if !overlay.isEmpty { base.strongest = 0.4 }
    var baseCells = ShadedCells(base)
    var overlayCells = ShadedCells(Shades(covering: overlayExtent))
    var shown = 0
    // Each run of pixels costs about eight bytes; images after the budget are not drawn.
    var budget = Self.mostBytes
    for (index, image) in images.enumerated() {
      let origin = place(index, columns, cell + gap, height + nameHeight + gap, left, top)
      budget -= add(image, to: &baseCells, at: origin, pixel: pixel, shades: base)
      if index < overlay.count {
        budget -= add(overlay[index], to: &overlayCells, at: origin, pixel: pixel, shades: base)
      }
      shown += 1
      if budget < 0 { break }
    }
    let rows = (shown + columns - 1) / columns
    let isCut = shown < images.count
    let bottom = top + Double(max(rows, 1)) * (height + nameHeight + gap)
    let keyHeight = base.isSigned ? 20.0 : 0
    let total = images.isEmpty ? top + 22 : bottom + keyHeight + (isCut ? 18 : 0)
    return Drawing(
      width: min(
        room, max(left + Double(columns) * (cell + gap) + 2, base.isSigned ? 190 : 120)),
      height: total, title: title.utf8.isEmpty ? "Images" : title,
      description: words(shown: shown, signed: base.isSigned ? base.full : nil)
    ) { canvas in
      canvas.text(title, at: Point(x: 2, y: 14), size: 13, bold: true)
      if images.isEmpty {
        canvas.text("no images to draw", at: Point(x: 60, y: top + 14), .middle, .muted)
        return
      }
      baseCells.draw(on: canvas, cellHeight: pixel, positive: .ink)
      if !overlay.isEmpty { overlayCells.draw(on: canvas, cellHeight: pixel) }
      var frames = PathData()
      for index in 0..<shown {
        let origin = place(index, columns, cell + gap, height + nameHeight + gap, left, top)
        if index % columns == 0, index / columns < rowNames.count {
          canvas.text(
            rowNames[index / columns], at: Point(x: left - 8, y: origin.y + height / 2 + 4), .end,
            size: textSize)
        }
        frames.rectangle(Rectangle(x: origin.x, y: origin.y, width: cell, height: height))
        if index < names.count {
          canvas.text(
            shortened(names[index], width: cell + gap, size: textSize),
            at: Point(x: origin.x + cell / 2, y: origin.y + height + 13), .middle, .muted,
            size: textSize)
        }
      }
      canvas.path(frames, stroke: .grid)
      if base.isSigned {
        base.drawKey(
          on: canvas, at: Point(x: left, y: bottom + 2), width: 110, extent, positive: .ink)
      }
      if isCut {
        var rest = TextBuffer()
        rest.append("the first ")
        rest.appendGrouped(shown)
        rest.append(" of ")
        rest.appendGrouped(images.count)
        canvas.text(rest.string, at: Point(x: 2, y: total - 6), .start, .muted)
      }
    }
  }

  private func place(
    _ index: Int, _ columns: Int, _ stepX: Double, _ stepY: Double, _ left: Double, _ top: Double
  ) -> Point {
    Point(x: left + Double(index % columns) * stepX, y: top + Double(index / columns) * stepY)
  }

  /// Adds the rows of one image and returns about how many bytes they take.
  private func add(
    _ image: [Double], to cells: inout ShadedCells, at origin: Point, pixel: Double, shades: Shades
  ) -> Int {
    var bytes = 0
    var start = 0
    var row = 0.5
    while start < image.count {
      let values = Array(image[start..<min(start + pixelsPerRow, image.count)])
      cells.addRow(values, x: origin.x, centerY: origin.y + row * pixel, cellWidth: pixel)
      var previous = 0
      for value in values {
        let level = shades.level(value)
        if level != previous, level != 0 { bytes += 9 }
        previous = level
      }
      start += pixelsPerRow
      row += 1
    }
    return bytes
  }

  private func words(shown: Int, signed: Double?) -> String {
    var text = TextBuffer()
    text.appendGrouped(shown)
    text.append(shown == 1 ? " image" : " images" as StaticString)
    text.append(" of ")
    text.append(pixelsPerRow)
    text.append(" × ")
    text.append((images.first?.count ?? 0) / pixelsPerRow)
    text.append(" pixels")
    for (index, name) in names.prefix(min(shown, 20)).enumerated() {
      text.append(index == 0 ? ": " : ", " as StaticString)
      text.append(name)
    }
    if let signed {
      text.append("; orange below zero, to -")
      text.appendFigureNumber(signed, digits: 3)
      text.append(", gray above, to ")
      text.appendFigureNumber(signed, digits: 3)
    }
    if !overlay.isEmpty { text.append("; blue raises and orange lowers the answer") }
    return text.string
  }
}
