import BookModel

/// A diagnostic as a workflow command, such as `::error file=…,line=3::message`.
struct GitHubAnnotation {
  private let diagnostic: Diagnostic

  init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }

  var text: String {
    let kind = diagnostic.severity == .note ? "notice" : diagnostic.severity.rawValue
    var properties: [String] = []
    if let range = diagnostic.range {
      properties.append("file=" + Self.escaped(range.file, isProperty: true))
      properties.append("line=\(range.start.line)")
      properties.append("col=\(range.start.column)")
      // GitHub takes an end column for places within one line only.
      if range.end.line > range.start.line {
        properties.append("endLine=\(range.end.line)")
      } else if range.end.column > range.start.column {
        properties.append("endColumn=\(range.end.column)")
      }
    }
    properties.append("title=" + Self.escaped(diagnostic.id.rawValue, isProperty: true))
    let notes = diagnostic.notes.map { "\n" + $0.summary }.joined()
    return "::\(kind) \(properties.joined(separator: ","))::"
      + Self.escaped(diagnostic.summary + notes, isProperty: false) + "\n"
  }

  /// Commands end with their line, and properties with a comma or a colon.
  private static func escaped(_ text: String, isProperty: Bool) -> String {
    var result = ""
    for character in text.unicodeScalars {
      switch character {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where isProperty: result += "%3A"
      case "," where isProperty: result += "%2C"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }
}
