/// One thing that cells can name.
struct PublicDeclaration {
  enum Kind { case type, member, enumCase, function }

  /// `Sources/NeuralNet/Layers/Dense.swift:9`
  var place: String
  /// The types around it, outermost first; empty at the top of a file.
  var scope: [String]
  var kind: Kind
  /// `hasBias`, `init(to:bias:)`
  var name: String
  /// The declaration without modifiers of access, attributes and body, on one line.
  var signature: String
  /// The lines of its documentation comment, without the slashes.
  var documentation: [String]
  /// Whether a protocol says what it does, so that it inherits the protocol's words.
  var isWitness: Bool

  var fullName: String { (scope + [name]).joined(separator: ".") }

  var isDocumented: Bool { documentation.contains { !$0.allSatisfy(\.isWhitespace) } }

  /// The first paragraph, on one line, up to its first full stop.
  var summary: String {
    let paragraph = documentation.prefix { !$0.allSatisfy(\.isWhitespace) }
      .map { $0.drop { $0 == " " } }.joined(separator: " ")
    guard !paragraph.hasPrefix("- "), let end = paragraph.range(of: ". ") else {
      return paragraph.hasPrefix("- ") ? "" : paragraph
    }
    return String(paragraph[..<end.lowerBound])
  }
}
