/// A table of text that was written as HTML, for the Markdown output.
struct MarkupTable {
  private var rows: [[String]] = []
  private var headerRows = 0

  /// Nil where the markup is anything but one table whose cells are text.
  init?(_ html: String) {
    var scanner = MarkupScanner(html)
    var path: [String] = []
    var cell: String?
    while true {
      guard let token = try? scanner.next() else { break }
      switch token {
      case .comment: continue
      case .text(let text):
        if cell != nil {
          cell?.append(text)
        } else if text.contains(where: { !$0.isWhitespace }) {
          return nil
        }
      case .opening(let name, let attributes, _, _):
        switch name {
        case "table" where path.isEmpty && rows.isEmpty: break
        case "thead", "tbody", "tfoot": break
        case "tr": rows.append([])
        case "th", "td":
          if attributes.contains(where: { $0.name == "colspan" || $0.name == "rowspan" }) {
            return nil
          }
          cell = ""
        default: return nil
        }
        path.append(name)
      case .closing(let name, _):
        guard path.popLast() == name else { return nil }
        if name == "thead" { headerRows = rows.count }
        if name == "th" || name == "td", let text = cell, !rows.isEmpty {
          rows[rows.count - 1].append(text)
          cell = nil
        }
      }
    }
    let width = rows.first?.count ?? 0
    guard path.isEmpty, headerRows == 1, width > 0, rows.allSatisfy({ $0.count == width }) else {
      return nil
    }
  }

  var markdown: String {
    var lines = rows.map { row in "| " + row.map(Self.escaped).joined(separator: " | ") + " |" }
    lines.insert("|" + String(repeating: " --- |", count: rows[0].count), at: 1)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func escaped(_ text: String) -> String {
    text.markdownEscaped.replacing("|", with: "\\|")
  }
}
