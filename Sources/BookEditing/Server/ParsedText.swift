import BookBuilding
import BookModel
import ChapterParsing
import PageRendering

/// What the parser of a build makes of one text.
struct ParsedText: Sendable {
  /// Of the text.
  var revision: Int
  var chapter: Chapter?
  var outline: ChapterOutline?
  var problems: [Diagnostic]
  /// Of a chapter: what the next text of it need not be read for again.
  private var stretches: ChapterStretches?
  /// Whether it was read by them, and not as a whole.
  private(set) var isByStretches = false
  private var parts: [ObjectIdentifier: ChapterOutline.Part] = [:]
}

extension ParsedText {
  /// - Parameter last: of an earlier text of the file.
  init(
    _ file: OpenFile, after last: ParsedText? = nil, stretchLength: Int = ChapterStretches.length
  ) {
    self.init(revision: file.revision, problems: [])
    switch file.kind {
    case .chapter:
      let known = last?.stretches ?? ChapterStretches(path: file.path, length: stretchLength)
      isByStretches = readEdited(file, known, last?.parts ?? [:])
      if !isByStretches { readWhole(file) }
    case .settings:
      problems = BookSettingsParser().parse(bytes: file.text.bytes, path: file.path).1
    }
  }

  private mutating func readWhole(_ file: OpenFile) {
    (chapter, problems) = ChapterParser(files: .beside(chapter: file.path))
      .parse(bytes: file.text.bytes, path: file.path)
    outline = chapter.map { ChapterOutline($0) }
  }

  /// - Returns: whether the text could be read by its stretches.
  private mutating func readEdited(
    _ file: OpenFile, _ stretches: ChapterStretches,
    _ known: [ObjectIdentifier: ChapterOutline.Part]
  ) -> Bool {
    let text = ByteSearch.withLineFeeds(file.text.bytes)
    guard !ByteSearch.contains(0, in: text) else { return false }
    var stretches = stretches
    defer { self.stretches = stretches }
    let read = ChapterParser(files: .beside(chapter: file.path)).parse(
      edited: text, path: file.path, &stretches, commonEnds: ByteSearch.commonEnds)
    guard let (chapter, problems) = read else { return false }
    self.chapter = chapter
    self.problems = problems
    var placed: [(part: ChapterOutline.Part, lines: Int)] = []
    for (index, stretch) in stretches.placed.enumerated() {
      let id = ObjectIdentifier(stretch.stretch)
      let part = known[id] ?? ChapterOutline.Part(stretches.chapter(ofStretchAt: index))
      parts[id] = part
      placed.append((part, stretch.firstLine - 1))
    }
    outline = ChapterOutline(chapter, of: placed)
    return true
  }
}
