import BookModel
import Markdown

/// The raw HTML of a text, in groups that must be well-formed together: all pieces that have the
/// same parent.
struct RawMarkup {
  private struct Piece {
    var node: MarkdownNode
    var html: String
  }

  private var groups: [[Piece]] = []

  init(_ nodes: [KnownNode]) {
    var places: [MarkdownNode: Int] = [:]
    for known in nodes {
      let html: String
      switch known.kind {
      case .htmlBlock(let text), .htmlInline(let text): html = text
      default: continue
      }
      guard let parent = known.node.parent else { continue }
      let piece = Piece(node: known.node, html: html)
      if let place = places[parent] {
        groups[place].append(piece)
      } else {
        places[parent] = groups.count
        groups.append([piece])
      }
    }
  }

  func diagnostics(range: (MarkdownNode) -> SourceRange?) -> [Diagnostic] {
    groups.compactMap { pieces -> Diagnostic? in
      do throws(HTMLFragment.Problem) {
        _ = try HTMLFragment.wellFormed(pieces.map(\.html))
        return nil
      } catch {
        return Diagnostic(
          .error, .rawHTML, at: range(pieces[error.piece].node), error.summary)
      }
    }
  }

  /// Writes each piece anew. What can't be made well-formed is shown as the text that it is.
  func normalize() {
    for pieces in groups {
      let texts = pieces.map(\.html)
      let results = (try? HTMLFragment.wellFormed(texts)) ?? texts.map(HTML.escaped)
      for (piece, result) in zip(pieces, results) { piece.node.replace(with: [.html(result)]) }
    }
  }
}
