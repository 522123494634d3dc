import BookModel
import Markdown

/// The raw HTML of a text, in groups that must be well-formed together: all pieces that have the
/// same parent.
struct RawMarkup {
  private var groups: [[MarkdownNode]] = []

  init(_ document: MarkdownDocument) {
    var places: [MarkdownNode: Int] = [:]
    for node in document.nodes where node.rawHTML != nil {
      guard let parent = node.parent else { continue }
      if let place = places[parent] {
        groups[place].append(node)
      } else {
        places[parent] = groups.count
        groups.append([node])
      }
    }
  }

  func diagnostics(range: (MarkdownNode) -> SourceRange?) -> [Diagnostic] {
    groups.compactMap { nodes -> Diagnostic? in
      do throws(HTMLFragment.Problem) {
        _ = try HTMLFragment.wellFormed(nodes.compactMap(\.rawHTML))
        return nil
      } catch {
        return Diagnostic(
          .error, "raw-html", at: range(nodes[error.piece]), error.summary)
      }
    }
  }

  /// Writes each piece anew. What can't be made well-formed is shown as the text that it is.
  func normalize() {
    for nodes in groups {
      let texts = nodes.compactMap(\.rawHTML)
      let pieces = (try? HTMLFragment.wellFormed(texts)) ?? texts.map(HTML.escaped)
      for (node, piece) in zip(nodes, pieces) { node.replace(with: [.html(piece)]) }
    }
  }
}

extension MarkdownNode {
  fileprivate var rawHTML: String? {
    switch kind {
    case .htmlBlock(let html), .htmlInline(let html): html
    default: nil
    }
  }
}
