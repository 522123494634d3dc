/// What the search index takes of one page: texts to show, and the weights of terms.
package struct SearchPart: Sendable {
  struct Entry: Sendable {
    // What results show, as JavaScript writes it: a page's part of the index is made once, and added to
    // every index of a book that is served.
    var url: String
    var chapter: String
    var section: String
    var text: String
    /// By term; more where it stands in a heading, or often.
    var weights: [String: Float]
    var length: Float
  }

  var entries: [Entry]

  package init(_ entries: [SearchEntry]) {
    self.entries = entries.map(Self.entry)
  }

  /// Characters of one section that results can quote; terms are found beyond them.
  private static let quotable = 4000

  private static func entry(_ entry: SearchEntry) -> Entry {
    var weights: [String: Float] = [:]
    var length: Float = 0
    func add(_ text: String, _ weight: Float) {
      for term in SearchWords.terms(of: text) {
        let name = term.utf8.count > 40 ? String(term.prefix(40)) : term
        weights[name, default: 0] += weight
        length += min(weight, 1)
      }
    }
    add(entry.section, 8)
    add(entry.chapter, entry.section.isEmpty ? 8 : 1.5)
    add(entry.text, 1)
    add(entry.code, 0.5)
    add(entry.printed, 0.7)
    for label in entry.labels {
      weights[label.number, default: 0] += 5
      weights["\(label.kind.rawValue):\(label.number)".lowercased(), default: 0] += 20
    }
    let quoted = [entry.text, entry.code, entry.printed].filter { !$0.isEmpty }
      .joined(separator: " · ")
    return Entry(
      url: JavaScript.quoted(entry.url), chapter: JavaScript.quoted(entry.chapter),
      section: JavaScript.quoted(entry.section),
      text: JavaScript.quoted(
        quoted.utf8.count > quotable ? String(quoted.prefix(quotable)) : quoted),
      weights: weights, length: length)
  }
}
