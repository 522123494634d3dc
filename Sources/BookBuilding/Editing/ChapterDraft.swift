/// A chapter as somebody changes it in the page: the text of the file, and what of it is to be another.
///
/// Every line knows whether it is one of the file's, so that saving writes the lines that were changed
/// and no others.
struct ChapterDraft: Equatable, Sendable {
  /// New lines in the place of old ones.
  struct Edit: Equatable, Sendable, Decodable {
    /// From 1; one more than there are lines stands for the end.
    var first: Int
    var count: Int
    var lines: [String]
  }

  enum Refusal: Error, Equatable, Sendable {
    /// Lines that there are not, or that two edits want.
    case noSuchLines
    /// A line that holds an end of a line, or a NUL.
    case noLine
  }

  /// Lines of the file, from 0, and those of the draft in their place.
  struct Change: Equatable, Sendable {
    var old: Range<Int>
    var new: Range<Int>
  }

  private struct Line: Equatable, Sendable {
    var bytes: [UInt8]
    /// Index of the file's line that it is.
    var origin: Int?
  }

  /// The file as it was when the first of the changes was made.
  private(set) var file: ChapterLines
  private var lines: [Line]

  init(of file: [UInt8]) {
    self.file = ChapterLines(file)
    lines = self.file.lines.enumerated().map { Line(bytes: $1, origin: $0) }
  }

  var lineCount: Int { lines.count }
  var text: [UInt8] { file.mark + lines.flatMap(\.bytes) }
  var isChanged: Bool { !changes.isEmpty }

  /// Texts of lines, from 0, without their ends.
  func texts(_ range: Range<Int>) -> [String] { lines[range].map(\.bytes.lineText) }

  mutating func apply(_ edits: [Edit]) throws(Refusal) {
    let sorted = edits.sorted { ($0.first, $0.count) < ($1.first, $1.count) }
    var end = 1
    for edit in sorted {
      guard edit.first >= end, edit.count >= 0, edit.first <= lines.count + 1,
        edit.count <= lines.count + 1 - edit.first
      else { throw .noSuchLines }
      end = edit.first + edit.count
      let isText = edit.lines.allSatisfy { line in
        line.utf8.allSatisfy { $0 != 0x0A && $0 != 0x0D && $0 != 0 }
      }
      if !isText { throw .noLine }
    }
    for edit in sorted.reversed() { replace(edit) }
    restoreUnchanged()
  }

  private mutating func replace(_ edit: Edit) {
    var range = edit.first - 1..<edit.first - 1 + edit.count
    var new = edit.lines[...]
    // Lines that stay what they are stay the file's.
    while let line = new.first, !range.isEmpty, lines[range.lowerBound].bytes.lineText == line {
      new.removeFirst()
      range = range.lowerBound + 1..<range.upperBound
    }
    while let line = new.last, !range.isEmpty, lines[range.upperBound - 1].bytes.lineText == line {
      new.removeLast()
      range = range.lowerBound..<range.upperBound - 1
    }
    let ending = lineEnd(near: range.lowerBound)
    var made = new.map { Line(bytes: Array($0.utf8) + ending) }
    let endsFile = range.upperBound == lines.count
    if endsFile, let last = lines.last, last.bytes.lineEnd.isEmpty, !made.isEmpty {
      // The file ends without an end of its last line, and goes on doing so.
      made[made.count - 1].bytes = Array(made[made.count - 1].bytes.withoutLineEnd)
      if range.isEmpty { lines[lines.count - 1] = Line(bytes: last.bytes + ending) }
    }
    lines.replaceSubrange(range, with: made)
  }

  /// As the lines around it end.
  private func lineEnd(near index: Int) -> [UInt8] {
    let near = lines.indices.contains(index) ? [index, index - 1, 0] : [index - 1, 0]
    for place in near where lines.indices.contains(place) {
      let end = lines[place].bytes.lineEnd
      if !end.isEmpty { return Array(end) }
    }
    return [0x0A]
  }

  /// Lines that were changed and changed back are the file's again.
  private mutating func restoreUnchanged() {
    for change in changes where change.old.count == change.new.count {
      let isSame = zip(change.old, change.new).allSatisfy { file.lines[$0] == lines[$1].bytes }
      guard isSame else { continue }
      for (old, new) in zip(change.old, change.new) { lines[new].origin = old }
    }
  }

  var changes: [Change] {
    var changes: [Change] = []
    var (old, new) = (0, 0)
    func close(_ oldEnd: Int, _ newEnd: Int) {
      if old < oldEnd || new < newEnd {
        changes.append(Change(old: old..<oldEnd, new: new..<newEnd))
      }
    }
    for (index, line) in lines.enumerated() {
      guard let origin = line.origin else { continue }
      close(origin, index)
      (old, new) = (origin + 1, index + 1)
    }
    close(file.lines.count, lines.count)
    return changes
  }

  /// What stands in the file in the place of these lines; nil where they are the file's own.
  func saved(_ range: Range<Int>) -> [String]? {
    guard changes.contains(where: { $0.touches(range) }) else { return nil }
    let before = lines[..<range.lowerBound].last { $0.origin != nil }?.origin
    let after = lines[range.upperBound...].first { $0.origin != nil }?.origin
    let old = (before.map { $0 + 1 } ?? 0)..<(after ?? file.lines.count)
    return file.lines[old].map(\.lineText)
  }

  /// The draft once its changes in these lines, or all of them, are the file's.
  func saving(_ range: Range<Int>?) -> ChapterDraft {
    var saved: [[UInt8]] = []
    var lines = self.lines
    var (old, new) = (0, 0)
    func keep(to end: Int) {
      while old < end {
        lines[new].origin = saved.count
        saved.append(file.lines[old])
        old += 1
        new += 1
      }
    }
    for change in changes {
      keep(to: change.old.lowerBound)
      if range.map({ change.touches($0) }) ?? true {
        for index in change.new {
          lines[index].origin = saved.count
          saved.append(lines[index].bytes)
        }
      } else {
        saved += file.lines[change.old]
      }
      (old, new) = (change.old.upperBound, change.new.upperBound)
    }
    keep(to: file.lines.count)
    var draft = self
    draft.file = ChapterLines(mark: file.mark, lines: saved)
    draft.lines = lines
    draft.restoreUnchanged()
    return draft
  }

  /// The same text as changes of another file.
  func onTop(of other: [UInt8]) -> ChapterDraft {
    var draft = ChapterDraft(of: other)
    let (old, new) = (draft.file.lines, lines.map(\.bytes))
    var start = 0
    while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
    var origins = Array(0..<start) as [Int?]
    let rest = Array(new[start...])
    let difference = rest.difference(from: Array(old[start...]))
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var place = 0
    for index in rest.indices {
      if inserted.contains(index) {
        origins.append(nil)
        continue
      }
      while removed.contains(place) { place += 1 }
      origins.append(start + place)
      place += 1
    }
    draft.lines = zip(new, origins).map { Line(bytes: $0, origin: $1) }
    return draft
  }
}

extension ChapterDraft.Change {
  /// Whether it is one of these lines, from 0; lines that are gone stood before, in or after them.
  func touches(_ range: Range<Int>) -> Bool {
    if new.isEmpty || range.isEmpty {
      return new.lowerBound <= range.upperBound && range.lowerBound <= new.upperBound
    }
    return new.overlaps(range)
  }
}
