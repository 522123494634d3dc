import Foundation
import Markdown
import Testing

struct DocumentTests {
  @Test func `texts parsed at the same time give what each gives alone`() async {
    let text = "~~a~~ www.x.org $x$ *b* | [^1]\n\n|~~a~~|$x$|\n|-|-|\n|1|2|\n\n[^1]: c\n"
    let alone = MarkdownDocument(parsing: text).render(.html)
    #expect(alone.contains("<del>") && alone.contains("<code>x</code>"))
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask {
          (0..<200).allSatisfy { _ in MarkdownDocument(parsing: text).render(.html) == alone }
        }
      }
      for await same in group { #expect(same) }
    }
  }

  @Test(arguments: [
    ("~a~ ~~b~~ ~~~c~~~ ~d~~", "<p><del>a</del> <del>b</del> ~~~c~~~ ~d~~</p>\n"),
    (
      "www.a.bc, x@y.zz",
      "<p><a href=\"http://www.a.bc\">www.a.bc</a>, <a href=\"mailto:x@y.zz\">x@y.zz</a></p>\n"
    ),
    (
      "- [x] a\n- [ ] b",
      "<ul>\n<li><input type=\"checkbox\" checked=\"\" disabled=\"\" /> a</li>\n<li><input type=\"checkbox\" disabled=\"\" /> b</li>\n</ul>\n"
    ),
    ("<b>raw</b> <script>", "<p><b>raw</b> <script></p>\n"),
    ("$a < b$ & c", "<p><code>a &lt; b</code> &amp; c</p>\n"),
    ("$$\na < b\n$$", "<pre><code>\na &lt; b\n$$\n</code></pre>\n"),
  ])
  func `GitHub's dialect is rendered`(text: String, html: String) {
    #expect(MarkdownDocument(parsing: text).render(.html) == html)
  }

  @Test func `one folder alone imports cmark-gfm`() throws {
    let sources = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
    var importing: [String] = []
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      if text.contains("import " + "CMarkGFM") {
        importing.append(file.pathComponents.dropLast().suffix(2).joined(separator: "/"))
      }
    }
    #expect(!importing.isEmpty && importing.allSatisfy { $0 == "Markdown/CMark" }, "\(importing)")
  }

  @Test func `texts that would keep the parser busy are known before`() {
    func limit(_ text: String) -> MarkdownLimit? {
      let bytes = Array(text.utf8)
      return MarkdownLimit.exceeded(by: bytes, LineTable(bytes))
    }
    func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }
    #expect(limit(times(101, "> ") + "a") == .quoteDepth(line: 1))
    #expect(limit(times(100, "> ") + "a") == nil)
    #expect(limit("|a|\n|-|\n" + times(20_000, "|b|\n")) == nil)
    let wide = times(2000, "|a") + "\n" + times(2000, "|-") + "\n" + times(2000, "|b|\n")
    #expect(limit(wide) == .tableSize(line: 2))
    #expect(limit(times(40_000, "a\n") + "|a|\n|-|\n") == .tableSize(line: 40_002))
    #expect(limit(times(30_000, "|") + "\n|-|-|\n") == .tableSize(line: 2))
    #expect(limit(times(400_000, "a\n")) == nil)
  }
}
