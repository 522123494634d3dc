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
    if name == "msup" || name == "msubsup", let script = parts.last, parts.count > 1,
      let (primes, power) = divided(script)
    {
      let primed = HTML.element("mrow", [], [parts[0], prime(primes)])
      let scripts = parts[1..<(parts.count - 1)] + (power.map { [$0] } ?? [])
      let scripted = power == nil ? "msub" : name
      return scripts.isEmpty ? primed : .element(scripted, [], [primed] + scripts)
    }
    return .element(name, attributes, parts)
  }

  private static func prime(_ text: String) -> HTML {
    .tag("mo", ["lspace": "0.05em", "rspace": "0"], .text(text))
  }

  /// The primes that a superscript begins with, and what is left of it.
  private static func divided(_ script: HTML) -> (primes: String, power: HTML?)? {
    if let text = primes(in: script) { return (text, nil) }
    guard case .element("mrow", _, let children) = script else { return nil }
    let texts = children.prefix { primes(in: $0) != nil }.compactMap(primes)
    guard !texts.isEmpty else { return nil }
    let rest = Array(children.dropFirst(texts.count))
    let power = rest.count < 2 ? rest.first : .element("mrow", [], rest)
    return (texts.joined(), power)
  }

  private static func primes(in item: HTML) -> String? {
    guard case .element("mo", _, let children) = item, children.count == 1,
      case .text(let text) = children[0], !text.isEmpty, text.allSatisfy({ $0 == "′" })
    else { return nil }
    return text
  }
}
