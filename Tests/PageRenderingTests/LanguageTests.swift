import BookModel
import Testing

@testable import PageRendering

@Suite struct `A page in another script than Latin` {
  private func page(_ language: String, _ text: String, _ values: [String] = []) throws -> String {
    var book = try SampleBook(text)
    book.settings.language = language
    let result = ChapterResult(inlineValues: values)
    let page = book.renderer().page(for: book.chapters[0], result: result)
    return String(decoding: page.files[page.path] ?? [], as: UTF8.self)
  }

  @Test(arguments: ["zh", "ja-JP"])
  func `has no space where a line of its file ends between two characters`(language: String) throws
  {
    let text = "隠れ層は\n空間を。\n（折る）\nABC\n層 **強**\n*調*\n`x`\n層"
    let html = try page(language, text)
    #expect(
      html.contains(
        "隠れ層は空間を。（折る）\nABC\n層 <strong>強</strong><em>調</em>\n<code>x</code>\n層"))
  }

  @Test(arguments: ["ko", "en"]) func `keeps the space elsewhere`(language: String) throws {
    #expect(try page(language, "層は\n空間").contains("層は\n空間"))
  }

  @Test func `shows the sign of a number before it`() throws {
    let text = "قيمة `{swift} 1` و`{swift} 2`"
    let html = try page("ar", text, ["-0.02", "كلمة"])
    #expect(html.contains("<bdi dir=\"ltr\">−0.02</bdi> وكلمة"))
    #expect(try page("en", "A `{swift} 1`", ["-0.02"]).contains("A −0.02"))
  }

  @Test func `loads the stylesheet of its script, on every page`() throws {
    for (language, isOther) in [("en", false), ("de", false), ("ja", true), ("he", true)] {
      var book = try SampleBook("Text.")
      book.settings.language = language
      let files = book.renderer().commonFiles()
      #expect((files["assets/languages.css"] != nil) == isOther)
      for html in [
        try page(language, "Text."), String(decoding: files["index.html"] ?? [], as: UTF8.self),
      ] {
        #expect(html.contains("assets/languages.css") == isOther)
      }
    }
  }
}

@Suite struct `Code in a table` {
  @Test(arguments: [
    ("CategoricalCrossentropy", "Categorical|Crossentropy"),
    (".binaryCrossEntropyWithLogits", ".binary|Cross|Entropy|With|Logits"),
    ("nn.MultiheadAttention(512, 8)", "nn.|Multihead|Attention(|512, 8)"),
    ("torch.no_grad()", "torch.|no_|grad()"), ("short.name", "short.name"),
    ("1234567.8901", "1234567.8901"), ("a b c d e f g h", "a b c d e f g h"), ("", ""),
  ])
  func `may end its line between the words of a name`(code: String, pieces: String) {
    #expect(BreakableCode.pieces(of: code).joined(separator: "|") == pieces)
    #expect(BreakableCode.pieces(of: code).joined() == code)
  }

  @Test func `is the same code on the page, and in a table alone`() throws {
    let book = try SampleBook("`CategoricalCrossentropy`\n\n| `CategoricalCrossentropy` |\n| - |\n")
    let page = book.renderer().page(for: book.chapters[0], result: nil)
    let html = String(decoding: page.files[page.path] ?? [], as: UTF8.self)
    #expect(html.contains("<p><code>CategoricalCrossentropy</code></p>"))
    #expect(html.contains("<th><code>Categorical<wbr />Crossentropy</code></th>"))
    #expect(page.searchEntries[0].text.contains("CategoricalCrossentropy CategoricalCrossentropy"))
  }
}
