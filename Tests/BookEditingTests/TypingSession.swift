import Foundation

@testable import BookEditing

/// An hour at the keyboard, or a part of it, from a seed: sentences and cells typed letter by letter, front
/// matter broken and mended, lines moved, pieces cut and pasted, mistakes taken back.
///
/// Its texts are kept as units of UTF-16, as an editor keeps them, so that nothing of the server's own
/// reckoning is in what the server is held to.
struct TypingSession {
  struct Edit {
    /// Nil for the whole text.
    var range: EditorRange?
    var text: String
  }

  private(set) var text: String
  private var random: SplitMix
  private var pending: [Edit] = []
  private var earlier: [String] = []

  init(_ text: String, seed: UInt64) {
    self.text = text
    random = SplitMix(state: seed)
  }

  private static let sentences = [
    "The loss falls, see [](#fig-loss).\n", "> A quote with 漢字 and 😀.\n>\n",
    "Half is `{swift} half, %.2f` of it.\n", "- one\n- two\n", "## A part\n\n",
    "![](images/photo.jpg)\n", "Inline `code` and $x^2$.\n", "\n```swift hiden\nlet z = 1\n```\n",
    "\n```swift id=fig-two\n//| caption: Two.\nlet two = 2\ntwo\n```\n",
    "\n- item\n\n  ```swift reset\n  let a = [1, 2]\n  a.count\n  ```\n",
    "\n```swift fail\nlet s: Int = \"no\"\n```\n", "<!-- a remark -->\n", "\r\n",
  ]

  /// The next thing that the author does.
  mutating func next() -> Edit {
    if pending.isEmpty { begin() }
    let edit = pending.removeFirst()
    apply(edit)
    return edit
  }

  /// Where the author might point at.
  mutating func place() -> EditorPosition {
    place(ofUnit: Int.random(in: 0...text.utf16.count, using: &random))
  }

  mutating func chance(_ parts: Int) -> Bool { Int.random(in: 0..<parts, using: &random) == 0 }

  mutating func choose<Value>(_ values: [Value]) -> Value { values.randomElement(using: &random)! }

  private mutating func begin() {
    switch Int.random(in: 0..<12, using: &random) {
    case 0..<6: type(choose(Self.sentences), at: startOfLine())
    case 6:
      // In the front matter, where every letter breaks it.
      type(
        choose(["date: 2026-", "descr", ": :", "---\n", "title: \"x"]), at: startOfLine(before: 4))
    case 7: erase(Int.random(in: 1...12, using: &random))
    case 8:
      let start = place()
      pending = [Edit(range: EditorRange(start, place()), text: "")]
    case 9:
      let at = place()
      pending = [Edit(range: EditorRange(at, at), text: choose(Self.sentences))]
    case 10:
      // Taken back, all at once.
      pending = [Edit(range: nil, text: earlier.popLast() ?? text)]
    default:
      type(choose(["let half = 0.5\n", "half.", "x", "``", "`", "}", "\t", "é😀"]), at: place())
    }
    earlier.append(text)
    if earlier.count > 8 { earlier.removeFirst() }
    // A chapter that grows without end would only make the hour longer.
    if text.utf16.count > 4000 { pending = [Edit(range: nil, text: earlier[0])] }
    if text.utf16.count < 200 { pending = [Edit(range: nil, text: InCellsTests.chapter)] }
  }

  private mutating func type(_ words: String, at start: EditorPosition) {
    var (line, character) = (start.line, start.character)
    for letter in words {
      let at = EditorPosition(line: line, character: character)
      pending.append(Edit(range: EditorRange(at, at), text: String(letter)))
      if letter.isNewline {
        (line, character) = (line + 1, 0)
      } else {
        character += String(letter).utf16.count
      }
    }
  }

  private mutating func erase(_ count: Int) {
    let end = Int.random(in: 0...text.utf16.count, using: &random)
    for unit in stride(from: end, to: max(0, end - count), by: -1) {
      let range = EditorRange(place(ofUnit: unit - 1), place(ofUnit: unit))
      pending.append(Edit(range: range, text: ""))
    }
  }

  private mutating func startOfLine(before last: Int = .max) -> EditorPosition {
    let lines = Self.lines(of: text).count
    return EditorPosition(line: Int.random(in: 0..<min(lines, last), using: &random), character: 0)
  }

  // MARK: The text as an editor keeps it

  /// Without their ends.
  static func lines(of text: String) -> [[UInt16]] {
    var lines: [[UInt16]] = [[]]
    var last: UInt16 = 0
    for unit in text.utf16 {
      if unit == 10, last == 13 {
        last = unit
        continue
      }
      if unit == 10 || unit == 13 { lines.append([]) } else { lines[lines.count - 1].append(unit) }
      last = unit
    }
    return lines
  }

  private func place(ofUnit wanted: Int) -> EditorPosition {
    // Nobody points between the halves of a character, or of a line's end.
    var index = text.startIndex
    while index < text.endIndex, text.utf16.distance(from: text.startIndex, to: index) < wanted {
      text.formIndex(after: &index)
    }
    let before = Self.lines(of: String(text[..<index]))
    return EditorPosition(line: before.count - 1, character: before.last!.count)
  }

  private mutating func apply(_ edit: Edit) {
    guard let range = edit.range else {
      text = edit.text
      return
    }
    var units = Array(text.utf16)
    let (start, end) = (unit(at: range.start, units), unit(at: range.end, units))
    units.replaceSubrange(start..<max(start, end), with: edit.text.utf16)
    text = String(decoding: units, as: UTF16.self)
  }

  private func unit(at place: EditorPosition, _ units: [UInt16]) -> Int {
    var (line, index) = (0, 0)
    while line < place.line, index < units.count {
      let isPair = units[index] == 13 && index + 1 < units.count && units[index + 1] == 10
      if units[index] == 10 || units[index] == 13 { line += 1 }
      index += isPair ? 2 : 1
    }
    guard line == place.line else { return units.count }
    var end = index
    while end < units.count, units[end] != 10, units[end] != 13 { end += 1 }
    return min(index + place.character, end)
  }
}
