import BookModel
import ChapterParsing
import Testing

@testable import PageRendering

/// The blocks of a chapter, as an editor in the page finds them.
@Suite struct BlockMarkTests {
  static let text = """
    ---
    title: The title
    ---
    # The title

    [early]: https://example.com

    A *paragraph*
    of two lines. [early][^1]

    ```swift
    1 + 1
    ```

    ```output
    2
    ```

    ![What it shows](data/a.svg "A caption")

    $$
    x^2
    $$

    | a | b |
    |---|---|
    | 1 | 2 |

    : What it says {#tbl-after}

    : What the next one says {#tbl-before}

    | c |
    |---|
    | 3 |

    > [!NOTE]
    > A note.
    >
    > ```swift
    > 3
    > ```

    > [!HINT]
    > One.

    > [!HINT]
    > Two.

    - a list

      ```swift
      4
      ```

    <details>
    <summary>More</summary>

    In it.

    </details>

    ## A section {#sec-a}

    ***

        indented

    ```swift hidden
    let a = 5
    ```

    [^1]: A footnote.

    The end.
    [late]: https://example.com
    """ + "\n"

  private func chapter() throws -> Chapter {
    let (chapter, _) = ChapterParser().parse(
      bytes: Array(Self.text.utf8), path: "chapters/01-sample.md")
    return try #require(chapter)
  }

  @Test func everyLineThatHoldsSomethingIsOfOneBlock() throws {
    let sample = try chapter()
    let lines = Self.text.split(separator: "\n", omittingEmptySubsequences: false)
    var next = 4
    for block in sample.blocks {
      let isGap = lines[next - 1..<block.firstLine - 1].allSatisfy(\.isEmpty)
      #expect(isGap)
      #expect(!lines[block.firstLine - 1].isEmpty && !lines[block.lastLine - 1].isEmpty)
      next = block.lastLine + 1
    }
    let isEnd = lines[(next - 1)...].allSatisfy(\.isEmpty)
    #expect(isEnd)
    // The cell with its output is one.
    #expect(sample.blocks.contains(ChapterBlock(firstLine: 11, lastLine: 17)))
    #expect(
      ChapterParser().parse(bytes: Array("---\ntitle: A\n---\n".utf8), path: "a.md").0?.blocks
        == []
    )
  }

  @Test func thePageNamesEveryBlockOnceAndIsElseWhatABuildGives() throws {
    let sample = try chapter()
    let book = try SampleBook(Self.text)
    func page(_ marks: Bool) -> [UInt8] {
      let renderer = PageRenderer(index: book.index, marksBlocks: marks)
      return renderer.page(for: book.chapters[0], result: nil).files["01-sample.html"] ?? []
    }
    let marked = String(decoding: page(true), as: UTF8.self)
    let numbers = marked.matches(of: /<!--nnbook block ([0-9]+)-->/).compactMap { Int($0.1) }
    let lines = Self.text.split(separator: "\n", omittingEmptySubsequences: false)
    // The title has its own place in the page, and so have footnotes.
    let shown = sample.blocks.indices.filter { number in
      let line = lines[sample.blocks[number].firstLine - 1]
      return !line.hasPrefix("# ") && !line.hasPrefix("[^1]:")
    }
    #expect(numbers == shown)
    #expect(!String(decoding: page(false), as: UTF8.self).contains("<!--nnbook"))
    let lineEnd = UInt8(ascii: "\n")
    let isSame =
      BlockMarks.without(page(true)).filter { $0 != lineEnd }
      == page(false).filter { $0 != lineEnd }
    #expect(isSame)
  }

  @Test func aTextAndAnotherHaveDifferentMarks() throws {
    let sample = try chapter()
    var other = sample
    other.markdown += " "
    #expect(other.textMark != sample.textMark)
    other = sample
    other.firstLine += 1
    #expect(other.textMark != sample.textMark)
  }
}
