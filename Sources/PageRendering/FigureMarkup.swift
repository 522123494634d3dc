/// Tags of the engine's figures and tables without what the stylesheet of every page says as well. A figure has
/// some forty of them, and a chapter some twenty figures.
///
/// `complete` is the way back, for readers that know no stylesheet of ours.
enum FigureMarkup {
  /// The class of an `svg` element that the engine drew.
  static let figureClass = "nn-figure"

  /// Elements that hold nothing, and may so be closed where they open.
  static let shapes: Set<String> = [
    "circle", "ellipse", "line", "path", "polygon", "polyline", "rect", "stop", "use",
  ]

  static let svgNamespace = "http://www.w3.org/2000/svg"
  static let mathNamespace = "http://www.w3.org/1998/Math/MathML"

  /// What stands in the place of a color where nothing defines it, by its variable.
  private static let fallbacks: KeyValuePairs<String, String> = [
    "--nn-ink": "#1f2328", "--nn-muted": "#59636e", "--nn-grid": "#d8dee4",
    "--nn-paper": "#fff", "--nn-blue": "#0b62b0", "--nn-orange": "#b84a00",
    "--nn-series-1": "#0b62b0", "--nn-series-2": "#b84a00", "--nn-series-3": "#00775f",
    "--nn-series-4": "#7d3c98", "--nn-series-5": "#7a6000", "--nn-series-6": "#b8255f",
  ]

  private static let short: [String: String] = Dictionary(
    uniqueKeysWithValues: fallbacks.map { ("var(\($0),\($1))", "var(\($0))") })
  private static let long: [String: String] = Dictionary(
    uniqueKeysWithValues: fallbacks.map { ("var(\($0))", "var(\($0),\($1))") })

  /// Of the `svg` element itself.
  private static let defaults = [
    HTML.Attribute(name: "font-family", value: "var(--nn-figure-font,system-ui,sans-serif)"),
    HTML.Attribute(name: "font-size", value: "12"),
    HTML.Attribute(name: "fill", value: "var(--nn-ink,#1f2328)"),
  ]

  private static let table = HTML.Attribute(name: "class", value: "nn-table")
  /// Where cells hold numbers, but for those that say otherwise.
  private static let tableOfNumbers = HTML.Attribute(name: "class", value: "nn-table nn-c")
  private static let number = HTML.Attribute(name: "class", value: "nn-number")
  private static let words = HTML.Attribute(name: "class", value: "l")
  private static let cells: Set<String> = ["td", "th"]

  /// A color as the engine writes it.
  static func color(_ variable: String) -> String { long["var(\(variable))"] ?? "" }

  static func isFigure(_ name: String, _ attributes: [HTML.Attribute]) -> Bool {
    name == "svg" && attributes.contains { $0.name == "class" && $0.value == figureClass }
  }

  /// Whether the table is the engine's, in a page or as it was drawn.
  static func isTable(_ name: String, _ attributes: [HTML.Attribute]) -> Bool {
    name == "table" && (attributes.contains(table) || attributes.contains(tableOfNumbers))
  }

  /// - Parameters:
  ///   - isInFigure: whether the element is a figure's, or the figure.
  ///   - isInTable: whether it is in a table of the engine's, or the table.
  static func compact(
    _ name: String, _ attributes: [HTML.Attribute], isInFigure: Bool = false,
    isInTable: Bool = false
  ) -> [HTML.Attribute] {
    var attributes = attributes.filter {
      !($0.name == "xmlns" && [svgNamespace, mathNamespace].contains($0.value))
    }
    if isInTable {
      if name == "table" { return attributes.map { $0 == table ? tableOfNumbers : $0 } }
      if cells.contains(name) {
        if attributes.contains(number) { return attributes.filter { $0 != number } }
        return attributes.contains { $0.name == "class" } ? attributes : attributes + [words]
      }
    }
    guard isInFigure else { return attributes }
    if name == "svg" { attributes.removeAll(where: defaults.contains) }
    if name == "path", attributes.contains(where: { $0.name == "stroke" }) {
      attributes.removeAll { $0.name == "fill" && $0.value == "none" }
    }
    if name != "svg" { attributes = FigureClasses.compact(attributes) }
    return attributes.map {
      HTML.Attribute(name: $0.name, value: short[$0.value] ?? $0.value)
    }
  }

  static func complete(
    _ name: String, _ attributes: [HTML.Attribute], isInFigure: Bool, isInTable: Bool
  ) -> [HTML.Attribute] {
    var attributes = attributes
    let namespace = ["svg": svgNamespace, "math": mathNamespace][name]
    if let namespace, !attributes.contains(where: { $0.name == "xmlns" }) {
      attributes.insert(HTML.Attribute(name: "xmlns", value: namespace), at: 0)
    }
    if isInTable {
      if name == "table" { return attributes.map { $0 == tableOfNumbers ? table : $0 } }
      if cells.contains(name) {
        if attributes.contains(words) { return attributes.filter { $0 != words } }
        return attributes.contains { $0.name == "class" } ? attributes : attributes + [number]
      }
    }
    guard isInFigure else { return attributes }
    if isFigure(name, attributes) {
      for usual in defaults where !attributes.contains(where: { $0.name == usual.name }) {
        attributes.append(usual)
      }
    }
    if name != "svg" { attributes = FigureClasses.complete(attributes) }
    if name == "path", let stroke = attributes.firstIndex(where: { $0.name == "stroke" }),
      !attributes.contains(where: { $0.name == "fill" })
    {
      attributes.insert(HTML.Attribute(name: "fill", value: "none"), at: stroke)
    }
    return attributes.map {
      HTML.Attribute(name: $0.name, value: long[$0.value] ?? $0.value)
    }
  }
}
