import BookModel
import ChapterParsing
import Foundation
import PageRendering
import Testing

/// Mangled chapters and records: whatever they hold, a page is well-formed.
///
/// `FUZZ_COUNT` sets how many are tried, `FUZZ_SEED` the first seed.
@Suite struct FuzzTests {
  private static func setting(_ name: String, otherwise: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? otherwise
  }

  struct Generator: RandomNumberGenerator {
    var state: UInt64

    /// SplitMix64.
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  static let pieces = [
    "<b>", "</b>", "<div>", "</div>", "<!--", "-->", "<a id=\"x\">", "<br>", "<img src=x>",
    "<![CDATA[",
    "<?php", "]]>", "&nbsp;", "&#0;", "&#xD800;", "&", "<", ">", "\"", "'", "\u{0}", "\u{B}",
    "\u{1B}[1m",
    "\u{FFFE}", "\u{FFFF}", "`", "``", "```\n", "```swift\n", "```swift fail\n", "~~~\n", "$", "$$",
    "$$\n",
    "> [!NOTE]\n", "> [!SOLUTION]\n> ", "> ", "- [ ] ", "| a |\n| - |\n", "[^1]", "[^1]: ",
    "[](#a)",
    "![](x \"t\")", "<a id=\"fig-q\"></a>![a](b \"c\")", "\n\n", "# ", "###### ", "\t", "    ",
    "\\", "*", "_",
    "~", "{swift}", "`{swift} 1`", "<svg><path/></svg>", "<p title='<'>", "e\u{301}", "🎈",
    "<span class=a b>",
  ]

  @Test func mangledChaptersGiveWellFormedPages() throws {
    let tour = Array(try GoldenFile.markdown("tour"))
    let first = Self.setting("FUZZ_SEED", otherwise: 1)
    for seed in first..<(first + Self.setting("FUZZ_COUNT", otherwise: 40)) {
      var generator = Generator(state: UInt64(seed))
      let text = Self.mangled(tour, &generator)
      let (chapter, _) = ChapterParser().parse(
        bytes: Array("---\ntitle: <Fuzz> & \"co\"\n---\n\(text)".utf8), path: "chapters/fuzz.md")
      guard let chapter else { continue }
      let records = (0..<chapter.cells.count).map { _ in
        CellResult(
          outputs: [
            .console(Self.soup(&generator)), .markdown(Self.soup(&generator)),
            .html(Self.soup(&generator)), .svg(Self.soup(&generator)),
          ], expectedFailure: Bool.random(using: &generator) ? Self.soup(&generator) : nil)
      }
      let result = ChapterResult(
        cells: records, inlineValues: chapter.inlineValues.map { _ in Self.soup(&generator) })
      let renderer = PageRenderer(
        index: BookIndex(Book(settings: BookSettings(), chapters: [chapter])))
      let page = renderer.page(for: chapter, result: result)
      let html = String(decoding: page.files[page.path] ?? [], as: UTF8.self)
      if !ParsedPage(html).isWellFormed {
        Issue.record("seed \(seed): \(text)\n\(html)")
        return
      }
      _ = renderer.markdownFiles(for: chapter, result: result)
    }
  }

  private static func soup(_ generator: inout Generator) -> String {
    (0..<Int.random(in: 1...6, using: &generator))
      .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined(separator: "x")
  }

  private static func mangled(_ text: [Character], _ generator: inout Generator) -> String {
    var text = text
    for _ in 0..<Int.random(in: 1...12, using: &generator) {
      let place = Int.random(in: 0...text.count, using: &generator)
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: text.insert(contentsOf: pieces.randomElement(using: &generator) ?? "", at: place)
      case 1: text.removeSubrange(place..<min(text.count, place + 40))
      default:
        let end = min(text.count, place + 60)
        text.insert(contentsOf: Array(text[place..<end]), at: place)
      }
    }
    return String(text)
  }
}
