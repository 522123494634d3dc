import BookModel

extension BookIndex {
  /// The name of the heading under which the works of the whole book stand.
  static let listName = "refs"

  /// The page with the list of works; nil where each chapter has its own.
  var listSlug: String? { target(Self.listName, from: "")?.slug }

  /// Where a chapter's citations lead: the address of an entry's page, empty for the chapter's own.
  func listPage(from slug: String, ending: String) -> String {
    guard let listSlug, listSlug != slug else { return "" }
    return siteAddress(listSlug + ending)
  }

  /// All groups of citations, those of each chapter in the order of its text.
  package var citations: [WrittenCitation] { chapters.flatMap(\.citations) }

  /// `@fig-loss` of other tools: the chapter's own parser says how a reference is written.
  private static func isReferenceElsewhere(_ key: String) -> Bool {
    key.prefixMatch(of: /(fig|tbl|tab|lst|eq|sec)[-:]/) != nil
  }

  mutating func checkCitations() {
    guard let bibliography else {
      for chapter in chapters {
        // A plain '@' may be anything.
        guard
          let first = chapter.citations.first(where: {
            $0.group.isBracketed && !$0.group.keys.allSatisfy(Self.isReferenceElsewhere)
          })
        else { continue }
        diagnostics.append(
          Diagnostic(
            .warning, .noBibliography, at: first.keyRanges.first,
            "citation '\(first.group.text)' is text here, because the book has no bibliography; put "
              + "one named 'references.bib' beside the chapters"))
      }
      return
    }
    let keys = bibliography.keys.map(\.value)
    let known = Set(keys)
    var unknown: [String: Int] = [:]
    for citation in citations {
      if citation.isInHeading {
        diagnostics.append(
          Diagnostic(
            .error, .citationInHeading, at: citation.keyRanges.first,
            "heading holds a citation; it belongs into the text below"))
      }
      for (key, range) in zip(citation.group.keys, citation.keyRanges) where !known.contains(key) {
        if Self.isReferenceElsewhere(key) { continue }
        let file = range.file
        unknown[file, default: 0] += 1
        if unknown[file, default: 0] > Diagnostic.mostOfAFile + 1 { continue }
        let advice =
          nearest(to: key, in: keys).map { "; did you mean '@\($0)'?" }
          ?? (citation.group.isBracketed ? "" : "; a mere '@' is written '\\@'")
        diagnostics.append(
          Diagnostic(
            .error, .unknownCitation, at: range,
            "citation '@\(key)' names nothing in '\(bibliography.path)'\(advice)"))
      }
    }
    guard let listSlug else { return }
    for chapter in chapters where chapter.slug != listSlug {
      for key in chapter.citations.flatMap(\.group.keys) {
        mentions[listSlug, default: []].insert(CitedWorks.plainID(of: key))
      }
    }
  }
}
