/// MathML of KaTeX's as a tree, mended where browsers space it in another way than TeX does, cut
/// where TeX may end a line, and without what says nothing: `math` is a row itself, and has one
/// meaning here.
struct FormulaMarkup {
  private var attributes: [HTML.Attribute] = []
  /// Of the formula's outermost row.
  private var row: [HTML] = []

  /// Nil for markup of another shape than a row or a table, which is shown as it is.
  init?(_ mathML: String) {
    guard case .element("math", let attributes, let children)? = Self.tree(of: mathML),
      case .element("semantics", _, let meanings)? = children.first, children.count == 1,
      let meaning = meanings.first, meanings.count == 1, let row = Self.row(of: meaning)
    else { return nil }
    self.attributes = attributes
    self.row = Self.spaced(row.map(Self.legible))
  }

  /// Formulas of several lines are a table, with no row around it.
  private static func row(of meaning: HTML) -> [HTML]? {
    switch meaning {
    case .element("mrow", [], let row): row
    case .element("mtable", _, _): [meaning]
    default: nil
    }
  }

  /// The formula as one.
  var whole: HTML { math(row) }

  /// Pieces between which a line may end: after a relation or an operator that stands in no
  /// parentheses. A short formula stays in one piece.
  var parts: [HTML] {
    guard row.reduce(0, { $0 + Self.length(of: $1) }) > Self.longest else { return [whole] }
    var pieces: [[HTML]] = [[]]
    var depth = 0
    for (place, item) in row.enumerated() {
      pieces[pieces.count - 1].append(item)
      guard let sign = Self.sign(item) else { continue }
      if Self.isOpening(sign) { depth += 1 }
      if Self.isClosing(sign) { depth -= 1 }
      let isInfix = Self.breakable.contains(sign) && !Self.isPrefix(item)
      guard isInfix, depth == 0, place > 0, place + 1 < row.count else { continue }
      // At the end of a row an operator would be taken for another one.
      pieces[pieces.count - 1][pieces[pieces.count - 1].count - 1] = Self.with(
        item, "form", "infix")
      pieces.append([])
    }
    return pieces.map(math)
  }

  private func math(_ row: [HTML]) -> HTML {
    .element(
      "math", FigureMarkup.compact("math", attributes),
      row.map { $0.withoutIdleVariants })
  }

  /// Letters that fit on a line of a phone beside a few words.
  private static let longest = 10

  private static let breakable: Set<String> = [
    "=", "≠", "≈", "≡", "∼", "≃", "\u{3C}", ">", "≤", "≥", "≪", "≫", "→", "⟶", "↦", "⇒", "⟹", "∈",
    "∝", "+", "−", "±", "⋅", "×", "·",
  ]

  private static func isOpening(_ sign: String) -> Bool { ["(", "[", "{"].contains(sign) }
  private static func isClosing(_ sign: String) -> Bool { [")", "]", "}"].contains(sign) }
}

// MARK: - Spacing

extension FormulaMarkup {
  /// What applies a function, and is not seen.
  private static let application = "\u{2061}"

  /// Rows, and elements that hold a row without saying so.
  private static let rows: Set<String> = [
    "mrow", "msqrt", "mstyle", "mtd", "mpadded", "mphantom", "menclose",
  ]

  private static func spaced(_ row: [HTML]) -> [HTML] {
    var result: [HTML] = []
    for (place, item) in row.enumerated() {
      let next = place + 1 < row.count ? row[place + 1] : nil
      if next.flatMap(sign) == application, let last = result.last, isOrdinary(last) {
        result.append(thinSpace)
      }
      result.append(item.mapped(row: spaced))
      guard let sign = sign(item) else { continue }
      if ["+", "−", "±", "∓"].contains(sign), !followsOperand(result.dropLast()) {
        result[result.count - 1] = with(item, "form", "prefix")
      }
      if sign == application, let next, self.sign(next).map({ !isOpening($0) }) ?? true {
        result.append(thinSpace)
      }
    }
    return result
  }

  private static let thinSpace = HTML.tag("mspace", ["width": "0.1667em"])

  /// Whether a sign after these joins two terms, and does not belong to the one that follows.
  private static func followsOperand(_ row: some BidirectionalCollection<HTML>) -> Bool {
    guard let last = row.last else { return false }
    guard let sign = sign(last) else { return true }
    return isClosing(sign) || ["!", "′", "|", "∥"].contains(sign)
  }

  private static func isOrdinary(_ item: HTML) -> Bool {
    guard let sign = sign(item) else {
      if case .element("mspace", _, _) = item { return false }
      return true
    }
    return isClosing(sign)
  }

  private static func isPrefix(_ item: HTML) -> Bool {
    guard case .element(_, let attributes, _) = item else { return false }
    return attributes.contains { $0.name == "form" && $0.value == "prefix" }
  }

  /// The text of an operator.
  private static func sign(_ item: HTML) -> String? {
    guard case .element("mo", _, let children) = item else { return nil }
    guard case .text(let text)? = children.first else { return "" }
    return text
  }

  private static func with(_ item: HTML, _ name: String, _ value: String) -> HTML {
    guard case .element(let element, let attributes, let children) = item else { return item }
    return .element(
      element,
      attributes.filter { $0.name != name } + [HTML.Attribute(name: name, value: value)], children)
  }

  private static func length(of item: HTML) -> Int {
    switch item {
    case .text(let text): text == application ? 0 : text.count
    case .markup: 0
    case .group(let parts), .element(_, _, let parts): parts.reduce(0) { $0 + length(of: $1) }
    }
  }
}

extension HTML {
  /// Without the word that a sign stands upright where it has no other form.
  fileprivate var withoutIdleVariants: HTML {
    guard case .element(let name, let attributes, let children) = self else { return self }
    if name == "mi", attributes == [Attribute(name: "mathvariant", value: "normal")],
      case .text(let text)? = children.first, text.count == 1, "/!%∞…?#&".contains(text)
    {
      return .element(name, [], children)
    }
    return .element(name, attributes, children.map(\.withoutIdleVariants))
  }

  /// With the rows in it changed.
  fileprivate func mapped(row change: ([HTML]) -> [HTML]) -> HTML {
    guard case .element(let name, let attributes, let children) = self else { return self }
    if FormulaMarkup.holdsRow(name) { return .element(name, attributes, change(children)) }
    return .element(name, attributes, children.map { $0.mapped(row: change) })
  }
}

extension FormulaMarkup {
  fileprivate static func holdsRow(_ name: String) -> Bool { rows.contains(name) }

  /// The one element that the text is.
  private static func tree(of markup: String) -> HTML? {
    var scanner = MarkupScanner(markup)
    var open: [(name: String, attributes: [HTML.Attribute], children: [HTML])] = [("", [], [])]
    while true {
      guard let token = try? scanner.next() else { break }
      switch token {
      case .text(let text): open[open.count - 1].children.append(.text(text))
      case .comment: continue
      case .opening(let name, let attributes, let isClosed, _):
        if isClosed || HTML.voidElements.contains(name) {
          open[open.count - 1].children.append(.element(name, attributes, []))
        } else {
          open.append((name, attributes, []))
        }
      case .closing(let name, _):
        guard open.count > 1, let element = open.popLast(), element.name == name else { return nil }
        open[open.count - 1].children.append(
          .element(element.name, element.attributes, element.children))
      }
    }
    guard open.count == 1, open[0].children.count == 1 else { return nil }
    return open[0].children[0]
  }
}
