import BookModel
import Markdown

/// One line of Markdown that stands on its own: a title, a description. Code, formulas and emphasis
/// are set; links and raw markup are the words that they are, since a title may stand in a link.
struct TitleText: Hashable, Sendable {
  private indirect enum Piece: Hashable, Sendable {
    case text(String)
    case code(String)
    case formula(Formula)
    case marked(tag: String, [Piece])
  }

  private let pieces: [Piece]

  init(_ markdown: String) {
    let marks = Array("`$*_[\\~&".utf8) + [HTML.openingBracket]
    // Most titles are mere words.
    if !markdown.utf8.contains(where: marks.contains) {
      pieces = [.text(markdown)]
    } else {
      let document = MarkdownDocument(title: markdown)
      pieces = document.root.firstChild.map(Self.pieces) ?? []
    }
  }

  /// The words of a heading, as they stand in the tree.
  init(_ heading: MarkdownNode) { pieces = Self.pieces(of: heading) }

  private static func pieces(of node: MarkdownNode) -> [Piece] {
    node.children.flatMap { child -> [Piece] in
      switch child.kind {
      case .text(let text): [.text(text)]
      case .code(let code): [.code(code)]
      case .formula(let tex, _): [.formula(Formula(tex: tex, isDisplay: false))]
      case .emphasis: [.marked(tag: "em", pieces(of: child))]
      case .strong: [.marked(tag: "strong", pieces(of: child))]
      case .strikethrough: [.marked(tag: "del", pieces(of: child))]
      case .softBreak, .lineBreak: [.text(" ")]
      case .htmlInline(let html): [.text(html)]
      default: pieces(of: child)
      }
    }
  }

  /// - Parameter set: what is made of its words.
  func html(_ math: [Formula: String], set: (String) -> String = { $0 }) -> HTML {
    func html(_ pieces: [Piece]) -> HTML {
      .group(
        pieces.map { piece in
          switch piece {
          case .text(let text): .text(set(text))
          case .code(let code): .tag("code", [:], .text(code))
          case .formula(let formula): math.html(of: formula)
          case .marked(let tag, let pieces): .tag(tag, [:], html(pieces))
          }
        })
    }
    return html(pieces)
  }

  /// For places that hold words only, such as a browser's tab.
  func plain(set: (String) -> String = { $0 }) -> String {
    func plain(_ pieces: [Piece]) -> String {
      pieces.map { piece in
        switch piece {
        case .text(let text): set(text)
        case .code(let code): code
        case .formula(let formula): Formula.words(of: formula.tex)
        case .marked(_, let pieces): plain(pieces)
        }
      }.joined()
    }
    return plain(pieces)
  }

  var formulas: [Formula] {
    func formulas(_ pieces: [Piece]) -> [Formula] {
      pieces.flatMap { piece -> [Formula] in
        switch piece {
        case .formula(let formula): [formula]
        case .marked(_, let pieces): formulas(pieces)
        case .text, .code: []
        }
      }
    }
    return formulas(pieces)
  }
}
