/// Signs that browsers set in another way than TeX does.
extension FormulaMarkup {
  /// Bars of KaTeX's `\left|`, and the signs that browsers stretch in their place.
  private static let bars = ["∣": "|", "∥": "‖"]

  /// With bars that grow with what stands between them, and primes of the size and height that
  /// fonts give them: raised, they would be small and too high.
  static func legible(_ item: HTML) -> HTML {
    guard case .element(let name, let attributes, let children) = item else { return item }
    if name == "mo", attributes.contains(HTML.Attribute(name: "fence", value: "true")),
      case .text(let text)? = children.first, let bar = bars[text]
    {
      let others = attributes.filter { $0.name != "fence" }
      return .element(
        name, others + [HTML.Attribute(name: "stretchy", value: "true")], [.text(bar)])
    }
    let parts = children.map(legible)
    if name == "msup", parts.count == 2, let primes = primes(in: parts[1]) {
      return .element("mrow", [], [parts[0], prime(primes)])
    }
    if name == "msubsup", parts.count == 3, let primes = primes(in: parts[2]) {
      return .element("msub", [], [.element("mrow", [], [parts[0], prime(primes)]), parts[1]])
    }
    return .element(name, attributes, parts)
  }

  private static func prime(_ text: String) -> HTML {
    .tag("mo", ["lspace": "0.05em", "rspace": "0"], .text(text))
  }

  /// The primes, if a superscript is nothing else.
  private static func primes(in item: HTML) -> String? {
    guard case .element(let name, _, let children) = item else { return nil }
    switch name {
    case "mo":
      guard case .text(let text)? = children.first, children.count == 1, !text.isEmpty,
        text.allSatisfy({ $0 == "′" })
      else { return nil }
      return text
    case "mrow":
      let texts = children.map(primes)
      return texts.contains(nil) || texts.isEmpty ? nil : texts.compactMap(\.self).joined()
    default: return nil
    }
  }
}
