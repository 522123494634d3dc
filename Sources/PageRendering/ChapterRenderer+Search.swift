import BookModel
import Markdown

extension ChapterRenderer {
  /// One entry for what stands before the first section, and one for each section.
  func searchEntries(
    of document: MarkdownDocument, headings: [NumberedHeading]
  ) -> [SearchEntry] {
    let headings = Dictionary(
      headings.map { ($0.node, $0) }, uniquingKeysWith: { first, _ in first })
    let cells = chapter.cellsByLine
    let page = "\(chapter.slug).html"
    let title = chapter.frontMatter.title
    var entries = [
      SearchEntry(
        url: page, chapter: title, section: "", text: chapter.frontMatter.description ?? "")
    ]
    for block in document.root.children {
      if let heading = headings[block] {
        entries.append(
          SearchEntry(
            url: page + "#" + heading.anchor, chapter: title, section: heading.title, text: ""))
      } else {
        let text = block.words { node, code in
          words(of: code, chapter.range(of: node).flatMap { cells[$0.start.line] })
        }
        append(text, to: &entries[entries.count - 1].text)
      }
    }
    return entries
  }

  /// What stands in a block of code for readers who search: captions and messages of cells, and
  /// text in no language at all. Messages are what people look for most.
  private func words(of code: CodeBlock, _ cell: Cell?) -> String {
    guard let cell else { return code.language.isEmpty ? code.code : "" }
    return [cell.options.caption?.value, result?[cell.id]?.expectedFailure].compactMap(\.self)
      .joined(separator: " ")
  }

  private func append(_ words: String, to text: inout String) {
    if !text.isEmpty, !words.isEmpty { text += " " }
    text += words
  }
}

extension MarkdownNode {
  /// The text of all blocks in it, with a space between one and the next.
  ///
  /// - Parameter ofCode: what counts of a block of code, which is not prose.
  fileprivate func words(_ ofCode: (MarkdownNode, CodeBlock) -> String) -> String {
    var words = ""
    var marks: Set<MarkdownNode> = []
    func separate() {
      if !words.isEmpty, words.utf8.last != UInt8(ascii: " ") { words += " " }
    }
    for node in descendants where !marks.contains(node) {
      switch node.kind {
      case .text(let text), .code(let text): words += text
      case .formula(let tex, _): words += Formula.words(of: tex)
      case .softBreak, .lineBreak: words += " "
      case .paragraph, .item, .tableCell, .heading: separate()
      case .codeBlock(let code):
        separate()
        words += ofCode(node, code)
      case .blockQuote: marks.formUnion(node.alert?.marks ?? [])
      default: continue
      }
    }
    return words
  }
}
