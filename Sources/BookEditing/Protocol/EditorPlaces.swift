/// A place as editors count it: line from 0, and UTF-16 units from 0 in the line.
package struct EditorPosition: Hashable, Comparable, Sendable {
  package var line: Int
  package var character: Int

  package init(line: Int, character: Int) {
    self.line = line
    self.character = character
  }

  package static func < (a: EditorPosition, b: EditorPosition) -> Bool {
    (a.line, a.character) < (b.line, b.character)
  }

  init?(_ json: JSON?) {
    guard let line = json?["line"]?.whole, let character = json?["character"]?.whole, line >= 0
    else { return nil }
    self.init(line: line, character: max(0, character))
  }

  var json: JSON { ["line": .integer(line), "character": .integer(character)] }
}

package struct EditorRange: Hashable, Sendable {
  package var start: EditorPosition
  package var end: EditorPosition

  package init(_ start: EditorPosition, _ end: EditorPosition) {
    self.start = start
    self.end = max(start, end)
  }

  init?(_ json: JSON?) {
    guard let start = EditorPosition(json?["start"]), let end = EditorPosition(json?["end"]) else {
      return nil
    }
    self.init(start, end)
  }

  var json: JSON { ["start": start.json, "end": end.json] }

  func contains(_ position: EditorPosition) -> Bool { start <= position && position <= end }
}
