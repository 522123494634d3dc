/// What elements of figures say most often, as classes that the stylesheet of every page knows.
enum FigureClasses {
  private static let colors: KeyValuePairs<String, String> = [
    "i": "ink", "u": "muted", "g": "grid", "p": "paper", "b": "blue", "o": "orange",
    "1": "series-1", "2": "series-2", "3": "series-3", "4": "series-4",
  ]

  private static let others: KeyValuePairs<String, HTML.Attribute> = [
    "m": HTML.Attribute(name: "text-anchor", value: "middle"),
    "e": HTML.Attribute(name: "text-anchor", value: "end"),
    "j": HTML.Attribute(name: "stroke-linejoin", value: "round"),
    "r": HTML.Attribute(name: "stroke-linecap", value: "round"),
    "w": HTML.Attribute(name: "stroke-width", value: "2"),
    "k": HTML.Attribute(name: "shape-rendering", value: "crispEdges"),
    "t": HTML.Attribute(name: "font-size", value: "13"),
    "h": HTML.Attribute(name: "font-weight", value: "600"),
  ]

  /// Of strokes and of fills, as the engine writes them for pages without our stylesheet.
  private static let meanings: [String: HTML.Attribute] = {
    var meanings = Dictionary(uniqueKeysWithValues: others.map { ($0.key, $0.value) })
    for (letter, color) in colors {
      let value = FigureMarkup.color("--nn-\(color)")
      meanings["s\(letter)"] = HTML.Attribute(name: "stroke", value: value)
      meanings["f\(letter)"] = HTML.Attribute(name: "fill", value: value)
    }
    return meanings
  }()

  private static let names = Dictionary(
    uniqueKeysWithValues: meanings.map { ($0.value, $0.key) })

  static func compact(_ attributes: [HTML.Attribute]) -> [HTML.Attribute] {
    let classes = attributes.compactMap { names[$0] }
    if classes.isEmpty { return attributes }
    var rest = attributes.filter { names[$0] == nil }
    let words = classes.joined(separator: " ")
    if let own = rest.firstIndex(where: { $0.name == "class" }) {
      rest[own].value += " " + words
    } else {
      rest.append(HTML.Attribute(name: "class", value: words))
    }
    return rest
  }

  static func complete(_ attributes: [HTML.Attribute]) -> [HTML.Attribute] {
    guard let own = attributes.firstIndex(where: { $0.name == "class" }) else { return attributes }
    let words = attributes[own].value.split(separator: " ").map(String.init)
    let known = words.compactMap { meanings[$0] }
    if known.isEmpty { return attributes }
    var rest = attributes
    let others = words.filter { meanings[$0] == nil }
    if others.isEmpty {
      rest.remove(at: own)
    } else {
      rest[own].value = others.joined(separator: " ")
    }
    return rest + known
  }
}
