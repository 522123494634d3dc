extension BookIndex {
  /// Chapters, figures, tables, listings and equations that were given a name which no reference
  /// uses, in the order of the book. Sections are named by themselves, and do not count.
  /// - Parameter printed: where links lead to that cells printed.
  package func unusedTargets(printed: [String] = []) -> [ReferenceTarget] {
    unused(printed) { kind in
      switch kind {
      case .chapter, .appendix, .figure, .table, .listing, .equation: true
      case .section, .exercise, .place, .theorem, .lemma, .corollary, .definition, .example: false
      }
    }
  }

  /// The same of plain cells and places in HTML, whose names may serve something else.
  package func unusedPlaces(printed: [String] = []) -> [ReferenceTarget] {
    unused(printed) { $0 == .place }
  }

  private func unused(
    _ printed: [String], _ counts: (ReferenceTarget.Kind) -> Bool
  ) -> [ReferenceTarget] {
    var used: Set<Substring> = []
    for destination in chapters.flatMap(\.links).map(\.destination) + printed {
      if let hash = destination.firstIndex(of: "#") {
        used.insert(destination[destination.index(after: hash)...])
      }
    }
    // Chapters lead to terms by themselves.
    for term in glossary.terms { used.insert(term.anchor[...]) }
    let targets = chapters.flatMap(\.targets)
    // Who refers to a part refers to the whole, which alone is told of.
    for target in targets where used.contains(target.id[...]) {
      if let group = target.group { used.insert(group[...]) }
    }
    return targets.filter {
      counts($0.kind) && $0.group == nil && !used.contains($0.id[...])
    }
  }
}
