import BookModel
import ChapterParsing
import Foundation
import PageRendering
import Testing

@Suite struct TabTests {
  static let text = """
    > [!TABS]
    > **Linux**
    >
    > One.
    >
    > - *two*
    >
    > **macOS**
    >
    > Three.

    After.
    """

  @Test func standOneAfterTheOtherUntilAScriptMakesTabsOfThem() throws {
    let book = try SampleBook(["01-a": Self.text, "02-b": "> [!NOTE]\n> **Bold**\n"])
    #expect(
      book.article().replacing("\n", with: "") == """
        <div class="tabs"><div class="tab"><p class="tab-title"><strong>Linux</strong></p>\
        <p>One.</p><ul><li><em>two</em></li></ul></div><div class="tab">\
        <p class="tab-title"><strong>macOS</strong></p><p>Three.</p></div></div><p>After.</p>
        """)
    for part in ["<script src=\"assets/tabs.js\">", "href=\"assets/tabs.css\""] {
      #expect(book.page(0).contains(part))
      #expect(!book.page(1).contains(part))
    }
  }

  @Test func theMarkMayStandByItself() throws {
    let own = Self.text.replacing("> [!TABS]\n", with: "> [!TABS]\n>\n")
    #expect(try SampleBook(own).article() == SampleBook(Self.text).article())
  }

  @Test(arguments: [
    "> [!TABS]\n> **One**\n>\n> Alone.", "> [!TABS]\n> Before.\n>\n> **One**\n>\n> **Two**",
    "> [!TABS]\n> **One** and more\n>\n> **Two**",
  ])
  func mistakes(text: String) {
    let (_, problems) = ChapterParser().parse(bytes: Array("# T\n\n\(text)\n".utf8), path: "a.md")
    #expect(
      DiagnosticPrinter().text(for: problems).hasPrefix(
        "a.md:3:3: error: note '[!TABS]' holds two tabs or more, each below a line of bold words such "
          + "as '**Linux**' [alert-text]\n"))
  }
}
