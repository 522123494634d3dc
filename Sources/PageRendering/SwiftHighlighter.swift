import BookModel
import SwiftIDEUtils
import SwiftParser
import SwiftSyntax

/// Colors Swift by the token classes of swift-syntax. Each line is complete in itself, so that
/// lines can be folded or marked apart.
package struct SwiftHighlighter: Sendable {
  /// By their code; nil where none is shown twice.
  private let known: KnownLines?

  package init(remembers: Bool = false) { known = remembers ? KnownLines() : nil }

  /// What a stretch of source is to a reader.
  enum TokenClass: Sendable {
    case keyword, type, call, string, number, comment, attribute, directive

    /// The shortest elements that say nothing to a screen reader, and little where no stylesheet
    /// is: a chapter has a thousand of them. What is rare has a class.
    func element(_ text: HTML) -> HTML {
      switch self {
      case .keyword: .tag("b", [:], text)
      case .type: .tag("i", [:], text)
      case .call: .tag("var", [:], text)
      case .string: .tag("u", [:], text)
      case .number: .tag("a", [:], text)
      case .comment: .tag("span", ["class": "c"], text)
      case .attribute: .tag("span", ["class": "a"], text)
      case .directive: .tag("span", ["class": "d"], text)
      }
    }
  }

  /// The lines of `code`, each with its tokens in elements.
  func lines(of code: String) -> [HTML] {
    if let lines = known?.lines(of: code) { return lines }
    let lines = madeLines(of: code)
    known?.add(lines, of: code)
    return lines
  }

  private func madeLines(of code: String) -> [HTML] {
    // Reading it as a tree would take more stack or time than there is.
    if CodeNesting(code).excess != nil {
      return code.split(separator: "\n", omittingEmptySubsequences: false).map {
        Self.showing(String($0))
      }
    }
    let tree = Parser.parse(source: code)
    let calls = callOffsets(in: tree)
    let bytes = Array(code.utf8)
    var lines: [HTML] = []
    var line: [HTML] = []
    for stretch in tree.classifications {
      let start = stretch.range.lowerBound.utf8Offset
      let end = min(stretch.range.upperBound.utf8Offset, bytes.count)
      guard start < end else { continue }
      let text = bytes[start..<end]
      let tokenClass = tokenClass(of: stretch.kind, text: text, isCall: calls.contains(start))
      var pieces = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
      append(pieces.removeFirst(), tokenClass, to: &line)
      for piece in pieces {
        lines.append(.group(line))
        line = []
        append(piece, tokenClass, to: &line)
      }
    }
    lines.append(.group(line))
    return lines
  }

  private func append(_ bytes: ArraySlice<UInt8>, _ tokenClass: TokenClass?, to line: inout [HTML])
  {
    guard !bytes.isEmpty else { return }
    let text = Self.showing(String(decoding: bytes, as: UTF8.self))
    line.append(tokenClass?.element(text) ?? text)
  }

  /// The text, with a name in the place of every character that would not show.
  private static func showing(_ text: String) -> HTML {
    let hidden = HiddenCharacter.all(in: text)
    if hidden.isEmpty { return .text(text) }
    let bytes = Array(text.utf8)
    var parts: [HTML] = []
    var place = 0
    for character in hidden {
      parts.append(.text(String(decoding: bytes[place..<character.offset], as: UTF8.self)))
      parts.append(.tag("span", ["class": "hidden-character"], .text(character.name)))
      place = character.offset + UTF8.width(character.scalar)
    }
    return .group(parts + [.text(String(decoding: bytes[place...], as: UTF8.self))])
  }

  private func tokenClass(
    of kind: SyntaxClassification, text: ArraySlice<UInt8>, isCall: Bool
  ) -> TokenClass? {
    switch kind {
    case .keyword: .keyword
    case .type: .type
    case .identifier: startsWithCapital(text) ? .type : isCall ? .call : nil
    case .stringLiteral, .regexLiteral: .string
    case .integerLiteral, .floatLiteral: .number
    case .lineComment, .blockComment, .docLineComment, .docBlockComment: .comment
    case .attribute: .attribute
    case .ifConfigDirective: .directive
    // Names of arguments have the color of the text.
    case .argumentLabel, .dollarIdentifier, .editorPlaceholder, .operator, .none: nil
    }
  }

  /// Types and enclosing names of static members are capitalized by convention.
  private func startsWithCapital(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first else { return false }
    return (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first)
  }

  private func callOffsets(in tree: SourceFileSyntax) -> Set<Int> {
    var offsets: Set<Int> = []
    for token in tree.tokens(viewMode: .sourceAccurate) {
      guard case .identifier = token.tokenKind,
        let name = token.parent?.as(DeclReferenceExprSyntax.self)
      else { continue }
      let callee =
        name.parent?.as(MemberAccessExprSyntax.self).flatMap {
          $0.declName.id == name.id ? Syntax($0) : nil
        } ?? Syntax(name)
      guard let call = callee.parent?.as(FunctionCallExprSyntax.self),
        call.calledExpression.id == callee.as(ExprSyntax.self)?.id
      else { continue }
      offsets.insert(token.positionAfterSkippingLeadingTrivia.utf8Offset)
    }
    return offsets
  }
}
