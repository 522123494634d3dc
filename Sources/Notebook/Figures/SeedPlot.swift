/// What many runs of one kind of network ended with, one value for each seed.
public struct SeedRow: Sendable {
  let name: String
  let losses: [Double]
  let group: String

  /// - Parameters:
  ///   - name: stands beside the row.
  ///   - losses: what each seed ended with.
  ///   - group: what a row and its neighbors have in common; written once above them.
  public init<Value: ShownNumber>(_ name: String, _ losses: [Value], group: String = "") {
    self.name = name
    self.losses = doubles(losses)
    self.group = group
  }
}

/// Draws one dot for each seed, so that a lucky one is seen for what it is. `named` says what a seed
/// is that ends below the limit, `y` what the names of the rows are.
///
/// ```swift
/// seedPlot(
///   [SeedRow("2", losses, group: "tanh"), SeedRow("4", others, group: "tanh")],
///   solvedBelow: 0.01, x: .log("final loss"), y: "hidden units")
/// ```
public func seedPlot(
  _ rows: [SeedRow], solvedBelow limit: Double, named limitName: String = "solved",
  x: Axis = .log("final loss"), y: String = "", title: String = ""
) -> Figure {
  Figure { size in
    SeedPlot(rows: rows, limit: limit, limitName: limitName, xAxis: x, yLabel: y, title: title)
      .drawing(size)
  }
}

struct SeedPlot {
  let rows: [SeedRow]
  let limit: Double
  let limitName: String
  let xAxis: Axis
  let yLabel: String
  let title: String

  @export(interface)
  func drawing(_ size: FigureSize) -> Drawing {
    var left = 10.0
    var right = 40.0
    for row in rows {
      left = max(left, textWidth(row.name, size: 12) + 14)
      right = max(right, textWidth(share(row), size: 12) + 10)
    }
    left = min(left, size.width * 0.35)
    let top = (title.utf8.isEmpty ? 22.0 : 42) + (yLabel.utf8.isEmpty ? 0 : 18)
    let isLog = xAxis.kind == .log
    var extent = DataRange()
    for row in rows { for loss in row.losses { extent.include(loss, positive: isLog) } }
    extent.include(limit, positive: isLog)
    let scale = xAxis.scale(covering: extent, tickCount: 5)
      .mapped(from: left + 6, to: size.width - right - 6)
    let dots = rows.map {
      SeedDots($0.losses, limit: limit, scale, from: left, to: size.width - right)
    }
    // Where each row ends; a group has its name above its first row.
    var bottom = top
    let ends = rows.indices.map { index in
      bottom += dots[index].height + 12 + (startsGroup(index) ? 18 : 0)
      return bottom
    }
    if rows.isEmpty { bottom += 46 }
    return Drawing(
      width: size.width, height: bottom + 42,
      title: title.utf8.isEmpty ? accessibleTitle : title, description: words
    ) { canvas in
      canvas.text(title, at: Point(x: 2, y: 14), size: 13, bold: true)
      if rows.isEmpty {
        canvas.text(
          "no seeds to draw", at: Point(x: size.width / 2, y: top + 24), .middle, .muted)
        return
      }
      drawAxis(scale, top: top, bottom: bottom, size, canvas)
      for (index, row) in rows.enumerated() {
        let base = ends[index] - 5
        if startsGroup(index) {
          canvas.text(
            row.group, at: Point(x: 2, y: base - dots[index].height - 9), bold: true, halo: true)
        }
        canvas.text(
          shortened(row.name, width: left - 8), at: Point(x: left - 6, y: base - 12), .end)
        canvas.line(
          Point(x: left, y: base + 3), Point(x: size.width - right, y: base + 3), .grid)
        draw(dots[index], base: base, canvas)
        canvas.text(
          share(row), at: Point(x: size.width - right + 6, y: base - 12), .start,
          isMostlySolved(row) ? .blue : .orange)
      }
    }
  }

  /// Pieces and gradients are counted as well as success, so that the axis says what it is.
  private var accessibleTitle: String {
    if xAxis.label.utf8.isEmpty { return "One dot for each seed" }
    var text = TextBuffer()
    text.append(xAxis.label)
    text.append(", one dot for each seed")
    return text.string
  }

  private func startsGroup(_ index: Int) -> Bool {
    !rows[index].group.utf8.isEmpty && (index == 0 || rows[index - 1].group != rows[index].group)
  }

  private func drawAxis(
    _ scale: Scale, top: Double, bottom: Double, _ size: FigureSize, _ canvas: Canvas
  ) {
    let place = scale(limit)
    canvas.line(Point(x: place, y: top - 4), Point(x: place, y: bottom), .ink, dashed: true)
    canvas.text(yLabel, at: Point(x: 2, y: top - 8))
    var text = TextBuffer()
    text.append(limitName)
    text.append(" below ")
    text.appendFigureNumber(limit)
    let names = [text.string, "not"]
    let width = names.reduce(-14) { $0 + textWidth($1, size: 12) + 34 }
    // Around the line, as far as there is room.
    let left = min(max(place - textWidth(text.string, size: 12) - 34, 2), size.width - width - 2)
    canvas.legend(
      names, at: Point(x: max(left, 2), y: title.utf8.isEmpty ? 14 : 34), width: size.width
    ) { index, point in
      canvas.dots(
        [point], index == 0 ? .circle : .square, index == 0 ? .blue : .orange, size: 6)
    }
    var previousEnd = -1.0
    for tick in scale.ticks(count: 5) {
      let x = scale(tick.value)
      let half = textWidth(tick.label, size: 12) / 2
      guard x - half > previousEnd + 4 else { continue }
      previousEnd = x + half
      canvas.line(Point(x: x, y: bottom), Point(x: x, y: bottom + 4), .muted)
      canvas.text(tick.label, at: Point(x: x, y: bottom + 17), .middle, .muted)
    }
    canvas.text(xAxis.label, at: Point(x: size.width - 2, y: bottom + 34), .end)
  }

  private func draw(_ dots: SeedDots, base: Double, _ canvas: Canvas) {
    for isSolved in [true, false] {
      let points = dots.places.filter { $0.isSolved == isSolved }.prefix(800 / max(rows.count, 1))
        .map { place in Point(x: place.x, y: base - place.height) }
      canvas.dots(
        points, isSolved ? .circle : .square, isSolved ? .blue : .orange, size: dots.size)
    }
  }

  private func solvedCount(_ row: SeedRow) -> Int { row.losses.filter { $0 < limit }.count }

  /// One lucky seed is no success.
  private func isMostlySolved(_ row: SeedRow) -> Bool {
    solvedCount(row) * 2 >= max(row.losses.count, 1)
  }

  private func share(_ row: SeedRow) -> String {
    var text = TextBuffer()
    text.appendGrouped(solvedCount(row))
    text.append(" of ")
    text.appendGrouped(row.losses.count)
    return text.string
  }

  private var words: String {
    var text = TextBuffer()
    for (index, row) in rows.enumerated() {
      if index > 0 { text.append("; ") }
      if !row.name.utf8.isEmpty {
        if !row.group.utf8.isEmpty {
          text.append(row.group)
          text.append(" ")
        }
        text.append(row.name)
        text.append(": ")
      }
      text.append(share(row))
      // Once is enough for who listens.
      if index == 0 {
        text.append(" seeds below ")
        text.appendFigureNumber(limit)
      }
      let odd = row.losses.filter { !$0.isFinite }.count
      if odd > 0 {
        text.append(", ")
        text.appendGrouped(odd)
        text.append(" not finite")
      }
    }
    return rows.isEmpty ? "no seeds" : text.string
  }
}
