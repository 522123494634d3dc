extension BookIndex {
  /// Figures, tables, listings and equations that were given a name which no reference uses, in the
  /// order of the book. Sections are named by themselves, and do not count.
  package var unusedTargets: [ReferenceTarget] {
    var used: Set<Substring> = []
    for link in chapters.flatMap(\.links) {
      if let hash = link.destination.firstIndex(of: "#") {
        used.insert(link.destination[link.destination.index(after: hash)...])
      }
    }
    return chapters.flatMap(\.targets).filter { target in
      switch target.kind {
      case .figure, .table, .listing, .equation: !used.contains(target.id[...])
      case .chapter, .appendix, .section, .exercise, .place: false
      }
    }
  }
}
