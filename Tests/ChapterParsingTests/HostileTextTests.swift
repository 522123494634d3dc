import BookModel
import ChapterParsing
import Foundation
import Testing

/// Texts that make parsers crash, recurse or take time that grows with the square of their length.
/// The times are those of the processor and generous: a debug build on a busy machine.
struct HostileTextTests {
  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      "> ", ">", "- ", "-\t", "1. ", "- a\n", "$", "$a ", "$a$b", "$$ a ", "$`a", "$a\\$",
      "$$\na\n",
      "[", "[a](", "![", "[a]", "[a][", "](", "*a ", "*a_ ", "_", "*", "~a ", "~~a", "<", "<!-- ",
      "<?", "</", "<a ", "`", "`a", "`` ` ", "&", "&amp;", "\\", "\\\n", "|", "|-\n", "|a|\n|-|\n",
      "[^a]", "[^", "[^a]: ", "[^a]: x\n\n", "[a]: b\n", "a\n-\n", "# a\n", "www.", "http://",
      "a@b.c ",
      "a.", ":", "\t", "\r", "\u{FEFF}", "`{swift} a` ", "```swift id=a\n```\n", "> [!NOTE]\n\n",
      "> - ", "[^\n]", "| a ", "a | b\n", ":-\n", "==a ", "==a== ", "\\==a== ", "x^2^ ", "x^a",
      "[[a",
      "[[a]]", "]{.a", "]{.a}", "~a~ ", "{{a ", "{% a ", "\\ref{a", "{#a ",
    ])
  func `many of the same piece are parsed in time`(piece: String) {
    let text = Array(String(repeating: piece, count: 20_000).utf8)
    expectQuick(Array("# T\n\n".utf8) + text + Array("\n\nend\n".utf8))
  }

  @Test(.timeLimit(.minutes(15)), arguments: [">", "> ", "$", "$a ", "[", "*a ", "`", "- "])
  func `a hundred thousand of the same piece are parsed in time`(piece: String) {
    expectQuick(Array(String(repeating: piece, count: 100_000).utf8))
  }

  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      "[", "{a: ", "- ", "? ", "&a ", "*a ", "title: v\n", "k: v\n", "| \n", "a: ", "\"", "!", "% ",
      "# ", "a\n ", "x",
    ])
  func `front matter of the same piece is read in time`(piece: String) {
    expectQuick(Array(("---\n" + String(repeating: piece, count: 20_000) + "\n---\n").utf8))
  }

  @Test(
    .timeLimit(.minutes(15)),
    arguments: ["hiden ", "a=", "id=\"a\" ", "a", "\"", "fold ", "\\", "="])
  func `words of the same piece are read in time`(piece: String) {
    let words = String(repeating: piece, count: 10_000)
    expectQuick(Array("# T\n\n```swift \(words)\n```\n".utf8))
    expectQuick(Array("# T\n\n```swift\n//| caption: \(words)\n```\n".utf8))
    let lines = String(repeating: "//| \(piece): a\n// snippet.hide\n", count: 2_000)
    expectQuick(Array("# T\n\n```swift\n\(lines)\n```\n".utf8))
  }

  @Test(.timeLimit(.minutes(15))) func `many fences that show a file are read in time`() {
    let files = IncludedFiles(folder: ".") { _ throws(IncludedFileError) in
      Array(String(repeating: "x\n", count: 1_000).utf8)
    } names: {
      []
    }
    let start = secondsOfThisThread()
    let text = "# T\n\n" + String(repeating: "```text from=a\n```\n", count: 10_000)
    let (chapter, _) = ChapterParser(files: files).parse(bytes: Array(text.utf8), path: "a.md")
    #expect(secondsOfThisThread() - start < 20)
    #expect(chapter?.inclusions.count == 10_000)
  }

  /// Four times the text takes about four times as long; with the square it would be sixteen.
  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      "\\", "\\(", "\\[", "\\(a", "\\(a\\) ", "\\[a\\] ", "\\) ", "[^a]\n\n", "!!! a\n\n",
      "{#a}\n\n",
    ])
  func `time grows as the text does`(piece: String) {
    func seconds(_ count: Int) -> Double {
      let text = Array(("# T\n\n" + String(repeating: piece, count: count)).utf8)
      let start = secondsOfThisThread()
      let (_, diagnostics) = ChapterParser().parse(bytes: text, path: "a.md")
      #expect(diagnostics.count <= 101)
      return secondsOfThisThread() - start
    }
    let small = seconds(5_000)
    #expect(seconds(20_000) < small * 8 + 0.2)
  }

  @Test(.timeLimit(.minutes(15))) func `a chapter of five megabytes is parsed`() throws {
    let filling = String(repeating: "Plain words of a long chapter.\n", count: 30)
    let paragraph = "Lorem *ipsum* `{swift} sit`, [a](b.md) $x$ elit.\n\(filling)\n"
    let text = "# T\n\n" + String(repeating: paragraph, count: 5_000_000 / paragraph.utf8.count)
    let (chapter, diagnostics) = ChapterParser().parse(bytes: Array(text.utf8), path: "a.md")
    #expect(diagnostics == [])
    #expect(chapter?.inlineValues.count == 5_000_000 / paragraph.utf8.count)
  }

  private func expectQuick(_ text: [UInt8]) {
    let start = secondsOfThisThread()
    let (_, diagnostics) = ChapterParser().parse(bytes: text, path: "a.md")
    #expect(secondsOfThisThread() - start < 20)
    #expect(diagnostics.count <= 101)
  }

  private func secondsOfThisThread() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
