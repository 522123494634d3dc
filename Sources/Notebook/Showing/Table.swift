/// Rows and columns, shown as a table of the page.
public struct Table: Sendable, Displayable {
  let columns: [Column]
  let caption: String

  /// Rows that are seen at once; the rest is folded behind a summary.
  private static let seenRows = 24

  /// Rows that are on the page at all.
  private static let mostRows = 200

  private var rowCount: Int {
    columns.reduce(0) { max($0, $1.cells.count) }
  }

  public var display: Display {
    @export(interface) get {
      var html = Markup()
      let rows = rowCount
      // Two rows more than fit are not worth a fold.
      let seen = rows <= Self.seenRows + 2 ? rows : Self.seenRows
      html.begin("div")
      html.set("class", "nn-table-box")
      write(0..<seen, to: &html, isFirst: true)
      if seen < rows {
        html.begin("details")
        html.begin("summary")
        var summary = TextBuffer()
        summary.appendGrouped(rows - seen)
        summary.append(" more rows")
        if rows > Self.mostRows {
          summary.append(", of which ")
          summary.appendGrouped(Self.mostRows - seen)
          summary.append(" are on this page")
        }
        html.text(raw: summary.bytes)
        html.endWithTag()
        write(seen..<min(rows, Self.mostRows), to: &html, isFirst: false)
        html.endWithTag()
      }
      html.endWithTag()
      return Display(.html, html.bytes, plain: plainText)
    }
  }

  private func write(_ rows: Range<Int>, to html: inout Markup, isFirst: Bool) {
    html.begin("table")
    html.set("class", "nn-table")
    if isFirst, !caption.utf8.isEmpty {
      html.begin("caption")
      html.text(caption)
      html.endWithTag()
    }
    writeRow("thead", "th", columns.map { Array($0.title.utf8) }, to: &html)
    html.begin("tbody")
    for row in rows {
      html.newline()
      html.begin("tr")
      for column in columns { writeCell(column, row, to: &html) }
      html.endWithTag()
    }
    html.endWithTag()
    if isFirst, columns.contains(where: { !$0.footer.utf8.isEmpty }) {
      writeRow("tfoot", "td", columns.map { Array($0.footer.utf8) }, to: &html)
    }
    html.newline()
    html.endWithTag()
  }

  private func writeRow(
    _ group: StaticString, _ cell: StaticString, _ texts: [[UInt8]], to html: inout Markup
  ) {
    html.newline()
    html.begin(group)
    html.begin("tr")
    for (index, column) in columns.enumerated() {
      // A heading says something: the corner above names of rows has none.
      let isNamed = !texts[index].isEmpty
      html.begin(isNamed ? cell : "td")
      if isNamed, cell.utf8CodeUnitCount == 2, group.utf8CodeUnitCount == 5, isHead(group) {
        html.set("scope", "col")
      }
      if column.isNumeric { html.set("class", "nn-number") }
      html.text(String(decoding: texts[index], as: UTF8.self))
      html.endWithTag()
    }
    html.endWithTag()
    html.endWithTag()
  }

  private func isHead(_ group: StaticString) -> Bool { group.utf8Start[1] == UInt8(ascii: "h") }

  private func writeCell(_ column: Column, _ row: Int, to html: inout Markup) {
    html.begin("td")
    let hasBar = row < min(column.shares.count, column.cells.count)
    if column.isNumeric {
      html.set("class", hasBar ? "nn-number nn-share" : "nn-number" as StaticString)
    }
    if hasBar { writeBar(column.shares[row], to: &html) }
    if row < column.cells.count {
      // A box of its own, so that all bars begin at one place.
      if hasBar { html.begin("span") }
      let cell = column.cells[row]
      html.text((column.isNumeric ? cell.typeset : cell).string)
      if hasBar { html.endWithTag() }
    }
    html.endWithTag()
  }

  /// A bar as a tiny picture; the number beside it says the same.
  private func writeBar(_ share: Double, to html: inout Markup) {
    html.begin("svg")
    html.set("class", "nn-bar")
    html.set("width", 64)
    html.set("height", 10)
    html.set("viewBox", "0 0 64 10")
    html.set("aria-hidden", "true")
    html.begin("rect")
    html.set("width", 64)
    html.set("height", 10)
    html.set("fill", .grid)
    html.end()
    html.begin("rect")
    html.set("width", share.isFinite ? min(max(share, 0), 1) * 64 : 0)
    html.set("height", 10)
    html.set("fill", .blue)
    html.end()
    html.endWithTag()
  }

  /// The table in text, for a program that is run by hand.
  private var plainText: [UInt8] {
    var text = TextBuffer()
    let rows = min(rowCount, Self.mostRows)
    for row in -1..<rows {
      for (index, column) in columns.enumerated() {
        if index > 0 { text.append("\t") }
        if row < 0 {
          text.append(column.title)
        } else if row < column.cells.count {
          text.append(column.cells[row])
        }
      }
      text.append("\n")
    }
    return text.bytes
  }
}

/// Shows columns as a table.
public func table(_ columns: Column..., caption: String = "") -> Table {
  Table(columns: columns, caption: caption)
}

/// The same for columns that a loop has made.
public func table(_ columns: [Column], caption: String = "") -> Table {
  Table(columns: columns, caption: caption)
}
