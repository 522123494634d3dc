/// The content of a chapter's page at another place, such as one page that holds the whole book: its
/// ids, and what leads to them, are written anew. Everything else stays byte for byte.
struct RelocatedMarkup {
  struct Rules {
    /// What an id of the chapter is called there.
    var id: (String) -> String
    /// Where a link of the chapter's page leads there; nil where it leads to the same as before.
    var address: (String) -> String?
    /// Solutions of exercises are taken out, for the end of the book.
    var takesSolutions = false
    /// Names of characters are those of XML, and every element is closed.
    var isXML = false
  }

  /// A solution that was taken out of its place.
  struct Solution {
    /// The id of its exercise, as it is there.
    var exercise: String
    /// What stands above the exercise, such as `Exercise 3.2`.
    var label: String
    var markup: String
  }

  private(set) var markup = ""
  private(set) var solutions: [Solution] = []

  private let rules: Rules
  /// How many elements are open within the solution that is read; nil outside of one.
  private var depth: Int?
  private var isInSummary = false
  /// How many `svg` elements are open, from an engine's figure on; nil outside of one.
  private var figureDepth: Int?
  private var isInTable = false
  private var exercise = ""
  private var label: String?

  init(_ source: String, _ rules: Rules) {
    self.rules = rules
    let bytes = Array(source.utf8)
    var scanner = MarkupScanner(source)
    var start = 0
    while let token = try? scanner.next() {
      let written = String(decoding: bytes[start..<scanner.position], as: UTF8.self)
      start = scanner.position
      take(token, written)
    }
    append(String(decoding: bytes[start...], as: UTF8.self))
  }

  private mutating func take(_ token: MarkupScanner.Token, _ written: String) {
    switch token {
    case .text(let text):
      if label == nil, !text.allSatisfy(\.isWhitespace) { label = text }
      append(rules.isXML && written.contains("&") ? HTML.escaped(text) : written)
    case .comment: append(written)
    case .opening(let name, let attributes, let isClosed, _):
      let holds = !isClosed && !HTML.voidElements.contains(name)
      let classes = attributes.first { $0.name == "class" }?.value.split(separator: " ") ?? []
      if depth == nil, rules.takesSolutions, name == "details", classes.contains("solution") {
        depth = 0
        solutions.append(Solution(exercise: exercise, label: label ?? "", markup: ""))
        return
      }
      if classes.contains("exercise"), let id = attributes.first(where: { $0.name == "id" }) {
        (exercise, label) = (rules.id(id.value), nil)
      }
      if let depth, holds {
        self.depth = depth + 1
        if depth == 0, name == "summary" {
          isInSummary = true
          return
        }
      }
      var changed = attributes.map(relocated)
      if rules.isXML {
        if name == "svg", figureDepth != nil || FigureMarkup.isFigure(name, attributes) {
          figureDepth = (figureDepth ?? 0) + (isClosed ? 0 : 1)
        }
        if FigureMarkup.isTable(name, attributes) { isInTable = true }
        changed = FigureMarkup.complete(
          name, Self.inXML(changed), isInFigure: figureDepth != nil, isInTable: isInTable)
        if figureDepth == 0 { figureDepth = nil }
      }
      append(
        changed == attributes && !rules.isXML
          ? written
          : HTML.opening(name, attributes: changed, isClosed: isClosed || !holds))
    case .closing(let name, _):
      if name == "table" { isInTable = false }
      if name == "svg", let open = figureDepth { figureDepth = open == 1 ? nil : open - 1 }
      guard let depth else { return append(written) }
      if depth == 0 {
        self.depth = nil
        return
      }
      self.depth = depth - 1
      if depth == 1, isInSummary {
        isInSummary = false
        return
      }
      append(written)
    }
  }

  private mutating func append(_ text: String) {
    if isInSummary { return }
    if depth == nil { markup += text } else { solutions[solutions.count - 1].markup += text }
  }

  /// Electronic books know no attributes that HTML has given up, such as that of a table's columns.
  private static func inXML(_ attributes: [HTML.Attribute]) -> [HTML.Attribute] {
    guard let align = attributes.first(where: { $0.name == "align" }) else { return attributes }
    let style = attributes.first { $0.name == "style" }.map { [$0.value] } ?? []
    return attributes.filter { !["align", "style"].contains($0.name) } + [
      HTML.Attribute(
        name: "style", value: (["text-align: \(align.value)"] + style).joined(separator: "; "))
    ]
  }

  private func relocated(_ attribute: HTML.Attribute) -> HTML.Attribute {
    var attribute = attribute
    switch attribute.name {
    case "id": attribute.value = rules.id(attribute.value)
    case "for", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns":
      attribute.value = attribute.value.split(separator: " ").map { rules.id(String($0)) }
        .joined(separator: " ")
    case "href", "xlink:href":
      if attribute.value.hasPrefix("#") {
        attribute.value = "#" + rules.id(String(attribute.value.dropFirst()))
      } else if let address = rules.address(attribute.value) {
        attribute.value = address
      }
    default:
      // Figures refer to their own gradients and clips so.
      let parts = attribute.value.split(separator: "url(#", omittingEmptySubsequences: false)
      guard parts.count > 1 else { break }
      attribute.value =
        String(parts[0])
        + parts.dropFirst().map { part in
          let id = part.prefix { $0 != ")" }
          return "url(#" + rules.id(String(id)) + part.dropFirst(id.count)
        }.joined()
    }
    return attribute
  }
}
