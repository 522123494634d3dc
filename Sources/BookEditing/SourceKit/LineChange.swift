/// The lines in which two texts differ, as one change.
struct LineChange: Equatable {
  var range: EditorRange
  var text: String

  /// Nil for equal texts.
  init?(from old: String, to new: String) {
    let (a, b) = (Array(old.utf8), Array(new.utf8))
    let common = a.withUnsafeBytes { a in b.withUnsafeBytes { ByteSearch.commonEnds(a, $0) } }
    if a.count == b.count, common.beginning == a.count { return nil }
    let first = a[..<common.beginning].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let tail = min(common.end, min(a.count, b.count) - first)
    var end = a.count - tail
    while end < a.count, a[end] != 0x0A { end += 1 }
    let line = a.withUnsafeBytes { ByteSearch.count(0x0A, in: .init(rebasing: $0[..<first])) }
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
