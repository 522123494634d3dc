/// A formula as the commands and letters that it is made of, without what only groups or sets words.
struct TeXTokens: Hashable, Sendable {
  private(set) var tokens: [String] = []

  /// Their arguments are words: each is one token, with its words.
  private static let words: Set<String> = [
    "\\text", "\\textbf", "\\textit", "\\textrm", "\\texttt", "\\textnormal", "\\mbox",
    "\\operatorname",
  ]

  /// They and their arguments are no part of any symbol.
  private static let others: Set<String> = [
    "\\begin", "\\end", "\\tag", "\\label", "\\color", "\\textcolor", "\\hspace",
  ]

  /// They make another symbol of the one that follows.
  static let styles: Set<String> = [
    "\\mathbf", "\\mathrm", "\\mathcal", "\\mathbb", "\\mathsf", "\\mathit", "\\mathfrak",
    "\\mathscr", "\\boldsymbol", "\\bm", "\\hat", "\\widehat", "\\bar", "\\tilde", "\\widetilde",
    "\\vec", "\\dot", "\\ddot", "\\check", "\\breve", "\\acute", "\\grave",
  ]

  /// Spaces of print, and signs that a line of a matrix is made of.
  private static let spaces: Set<String> = [
    "\\,", "\\;", "\\:", "\\!", "\\ ", "\\quad", "\\qquad", "\\\\", "~", "&",
  ]

  init(_ tex: String) {
    var rest = Substring(tex)
    while let first = rest.first {
      rest.removeFirst()
      guard first == "\\" else {
        if !first.isWhitespace { tokens.append(String(first)) }
        continue
      }
      var command = "\\"
      if let mark = rest.first, !(mark.isASCII && mark.isLetter) {
        command.append(rest.removeFirst())
      } else {
        let letters = rest.prefix { $0.isASCII && $0.isLetter }
        command += letters
        rest = rest[letters.endIndex...]
      }
      if Self.others.contains(command) {
        _ = Self.takeGroup(&rest)
      } else if Self.words.contains(command) {
        tokens.append(command + Self.takeGroup(&rest))
      } else {
        tokens.append(command)
      }
    }
    tokens.removeAll(where: Self.spaces.contains)
    unwrapSingleTokens()
  }

  /// Also of a command with a star.
  private static func takeGroup(_ rest: inout Substring) -> Substring {
    let start = rest.drop { $0.isWhitespace || $0 == "*" }
    guard start.first == "{" else { return "" }
    var depth = 0
    rest = start
    while let character = rest.first {
      rest.removeFirst()
      if character == "{" { depth += 1 }
      if character == "}" { depth -= 1 }
      if depth == 0 { break }
    }
    return start[..<rest.startIndex]
  }

  /// `x_{1}` is `x_1`.
  private mutating func unwrapSingleTokens() {
    var plain: [String] = []
    for token in tokens {
      if token == "}", plain.count >= 2, plain[plain.count - 2] == "{" {
        plain.remove(at: plain.count - 2)
      } else {
        plain.append(token)
      }
    }
    tokens = plain
  }

  /// Whether the tokens of a symbol stand in it, not as the letter under an accent or in another
  /// alphabet.
  func contains(_ symbol: TeXTokens, at place: Int) -> Bool {
    let end = place + symbol.tokens.count
    guard end <= tokens.count, tokens[place..<end].elementsEqual(symbol.tokens) else {
      return false
    }
    if Self.styles.contains(symbol.tokens[0]) { return true }
    if place > 0, Self.styles.contains(tokens[place - 1]) { return false }
    return !isStyled(place)
  }

  /// Whether the group around a place, or one around that, is set in another alphabet.
  private func isStyled(_ place: Int) -> Bool {
    var closed = 0
    for before in (0..<place).reversed() {
      if tokens[before] == "}" { closed += 1 }
      guard tokens[before] == "{" else { continue }
      if closed > 0 {
        closed -= 1
      } else if before > 0, Self.styles.contains(tokens[before - 1]) {
        return true
      }
    }
    return false
  }
}
