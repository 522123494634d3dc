import BookModel
import ChapterParsing
import Foundation
import PageRendering
import Testing

@testable import BookEditing

/// A chapter that is read stretch by stretch, those that an edit leaves alone kept, is the chapter that a
/// build reads as a whole: whatever was typed before.
@Suite struct StretchTests {
  static let edits = ProcessInfo.processInfo.environment["NNBOOK_TYPING"].flatMap { Int($0) } ?? 400

  /// What is typed, or cut out of the text and put elsewhere.
  private static let pieces = [
    "\n", "\n\n", "a", " ", "#", "# ", "\n\n## Part\n\n", "\n\nWords go on.\n", "```", "```swift\n",
    "\n```\n", "~~~\n", "<!--", "-->", "<div>\n", "</div>\n", "\n\n<details>\n\n", "</details>\n",
    "$$\n",
    "$x$", "\\(x\\)", "- ", "\n- one\n\n  two\n", "> ", "\n> [!NOTE]\n> a\n", "|",
    "\na | b\n--|--\n",
    "\n: Caption {#tbl-a}\n", "\n: Caption {#tbl-a}\n\na | b\n--|--\n1 | 2\n", " {#sec-a}", "[^1]",
    "\n[^1]: note\n",
    "[a]", "\n[a]: b.md\n", "![](a.png)", "`{swift} x`", "    ", "\t", "===\n", "---\n", "\n***\n",
    "é😀", "&amp;", "\\",
    "\n```swift id=fig-a caption=\"The `{swift} x`\"\nlet x = 1\nx\n```\n", "\n```output\n1\n```\n",
    "\n```swift exercise\nlet y = 1\n```\n", "\n```swift checks\ncheck(true, \"\")\n```\n",
    "<a id=\"fig-b\"></a>![x](y.png)",
    "\n```swift from=code/a.swift\n```\n", "\n```swift from=code/a.swift#one\n```\n", "\r\n",
    "\n<script>\n\n", "\n<b>\nText\n",
    "@fig-a", "{#fig-a}", "\n$$ x $$ {#eq-a}\n", "\n> [!THEOREM] {#thm-a}\n> b\n", "Text\n===\n",
    "***a** b*", "[@key]",
  ]

  @Test(arguments: [1, 40, 2048]) func stretchesGiveTheWholeChapter(length: Int) throws {
    let folder = NSTemporaryDirectory() + "nnbook-stretches-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder + "/code", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "// snippet.one\nlet a = 1 // \u{200B}\n// snippet.end\n\tlet b = 2\n".write(
      toFile: folder + "/code/a.swift", atomically: true, encoding: .utf8)
    var random = SplitMix(state: UInt64(length))
    let texts = ScanTests.chapters.compactMap { try? String(contentsOfFile: $0, encoding: .utf8) }
    var read = (byStretches: 0, all: 0)
    for round in 0..<max(8, Self.edits / 50) {
      let text = (0..<3).map { _ in texts.randomElement(using: &random)! }.joined(separator: "\n\n")
      let start = round == 0 ? Self.pieces.joined() : String(text.prefix(8_000))
      var file = OpenFile(
        address: "file:///a.md", path: folder + "/a.md", kind: .chapter, version: 1,
        text: EditedText(round % 4 == 1 ? start.replacing("\n", with: "\r\n") : start))
      var last: ParsedText?
      for edit in 0..<50 {
        // A text that says somewhere what it means elsewhere is read as a whole.
        let pieces = round % 3 == 0 ? Self.pieces : Self.pieces.filter { !$0.contains("]:") }
        let documents = file.documentTexts()
        if edit > 0 { Self.edit(&file, pieces, &random) }
        #expect(file.text == EditedText(bytes: file.text.bytes))
        #expect(file.scan().hasReadAll(of: ChapterScan(file.text)), "round \(round), edit \(edit)")
        let unchanged = file.documentsSinceEdit().filter(\.isUnchanged).map(\.document)
        for document in unchanged where edit > 0 {
          #expect(document.text(of: file.text) == documents[document.kind])
        }
        file.revision += 1
        let parsed = ParsedText(file, after: last, stretchLength: length)
        last = parsed
        read.all += 1
        if parsed.isByStretches { read.byStretches += 1 }
        guard Self.isSame(parsed, file) else {
          Issue.record("round \(round), edit \(edit)")
          try file.text.string.write(
            toFile: NSTemporaryDirectory() + "stretches-\(length)-\(round).md", atomically: true,
            encoding: .utf8)
          break
        }
      }
    }
    #expect(read.byStretches * 5 > read.all, "\(read)")
  }

  private static func isSame(_ parsed: ParsedText, _ file: OpenFile) -> Bool {
    let (chapter, problems) = ChapterParser(files: .beside(chapter: file.path))
      .parse(bytes: file.text.bytes, path: file.path)
    #expect(parsed.problems.count == problems.count)
    for (own, whole) in zip(parsed.problems, problems) { #expect(own == whole) }
    #expect(parsed.chapter?.cells == chapter?.cells)
    #expect(parsed.chapter?.inlineValues == chapter?.inlineValues)
    #expect(parsed.chapter?.headings == chapter?.headings)
    #expect(parsed.chapter?.frontMatter == chapter?.frontMatter)
    let outline = chapter.map { String(reflecting: ChapterOutline($0)) }
    let own = parsed.outline.map { String(reflecting: $0) }
    #expect(own == outline)
    return parsed.problems == problems && parsed.chapter == chapter && own == outline
  }

  private static func edit(
    _ file: inout OpenFile, _ pieces: [String], _ random: inout SplitMix
  ) {
    let text = file.text
    func place() -> EditorPosition {
      EditorPosition(
        line: Int.random(in: 0..<text.lineCount, using: &random),
        character: Int.random(in: 0..<6, using: &random) == 0
          ? 0 : Int.random(in: 0...60, using: &random))
    }
    let start = place()
    var end = start
    switch Int.random(in: 0..<6, using: &random) {
    case 0: end.character += Int.random(in: 1...5, using: &random)
    case 1: end.line += Int.random(in: 0...3, using: &random)
    case 2: end = EditorPosition(line: start.line + 1, character: 0)
    default: break
    }
    var piece = pieces.randomElement(using: &random)!
    if Int.random(in: 0..<6, using: &random) == 0 {
      let from = place()
      piece = text.text(
        in: EditorRange(
          from,
          EditorPosition(line: from.line + Int.random(in: 0...12, using: &random), character: 0)))
    }
    if Int.random(in: 0..<8, using: &random) == 0 {
      var new = text
      new.replace(EditorRange(start, end), with: piece)
      file.edit(nil, new.string)
    } else {
      file.edit(EditorRange(start, end), piece)
    }
  }
}

extension OpenFile {
  fileprivate mutating func documentTexts() -> [CellDocument.Kind: String] {
    Dictionary(
      documents().map { ($0.kind, $0.text(of: text)) }, uniquingKeysWith: { first, _ in first })
  }
}

extension ChapterScan {
  /// What the text holds; where reading may go on depends on how it came to be.
  fileprivate func hasReadAll(of whole: ChapterScan) -> Bool {
    frontMatter == whole.frontMatter && cells == whole.cells && inlines == whole.inlines
      && otherFences == whole.otherFences
  }
}
