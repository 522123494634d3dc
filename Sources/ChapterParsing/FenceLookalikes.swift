import BookModel
import Markdown

// Fences that Markdown does not see.
extension ChapterReader {
  /// Raw HTML goes on to the next blank line, fences in it included.
  func checkFences(inHTML html: String, _ node: MarkdownNode, _ problems: inout Problems) {
    // These hold text as it is, to their own end.
    let raw = ["!--", "pre", "script", "style", "textarea"]
    guard html.contains("```") || html.contains("~~~"), let range = range(of: node),
      !raw.contains(where: { html.dropFirst().lowercased().hasPrefix($0) })
    else { return }
    for number in range.start.line...max(range.start.line, range.end.line) {
      guard let start = fenceStart(inLine: number) else { continue }
      let line = source.line(number)
      problems.add(
        .fenceInHTML, at: source.range(line: number, start..<line.count),
        "fence stands in raw HTML, where Markdown sees none; put a blank line before it")
      return
    }
  }

  /// A fence indented by four spaces more than the text around it is code that shows itself.
  func checkFences(inIndented code: String, _ node: MarkdownNode, _ problems: inout Problems) {
    guard code.contains("```swift") || code.contains("~~~swift"), let range = range(of: node)
    else { return }
    for number in range.start.line...max(range.start.line, range.end.line) {
      let text = source.text(ofLine: number).drop { $0 == " " || $0 == "\t" || $0 == ">" }
      guard ["```swift", "~~~swift"].contains(where: text.hasPrefix),
        let start = fenceStart(inLine: number)
      else { continue }
      problems.add(
        .fenceIndented, at: source.range(line: number, start..<source.line(number).count),
        "fence is indented so far that Markdown shows it as text; let it begin under the first letter "
          + "of the paragraph or list item that it belongs to")
      return
    }
  }

  private func fenceStart(inLine number: Int) -> Int? {
    let line = source.line(number)
    let start = line.prefix { $0.isBlank || $0 == UInt8(ascii: ">") }.count
    let rest = line.dropFirst(start)
    return rest.starts(with: "```".utf8) || rest.starts(with: "~~~".utf8) ? start : nil
  }
}
