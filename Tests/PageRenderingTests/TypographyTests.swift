import PageRendering
import Testing

@Suite struct TypographyTests {
  @Test(arguments: [
    ("It's \"so\", he said.", "It’s “so”, he said."),
    ("\"*Emphasis* stays\" and (\"this\")", "“<em>Emphasis</em> stays” and (“this”)"),
    ("'single' \"'nested'\"", "‘single’ “‘nested’”"),
    ("wait... what", "wait… what"),
    ("`\"code\"` \"`x`\" stays", "<code>&quot;code&quot;</code> “<code>x</code>” stays"),
  ])
  func quotesAreCurled(written: String, set: String) throws {
    let book = try SampleBook(written + "\n")
    #expect(book.article() == "<p>\(set)</p>")
  }

  @Test func otherLanguagesKeepTheirMarks() throws {
    var book = try SampleBook("Das \"ist\" so.\n")
    book.settings.language = "de"
    #expect(book.article() == "<p>Das &quot;ist&quot; so.</p>")
    #expect(book.page().contains("<html lang=\"de\" dir=\"ltr\">"))
  }

  @Test func titlesAreSetToo() throws {
    let book = try SampleBook(
      "---\ntitle: What \"width\" isn't\n---\n# What \"width\" isn't\n\nText.\n")
    #expect(book.page().contains("<h1>What “width” isn’t</h1>"))
    #expect(book.article() == "<p>Text.</p>")
  }
}
