import Foundation
import Testing

@testable import PageRendering

@Suite struct HTMLTests {
  @Test func textAndAttributesAreEscapedOnce() {
    let html = HTML.tag("p", ["title": "a \"b\" <c> & d"], .text("1 < 2 && \"x\" > y"))
    #expect(
      html.rendered
        == "<p title=\"a &quot;b&quot; &lt;c&gt; &amp; d\">1 &lt; 2 &amp;&amp; &quot;x&quot; &gt; y</p>"
    )
  }

  @Test func anAttributeWithoutValueIsLeftOut() {
    #expect(HTML.tag("div", ["id": nil, "class": "a"]).rendered == "<div class=\"a\"></div>")
  }

  @Test func voidElementsCloseThemselves() {
    #expect(HTML.tag("br").rendered == "<br />")
  }

  @Test func controlCharactersBecomePictures() {
    let page = HTML.printable("a\u{0}b\u{1B}[31m\r\n\t\u{FFFF}\u{FFFE}é")
    #expect(String(decoding: page, as: UTF8.self) == "a␀b␛[31m\n\t\u{FFFD}\u{FFFD}é")
  }

  /// One file owns angle brackets; everywhere else markup is made of elements.
  @Test func noOtherFileWritesMarkup() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources/PageRendering").resolvingSymlinksInPath()
    let files = try FileManager.default.contentsOfDirectory(
      at: sources, includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "swift" && $0.lastPathComponent != "HTML.swift" }
    #expect(files.count > 5)
    for file in files {
      let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      #expect(!text.contains("\"<"), "\(file.lastPathComponent) writes markup by hand")
    }
  }
}
