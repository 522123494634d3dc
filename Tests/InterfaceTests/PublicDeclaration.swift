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

  /// Whether it stands on the side of a condition that only Embedded Swift sees.
  var isForBrowsers = false

  var fullName: String { (scope + [name]).joined(separator: ".") }

  var isDocumented: Bool { documentation.contains { !$0.allSatisfy(\.isWhitespace) } }

  /// The first sentence, on one line and without its full stop.
  var summary: String {
    let paragraph = documentation.prefix { !$0.allSatisfy(\.isWhitespace) }
      .map { $0.drop { $0 == " " } }.joined(separator: " ")
    if paragraph.hasPrefix("- ") { return "" }
    let sentence = paragraph[..<(paragraph.range(of: ". ")?.lowerBound ?? paragraph.endIndex)]
    return String(sentence.hasSuffix(".") ? sentence.dropLast() : sentence)
  }
}
