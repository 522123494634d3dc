/// A quote that begins with `[!FIGURES]`: several figures under one number and one caption. The
/// caption is what else stands in the paragraph of the mark, with the name at its end.
package struct FigureGroup {
  package let alert: MarkdownAlert
  /// The paragraph of mark, caption and name.
  package let head: MarkdownNode
  package let braces: NameBraces?
  /// Everything below the head.
  package let blocks: [MarkdownNode]

  /// One for each part.
  package static let letters = Array("abcdefghijklmnopqrstuvwxyz")

  package init?(_ quote: MarkdownNode) {
    guard let alert = quote.alert, alert.kind == .figures, let head = alert.marks[0].parent
    else { return nil }
    self.alert = alert
    self.head = head
    braces = alert.braces ?? head.lastChild.flatMap(NameBraces.init(atEndOf:))
    blocks = quote.children.filter { $0 != head }
  }

  package var name: String? { braces?.name }

  /// Its figures, in order; what else stands there is none.
  package var parts: [MarkdownNode] { blocks.filter(\.isFigurePart) }

  /// The words of the caption.
  package var captionText: String {
    var words = head.plainText.dropFirst(alert.word.count + 3)
    if let braces, let place = words.lastRange(of: braces.text) { words.removeSubrange(place) }
    while words.last == " " { words.removeLast() }
    return String(words.drop { $0 == " " })
  }

  /// Leaves the caption alone in the head, and puts that below the parts.
  package func takeCaptionBelow() {
    let (hasTitle, lineBreak) = alert.removeMarksAroundTitle()
    if !hasTitle { lineBreak?.remove() }
    if alert.braces == nil, let braces, let last = head.lastChild, case .text(let text) = last.kind
    {
      last.node.setLiteral(String(text.dropLast(braces.text.count)))
    }
    head.moveToEnd()
  }
}

extension Substring {
  fileprivate func lastRange(of text: String) -> Range<Index>? { ranges(of: text).last }
}

extension MarkdownNode {
  fileprivate var isFigurePart: Bool {
    switch kind {
    case .codeBlock(let block): block.isFenced && block.language == "swift"
    case .paragraph: captionedImage != nil
    default: false
    }
  }

  /// The image of a paragraph that holds nothing else but markup before it, where it has a title.
  package var captionedImage: (image: MarkdownNode, caption: String, markup: String)? {
    guard let last = lastChild, case .image(_, let title) = last.kind, !title.isEmpty
    else { return nil }
    var markup = ""
    for child in children where child != last {
      switch child.kind {
      case .htmlInline(let html): markup += html
      case .softBreak: continue
      default: return nil
      }
    }
    return (last, title, markup)
  }
}
