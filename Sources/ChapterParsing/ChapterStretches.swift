import BookModel
import Markdown

/// A chapter that is being edited: what was read of the stretches of its text that an edit leaves alone
/// is kept, so that a stroke costs a stretch and not a chapter.
package struct ChapterStretches: Sendable {
  package struct Placed: Sendable {
    package var stretch: ChapterStretch
    /// In the file.
    package var firstLine: Int
    /// In the text.
    var start: Int
    var text: ReadText?
  }

  /// In the order of the text.
  package private(set) var placed: [Placed] = []
  /// The text after the front matter.
  private var body: [UInt8] = []
  private var path: String
  private var length: Int

  /// Shorter ones would be more in number than they save.
  package static let length = 2048

  /// - Parameter length: in bytes, of all stretches but those that an edit cut.
  package init(path: String, length: Int = length) {
    self.path = path
    self.length = length
  }

  /// How many bytes two texts begin and end with in common; the two stretches may overlap.
  package typealias CommonEnds =
    @Sendable (_ old: UnsafeRawBufferPointer, _ new: UnsafeRawBufferPointer) -> (
      beginning: Int, end: Int
    )

  /// Whether the stretches together are the chapter: no reference in one is told its meaning in another.
  var areIndependent: Bool {
    var squaredPipes = 0
    for part in placed {
      guard part.text != nil, !part.stretch.mayDefine else { return false }
      squaredPipes += part.stretch.squaredPipes
    }
    return squaredPipes < 400_000_000
  }

  /// A stretch as a chapter of its own, as far as those who ask for its outline need one.
  package func chapter(ofStretchAt index: Int) -> Chapter {
    let part = placed[index]
    let bytes = body[part.start..<part.start + part.stretch.byteCount]
    return Chapter(
      path: path, slug: "", frontMatter: FrontMatter(title: ""),
      markdown: String(decoding: bytes, as: UTF8.self), firstLine: 1,
      cells: part.stretch.text?.cells ?? [], inlineValues: [],
      headings: part.stretch.text?.headings ?? [])
  }

  // MARK: Edits

  /// - Parameter firstLine: of the text in the file.
  mutating func read(
    _ text: [UInt8], firstLine: Int, files: IncludedFiles?, _ commonEnds: CommonEnds
  ) {
    let kept = unchanged(in: text, commonEnds)
    var stretches = Array(placed[..<kept.first].map(\.stretch))
    var start = kept.start
    // Where stretches begin that may be kept behind the changed text, by their new offsets.
    var behind = kept.behind[...]
    while start < text.count {
      while let next = behind.first, next.offset < start { behind.removeFirst() }
      if let next = behind.first, next.offset == start {
        stretches += placed[next.index...].map(\.stretch)
        break
      }
      let stretch = stretch(from: start, in: text, &behind, files)
      stretches.append(stretch)
      start += stretch.byteCount
    }
    place(stretches, text, firstLine, files)
  }

  private struct Kept {
    /// Number of stretches before the change.
    var first: Int
    var start: Int
    var behind: [(offset: Int, index: Int)]
  }

  private func unchanged(in text: [UInt8], _ commonEnds: CommonEnds) -> Kept {
    let (beginning, end) = body.withUnsafeBytes { old in
      text.withUnsafeBytes { commonEnds(old, $0) }
    }
    if beginning == body.count, body.count == text.count {
      return Kept(first: placed.count, start: text.count, behind: [])
    }
    var kept = Kept(first: 0, start: 0, behind: [])
    var offset = 0
    var isBefore = true
    for (index, part) in placed.enumerated() {
      let next = offset + part.stretch.byteCount
      // The last one ends with the text.
      if isBefore, next <= beginning, index + 1 < placed.count {
        kept.first = index + 1
        kept.start = next
      } else if isBefore {
        isBefore = false
        if index > 0, offset + part.stretch.beginning > beginning {
          kept.first = index - 1
          kept.start = offset - placed[index - 1].stretch.byteCount
        }
      } else if body.count - offset <= min(end, text.count - kept.start - 1) {
        kept.behind.append((offset + text.count - body.count, index))
      }
      offset = next
    }
    return kept
  }

  /// The stretch that begins at an offset; as far as it has to go, that nothing is left open.
  private func stretch(
    from start: Int, in text: [UInt8], _ behind: inout ArraySlice<(offset: Int, index: Int)>,
    _ files: IncludedFiles?
  ) -> ChapterStretch {
    var wanted = start + length
    while true {
      while let next = behind.first, next.offset <= start { behind.removeFirst() }
      let end = end(from: wanted, in: text, behind.first?.offset)
      if let stretch = ChapterStretch(
        text[start..<end], isLast: end == text.count, path: path, files: files)
      {
        return stretch
      }
      while let next = behind.first, next.offset <= end { behind.removeFirst() }
      wanted = start + 2 * (end - start)
    }
  }

  private func end(from wanted: Int, in text: [UInt8], _ known: Int?) -> Int {
    text.withUnsafeBufferPointer { text in
      if let known, known <= wanted, ChapterStretch.mayBegin(at: known, in: text) { return known }
      var offset = wanted
      while offset < text.count,
        text[offset - 1] != 0x0A || !ChapterStretch.mayBegin(at: offset, in: text)
      { offset += 1 }
      return min(offset, text.count)
    }
  }

  private mutating func place(
    _ stretches: [ChapterStretch], _ text: [UInt8], _ firstLine: Int, _ files: IncludedFiles?
  ) {
    let old = Dictionary(
      placed.map { (ObjectIdentifier($0.stretch), $0) }, uniquingKeysWith: { first, _ in first })
    var line = firstLine
    var start = 0
    var inclusions = 0
    placed = stretches.map { stretch in
      var stretch = stretch
      defer {
        line += stretch.lineCount
        start += stretch.byteCount
        inclusions += stretch.text?.inclusions.count ?? 0
      }
      // What stands in other files may have changed, and is counted through the chapter.
      if stretch.text?.asksForFiles == true {
        let end = start + stretch.byteCount
        stretch =
          ChapterStretch(
            text[start..<end], isLast: end == text.count, path: path, files: files,
            inclusionsBefore: inclusions) ?? stretch
      } else if var known = old[ObjectIdentifier(stretch)], known.firstLine == line {
        known.start = start
        return known
      }
      return Placed(
        stretch: stretch, firstLine: line, start: start, text: stretch.text?.moved(by: line - 1))
    }
    body = text
  }

  /// A line of the file; lines of the front matter are not among them.
  func line(_ number: Int) -> String? {
    for (place, part) in placed.enumerated() {
      let index = number - part.firstLine
      if index < part.stretch.lineCount || place + 1 == placed.count {
        let lines = body[part.start..<part.start + part.stretch.byteCount].split(
          separator: 0x0A, maxSplits: index + 1, omittingEmptySubsequences: false)
        return lines.indices.contains(index) ? String(decoding: lines[index], as: UTF8.self) : nil
      }
    }
    return nil
  }
}
