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
