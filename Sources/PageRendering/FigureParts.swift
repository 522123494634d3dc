import Markdown

/// The parts of all groups of figures in a text. They are known before anything is put into the tree:
/// later, cells are no blocks of code any more.
struct FigureParts {
  struct Part: Sendable {
    var letter: Character
    /// The group's name.
    var group: String?

    /// Beside the part itself.
    var label: String { "(\(letter))" }
  }

  private var parts: [MarkdownNode: Part] = [:]

  init(_ nodes: [KnownNode]) {
    for known in nodes {
      guard case .blockQuote = known.kind, let group = FigureGroup(known.node) else { continue }
      for (part, letter) in zip(group.parts, FigureGroup.letters) {
        parts[part] = Part(letter: letter, group: group.name)
      }
    }
  }

  subscript(node: MarkdownNode) -> Part? { parts[node] }

  var isEmpty: Bool { parts.isEmpty }
}
