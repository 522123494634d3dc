import BookModel
import ChapterParsing
import Testing

struct BookSettingsTests {
  private func parse(_ text: String) -> (BookSettings, [Diagnostic]) {
    BookSettingsParser().parse(bytes: Array(text.utf8), path: "book.yml")
  }

  @Test func `every key is read`() {
    let (settings, diagnostics) = parse(
      """
      title: "Networks: by hand"
      author: Somebody
      language: pt-BR
      description: About
      chapters:
        - 02-b.md
        - 01-a.md
      """)
    #expect(diagnostics == [])
    #expect(settings.title == "Networks: by hand")
    #expect(settings.author == "Somebody")
    #expect(settings.language == "pt-BR")
    #expect(settings.description == "About")
    #expect(settings.chapterOrder?.map(\.value) == ["02-b.md", "01-a.md"])
    #expect(settings.chapterOrder?[1].range.start == SourcePosition(line: 7, column: 5))
  }

  @Test func `what the pages around the chapters need is read`() {
    let (settings, diagnostics) = parse(
      """
      parts:
        First steps: 01-a.md
        "Then: more": 02-b.md
      start: 02-b.md
      cover: fig-a
      base: https://example.org/book
      edit: https://example.org/edit/{path}
      issue: http://example.org/new?title={path}
      """)
    #expect(diagnostics == [])
    #expect(settings.parts.map(\.title) == ["First steps", "Then: more"])
    #expect(settings.parts.map(\.first.value) == ["01-a.md", "02-b.md"])
    #expect(settings.parts.first?.first.range.start == SourcePosition(line: 2, column: 16))
    #expect(settings.start?.value == "02-b.md")
    #expect(settings.cover?.value == "fig-a")
    #expect(settings.base == "https://example.org/book/")
    #expect(settings.editAddress == "https://example.org/edit/{path}")
    #expect(settings.issueAddress == "http://example.org/new?title={path}")
  }

  @Test func `pictures need an address to begin with`() {
    #expect(parse("base: https://example.org/\npictures: true").0.pictures)
    #expect(
      DiagnosticPrinter().text(for: parse("pictures: true\ntitle: T").1).hasPrefix(
        "book.yml:1:1: error: 'pictures' needs 'base', such as 'base: https://example.org/book/'; "
          + "pictures of links have whole addresses [yaml-value]\n"))
  }

  @Test(arguments: ["here", "/book/", "ftp://example.org", "https://", "https:///x"])
  func `an address is one that a browser opens`(text: String) {
    #expect(
      parse("base: \(text)").1.map(\.summary) == [
        "value '\(text)' of 'base' must be an address, such as 'https://example.org/book/'"
      ])
  }

  @Test func `an empty file means the defaults`() {
    for text in ["", "\n", "# only a comment\n", "---\n"] {
      #expect(parse(text).0 == BookSettings())
      #expect(parse(text).1 == [])
    }
  }

  @Test(arguments: [
    (
      "titel: x",
      "book.yml:1:1: error: key 'titel' doesn't exist in book.yml; did you mean 'title'? "
        + "[unknown-key]"
    ),
    (
      "title: T\nlanguage: English please",
      "book.yml:2:11: error: value 'English please' of 'language' must be a language tag, such as "
        + "'en' or 'pt-BR' [yaml-value]"
    ),
    (
      "title:\nauthor: \"\"\nstart:",
      "book.yml:1:1: error: value of 'title' is missing [yaml-value]\n"
        + "book.yml:2:1: error: value of 'author' is missing [yaml-value]\n"
        + "book.yml:3:1: error: value of 'start' is missing [yaml-value]"
    ),
    (
      "chapters: one.md",
      "book.yml:1:11: error: value of 'chapters' must be a list, a line '- name' each [yaml-value]"
    ),
    (
      "chapters:\n- a.md\n- b\n- a.md\n",
      "book.yml:3:3: error: chapter 'b' must be the name of a file, such as 'b.md' [yaml-value]\n"
        + "book.yml:4:3: error: chapter 'a.md' is listed twice [duplicate-chapter]\n"
        + "book.yml:2:3: note: first listed here"
    ),
    (
      "title: \"é\" x",
      "book.yml:1:13: error: book.yml isn't YAML: did not find expected key [yaml]"
    ),
    (
      "- a",
      "book.yml:1:1: error: book.yml must be lines of 'key: value', such as 'title: Width' "
        + "[yaml]"
    ),
  ])
  func `a mistake has its message`(text: String, printed: String) {
    #expect(headlines(parse(text).1) == printed)
  }
}
