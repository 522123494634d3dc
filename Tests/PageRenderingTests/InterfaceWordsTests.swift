import BookModel
import PageRendering
import Testing

@Suite struct `What pages say of themselves` {
  @Test(arguments: InterfaceWords.languages)
  func `is there in each language, with the same places for values`(language: String) {
    let words = InterfaceWords(of: language)
    #expect(words.language == language)
    #expect(words.keys == InterfaceWords.english.keys)
    // What Chinese and Japanese write around a number.
    for key in words.keys where key != "chapter" {
      #expect(
        words[key].count { $0 == "%" } == InterfaceWords.english[key].count { $0 == "%" },
        "\(language): \(key)")
    }
  }

  @Test(arguments: [("de-AT", "de"), ("zh-Hant-TW", "zh"), ("EN", "en"), ("nl", "en"), ("", "en")])
  func `follows the first part of a language tag`(tag: String, language: String) {
    #expect(InterfaceWords(of: tag).language == language)
  }

  @Test(arguments: [("en", "Chapter 3"), ("de", "Kapitel 3"), ("zh", "第3章"), ("ar", "الفصل 3")])
  func `counts`(language: String, label: String) {
    #expect(InterfaceWords(of: language).label("chapter", "3") == label)
  }

  @Test func `puts values in order into their places`() {
    let words = InterfaceWords.english
    #expect(words.text("chapters-between", "1", "5%") == "Chapters 1 to 5%")
  }

  @Test(arguments: [
    ("en", "ltr", "Exercise 1.1"), ("de", "ltr", "Aufgabe 1.1"), ("ar", "rtl", "التمرين 1.1"),
    ("ja", "ltr", "問 1.1"), ("he", "rtl", "Exercise 1.1"),
  ])
  func `is in the language of the book`(language: String, direction: String, exercise: String)
    throws
  {
    var book = try SampleBook("> [!EXERCISE]\n> Count.\n")
    book.settings.language = language
    let page = book.page()
    #expect(page.contains("<html lang=\"\(language)\" dir=\"\(direction)\">"))
    #expect(page.contains(">\(exercise)</p>"))
    _ = ParsedPage(page)
  }
}
