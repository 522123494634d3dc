import Markdown

/// A block quote that begins with `[!NOTE]` or the like.
struct Alert {
  enum Kind: String, CaseIterable {
    case note = "Note"
    case tip = "Tip"
    case important = "Important"
    case warning = "Warning"
    case caution = "Caution"
    case exercise = "Exercise"
    case solution = "Solution"
  }

  var kind: Kind
  var quote: MarkdownNode
  /// The nodes that spell the mark, up to the end of its line.
  var mark: [MarkdownNode]

  init?(_ quote: MarkdownNode) {
    guard case .blockQuote = quote.kind, let paragraph = quote.firstChild,
      case .paragraph = paragraph.kind
    else { return nil }
    var text = ""
    var mark: [MarkdownNode] = []
    for child in paragraph.children {
      if case .softBreak = child.kind {
        mark.append(child)
        break
      }
      guard case .text(let piece) = child.kind else { return nil }
      text += piece
      mark.append(child)
    }
    let words = text.trimmingSpaces
    guard words.hasPrefix("[!"), words.hasSuffix("]") else { return nil }
    let name = words.dropFirst(2).dropLast().lowercased()
    guard let kind = Kind.allCases.first(where: { $0.rawValue.lowercased() == name }) else {
      return nil
    }
    self.kind = kind
    self.quote = quote
    self.mark = mark
  }
}

extension String {
  var trimmingSpaces: Substring {
    var rest = self[...]
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return rest
  }
}
