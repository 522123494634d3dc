extension BookIndex {
  /// Chapters, figures, tables, listings and equations that were given a name which no reference
  /// uses, in the order of the book. Sections are named by themselves, and do not count.
  package var unusedTargets: [ReferenceTarget] {
    unused { kind in
      switch kind {
      case .chapter, .appendix, .figure, .table, .listing, .equation: true
      case .section, .exercise, .place: false
      }
    }
  }

  /// The same of plain cells and places in HTML, whose names may serve something else.
  package var unusedPlaces: [ReferenceTarget] { unused { $0 == .place } }

  private func unused(_ counts: (ReferenceTarget.Kind) -> Bool) -> [ReferenceTarget] {
    var used: Set<Substring> = []
    for link in chapters.flatMap(\.links) {
      if let hash = link.destination.firstIndex(of: "#") {
        used.insert(link.destination[link.destination.index(after: hash)...])
      }
    }
    return chapters.flatMap(\.targets).filter { counts($0.kind) && !used.contains($0.id[...]) }
  }
}
