import BookModel
import Foundation
import Testing

@testable import PageRendering

@Suite struct `The search` {
  @Test(arguments: [
    ("The Neurons, naïvely", ["the", "neurons", "naively"]),
    ("118,282 parameters", ["118282", "parameters"]),
    ("1,5 and 12,345,678.90", ["1", "5", "and", "12345678.90"]),
    ("0.693 −5 1e-4", ["0.693", "5", "1", "e", "4"]),
    ("net.parameterCount", ["net", "parametercount", "parameter", "count"]),
    ("max_size HTTPServer x1", ["max_size", "max", "size", "httpserver", "x1"]),
    ("σ(x) and Σ, ∂L/∂w", ["sigma", "x", "and", "sigma", "partial", "l", "partial", "w"]),
    ("神经网络 a", ["神经", "经网", "网络", "a"]),
    ("ニューロンx", ["ニュ", "ュー", "ーロ", "ロン", "x"]),
    ("Section 3.2.1, see", ["section", "3.2.1", "see"]),
    ("x² ½", ["x2", "1", "2"]),
    ("", []), ("… — !", []),
  ])
  func `cuts text into terms`(text: String, terms: [String]) {
    #expect(SearchWords.terms(of: text) == terms)
  }

  private static func index(of entries: [SearchEntry]) -> [String: String] {
    var index = SearchIndex()
    index.add(SearchPart(entries))
    return index.files().mapValues { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `lists terms without what they share, and entries with how much terms say there`() {
    let files = Self.index(of: [
      SearchEntry(url: "a.html", chapter: "A", section: "", text: "tanh tan"),
      SearchEntry(
        url: "a.html#b", chapter: "A", section: "Tan", text: "",
        labels: [SearchEntry.Label(kind: .figure, number: "3.2")]),
    ])
    #expect(
      files["assets/search/words-0.js"]
        == "nnbookSearch(\"words\",0,\"03.2 0a 0figure:3.2 0tan 3h\");\n")
    #expect(
      files["assets/search/entries-0.js"] == """
        nnbookSearch("entries",0,[["a.html","A","","tanh tan"],
        ["a.html#b","","Tan",""]]);

        """)
    let postings = files["assets/search/postings-0.js"] ?? ""
    #expect(postings.hasPrefix("nnbookSearch(\"postings\",0,[[1,"))
    #expect(postings.split(separator: "\n").count == 5)
    #expect(files["assets/search/endings-0.js"] == nil)
  }

  /// A book of many words: what a query loads stays as small as in a small one.
  @Test func `has shards of one size, however large the book is`() {
    var index = SearchIndex()
    for chapter in 0..<300 {
      let entries = (0..<8).map { section in
        let words = (0..<120).map { place in
          place % 3 == 0
            ? "network"
            : "w\(String((chapter * 7919 + section * 131 + place * 17) % 30_000, radix: 36))q"
        }
        return SearchEntry(
          url: "c\(chapter).html#s\(section)", chapter: "Chapter \(chapter)",
          section: "Section \(section)", text: words.joined(separator: " "))
      }
      index.add(SearchPart(entries))
    }
    let files = index.files()
    for (path, bytes) in files where !path.hasSuffix("/index.js") {
      #expect(bytes.count < 24 << 10, "\(path) has \(bytes.count) bytes")
    }
    #expect((files["assets/search/index.js"]?.count ?? .max) < 12 << 10)
    #expect(files.keys.contains("assets/search/endings-0.js"))
  }

  @Test func `knows printed numbers, code, captions and what is counted`() throws {
    let book = try SampleBook(
      """
      ## Sizes

      ```swift id=fig-size caption="How large it is"
      let model = Dense(784, 128)
      ```

      $$
      \\sigma(x)
      $$
      """)
    let page = book.renderer().page(
      for: book.chapters[0],
      result: ChapterResult(cells: [
        CellResult(outputs: [
          .console("118,282 in all\n"),
          .svg("<svg><title>Sizes of layers</title><text>bias</text></svg>"),
        ])
      ]))
    let entry = try #require(page.searchEntries.last)
    #expect(entry.text == "How large it is")
    #expect(entry.code == "let model = Dense(784, 128)\n")
    #expect(entry.printed.contains("118,282 in all"))
    #expect(entry.printed.contains("Sizes of layers"))
    #expect(
      entry.labels == [
        SearchEntry.Label(kind: .section, number: "1.1"),
        SearchEntry.Label(kind: .figure, number: "1.1"),
      ])
  }

  @Test func `does not find what the page hides`() throws {
    let book = try SampleBook("```swift hidden\nlet secret = 5\n```\n")
    let page = book.renderer().page(
      for: book.chapters[0], result: ChapterResult(cells: [CellResult(outputs: [.text("shown")])]))
    #expect(page.searchEntries[0].code.isEmpty)
    #expect(page.searchEntries[0].printed.isEmpty)
  }
}
