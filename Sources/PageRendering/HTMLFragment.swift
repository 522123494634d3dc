/// Markup that somebody else wrote (an author's raw HTML, a record of a cell), read tag by tag and
/// written again so that it is well-formed, and safe under the page's content policy.
///
/// One reader may be given several pieces that belong together, such as the raw HTML before and
/// after a paragraph: elements may stay open from one to the next, until `finish`.
struct HTMLFragment {
  struct Problem: Error, Equatable {
    var summary: String
    /// Bytes from the beginning of the piece.
    var offset: Int
    /// Which piece, counted from 0.
    var piece = 0
  }

  private struct OpenElement {
    var name: String
    var offset: Int
    var piece: Int
    /// Whether it is an engine's figure, or in one; and the same of any `svg`.
    var isInFigure = false
    var isInSVG = false
    /// Whether it is an engine's table, or in one.
    var isInTable = false
  }

  /// Whether figures lose what the stylesheet says as well.
  var isCompact = false
  /// Outermost first.
  private var open: [OpenElement] = []
  private var piece = -1

  /// The page's policy would refuse them, or they would break out of the page.
  static let refusedElements: Set<String> = [
    "applet", "base", "body", "embed", "frame", "frameset", "head", "html", "iframe", "link",
    "meta", "noscript", "object", "plaintext", "script", "style", "xmp",
  ]

  static let namedCharacters: [String: String] = [
    "nbsp": "\u{A0}", "copy": "©", "reg": "®", "deg": "°", "middot": "·", "times": "×",
    "divide": "÷", "minus": "−", "plusmn": "±", "ndash": "–", "mdash": "—", "hellip": "…",
    "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "larr": "←", "uarr": "↑",
    "rarr": "→", "darr": "↓", "le": "≤", "ge": "≥", "ne": "≠", "asymp": "≈", "infin": "∞",
    "sum": "∑", "prod": "∏", "radic": "√", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ",
    "epsilon": "ε", "theta": "θ", "lambda": "λ", "mu": "μ", "pi": "π", "sigma": "σ", "omega": "ω",
    "thinsp": "\u{2009}", "ensp": "\u{2002}", "emsp": "\u{2003}", "shy": "\u{AD}",
    "zwj": "\u{200D}", "zwnj": "\u{200C}",
  ]

  /// `text` written so that it is well-formed.
  mutating func wellFormed(_ text: String) throws(Problem) -> String {
    piece += 1
    do {
      return try written(text)
    } catch {
      throw Problem(summary: error.summary, offset: error.offset, piece: piece)
    }
  }

  private mutating func written(_ text: String) throws(Problem) -> String {
    var scanner = MarkupScanner(text)
    var result = ""
    while let token = try scanner.next() {
      switch token {
      case .text(let text): result += HTML.escaped(text)
      case .comment: continue
      case .opening(let name, let attributes, let isClosed, let offset):
        try check(name, attributes, at: offset)
        let isInSVG = name == "svg" || open.last?.isInSVG == true
        let isInFigure =
          open.last?.isInFigure == true || FigureMarkup.isFigure(name, attributes)
        let isInTable =
          open.last?.isInTable == true || FigureMarkup.isTable(name, attributes)
        let isShape = isClosed && isInSVG && FigureMarkup.shapes.contains(name)
        result += HTML.opening(
          name,
          attributes: isCompact
            ? FigureMarkup.compact(
              name, attributes, isInFigure: isInFigure, isInTable: isInTable) : attributes,
          isClosed: isShape)
        if HTML.voidElements.contains(name) || isShape { continue }
        if isClosed {
          result += HTML.closing(name)
        } else {
          open.append(
            OpenElement(
              name: name, offset: offset, piece: piece, isInFigure: isInFigure, isInSVG: isInSVG,
              isInTable: isInTable))
        }
      case .closing(let name, let offset):
        if HTML.voidElements.contains(name) { continue }
        guard open.popLast()?.name == name else {
          throw Problem(
            summary: "tag '/\(name)' closes nothing; each closing tag ends the element opened last",
            offset: offset)
        }
        result += HTML.closing(name)
      }
    }
    return result
  }

  /// Says which element was never closed, if any.
  func finish() throws(Problem) {
    guard let element = open.last else { return }
    throw Problem(
      summary: "element '\(element.name)' is never closed; its closing tag belongs into the same "
        + "paragraph, list item or quote", offset: element.offset, piece: element.piece)
  }

  private func check(
    _ name: String, _ attributes: [HTML.Attribute], at offset: Int
  ) throws(Problem) {
    if Self.refusedElements.contains(name.lowercased()) {
      throw Problem(
        summary: "element '\(name)' can't be part of a page; pages hold no scripts, styles or "
          + "frames of their own", offset: offset)
    }
    var names: Set<String> = []
    for attribute in attributes {
      let lowercased = attribute.name.lowercased()
      if !names.insert(lowercased).inserted {
        throw Problem(
          summary: "attribute '\(attribute.name)' of '\(name)' is given twice", offset: offset)
      }
      if lowercased == "style" || lowercased.hasPrefix("on") {
        throw Problem(
          summary: "attribute '\(attribute.name)' of '\(name)' can't be used; the page's content "
            + "policy allows no styles or handlers in tags", offset: offset)
      }
      // `document.createElement` would be this element.
      if lowercased == "name", ["form", "img"].contains(name.lowercased()) {
        throw Problem(
          summary:
            "attribute 'name' of '\(name)' can't be used; scripts of the page would take the "
            + "element for a part of the document, and an 'id' names it as well", offset: offset)
      }
    }
  }
}

extension HTMLFragment {
  /// Pieces of one parent, made well-formed together.
  static func wellFormed(
    _ pieces: [String], isCompact: Bool = false
  ) throws(Problem) -> [String] {
    var fragment = HTMLFragment(isCompact: isCompact)
    var results: [String] = []
    for piece in pieces { results.append(try fragment.wellFormed(piece)) }
    try fragment.finish()
    return results
  }

  /// The elements of a text with their attributes; nothing where the text is no markup.
  static func elements(in text: String) -> [(name: String, attributes: [String: String])] {
    var scanner = MarkupScanner(text)
    var elements: [(String, [String: String])] = []
    while let token = try? scanner.next() {
      guard case .opening(let name, let attributes, _, _) = token else { continue }
      let values = Dictionary(
        attributes.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first }
      )
      elements.append((name.lowercased(), values))
    }
    return elements
  }

  /// Values of an attribute in all elements of a text.
  static func values(of attribute: String, in text: String) -> [String] {
    elements(in: text).compactMap { $0.attributes[attribute] }
  }

  /// The words of a text of markup.
  ///
  /// - Parameter separator: what stands for tags between words.
  static func text(in markup: String, between separator: String = " ") -> String {
    var scanner = MarkupScanner(markup)
    var words = ""
    while let token = try? scanner.next() {
      if case .text(let text) = token {
        words += text
      } else if !words.isEmpty, words.utf8.last != UInt8(ascii: " ") {
        words += separator
      }
    }
    return words
  }
}
