/// The lines in which two texts differ, as one change.
struct LineChange: Equatable {
  var range: EditorRange
  var text: String

  /// Nil for equal texts.
  init?(from old: String, to new: String) {
    let (a, b) = (Array(old.utf8), Array(new.utf8))
    if a == b { return nil }
    let shorter = min(a.count, b.count)
    var same = 0
    while same < shorter, a[same] == b[same] { same += 1 }
    let first = a[..<same].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    var tail = 0
    while tail < shorter - first, a[a.count - 1 - tail] == b[b.count - 1 - tail] { tail += 1 }
    var end = a.count - tail
    while end < a.count, a[end] != 0x0A { end += 1 }
    let line = a[..<first].count { $0 == 0x0A }
    let lastLine = max(first, a[..<end].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0)
    let rest = a[lastLine..<end]
    range = EditorRange(
      EditorPosition(line: line, character: 0),
      EditorPosition(
        line: line + a[first..<end].count { $0 == 0x0A }, character: rest.units(before: rest.count))
    )
    text = String(decoding: b[first..<(end + b.count - a.count)], as: UTF8.self)
  }
}
