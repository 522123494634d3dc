import BookModel
import Markdown

/// The raw HTML of a text, in groups that must be well-formed together: all pieces that have the
/// same parent.
struct RawMarkup {
  private struct Piece {
    var node: MarkdownNode
    var html: String

    /// `Array<Int>` where its author meant code; nil for markup.
    var typeName: String? {
      guard case .htmlInline = node.kind, html.utf8.first == HTML.openingBracket,
        html.utf8.last == HTML.closingBracket, case .text(let before)? = node.previous?.kind
      else { return nil }
      let name = before.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
      guard let first = name.last, first.isUppercase else { return nil }
      return String(name.reversed()) + html
    }
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

  /// A piece among the blocks of the text itself.
  struct Block: Sendable {
    var html: String
    var range: SourceRange?
  }

  private static func isOfText(_ pieces: [Piece]) -> Bool {
    if case .document? = pieces.first?.node.parent?.kind { true } else { false }
  }

  func blocks(range: (MarkdownNode) -> SourceRange?) -> [Block] {
    groups.filter(Self.isOfText).flatMap { pieces in
      pieces.map { Block(html: $0.html, range: range($0.node)) }
    }
  }

  static func diagnostics(ofBlocks blocks: [Block]) -> [Diagnostic] {
    do throws(HTMLFragment.Problem) {
      _ = try HTMLFragment.wellFormed(blocks.map(\.html))
      return []
    } catch {
      return [Diagnostic(.error, .rawHTML, at: blocks[error.piece].range, error.summary)]
    }
  }

  /// All but what stands among the blocks of the text itself.
  func diagnosticsWithinBlocks(range: (MarkdownNode) -> SourceRange?) -> [Diagnostic] {
    diagnostics(of: groups.filter { !Self.isOfText($0) }, range)
  }

  func diagnostics(range: (MarkdownNode) -> SourceRange?) -> [Diagnostic] {
    diagnostics(of: groups, range)
  }

  private func diagnostics(
    of groups: [[Piece]], _ range: (MarkdownNode) -> SourceRange?
  ) -> [Diagnostic] {
    groups.compactMap { pieces -> Diagnostic? in
      do throws(HTMLFragment.Problem) {
        _ = try HTMLFragment.wellFormed(pieces.map(\.html))
        return nil
      } catch {
        return Diagnostic(
          .error, .rawHTML, at: range(pieces[error.piece].node),
          pieces[error.piece].typeName.map {
            "'\($0)' is read as raw HTML; code stands between back-quotes: '`\($0)`'"
          } ?? error.summary)
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
