import BookModel
import Foundation
import PageRendering
import Support
import Testing

/// Exercises on pages that nobody runs: starter, hints one after the other, folded answer.
@Suite struct ExerciseTests {
  static let text = """
    > [!EXERCISE]
    > **Twice.** Double it.
    >
    > ```swift exercise
    > let twice = 0
    > ```
    >
    > ```swift checks
    > check(twice == 2, "Two")
    > ```

    > [!HINT]
    > Add.

    > [!HINT]
    > Add **one**.

    > [!SOLUTION]
    > Like this:
    >
    > ```swift solution
    > let twice = 1 + 1
    > twice
    > ```

    Another:

    ```swift exercise
    let none = 1
    ```

    ```swift checks hidden
    check(none == 0, "None")
    ```

    ```swift solution
    let none = 0
    none
    ```

    > [!HINT]
    > Alone.

    """

  static let results = [
    CellResult(outputs: [.check(CheckOutcome(holds: false, line: 0, sentence: "Two"))]),
    CellResult(),
    CellResult(outputs: [
      .text("2"), .check(CheckOutcome(holds: true, line: 0, sentence: "Two")),
    ]),
    CellResult(outputs: [], expectedFailure: "Index out of range"),
    CellResult(),
    CellResult(outputs: [
      .text("0"), .check(CheckOutcome(holds: true, line: 0, sentence: "None")),
    ]),
  ]

  @Test func thePageHasThem() throws {
    let article = try SampleBook(Self.text).article(cells: Self.results)
    #expect(article.matches(of: /Index out of range/).isEmpty, "a starter's failure is no news")
    GoldenFile(name: "exercises.html").expect(article)
  }

  @Test func markdownHasThem() throws {
    let book = try SampleBook(Self.text)
    let files = PageRenderer(index: book.index).markdownFiles(
      for: book.chapters[0], result: ChapterResult(cells: Self.results))
    let path = try #require(files.keys.first { $0.hasSuffix(".md") })
    GoldenFile(name: "exercises.results.md").expect(String(decoding: files[path]!, as: UTF8.self))
  }
}
