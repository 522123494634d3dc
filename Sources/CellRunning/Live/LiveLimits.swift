import BookModel

/// What a live cell and the cells it needs cannot do, found in their syntax, each with what to
/// write instead.
struct LiveLimits {
  private(set) var diagnostics: [Diagnostic] = []
  private let chapter: Chapter

  init(_ slices: [LiveSlice], chapter: Chapter) {
    self.chapter = chapter
    for slice in slices {
      let variables = slice.cells.flatMap(\.facts.items)
        .filter { $0.kind == .variable }
        .reduce(into: Set<String>()) { $0.formUnion($1.declares) }
      for cell in slice.cells {
        for item in cell.facts.items {
          check(item, of: cell.cell, for: slice.live.cell, variables: variables)
        }
      }
    }
  }

  /// Values that say they follow a live cell, and cannot.
  mutating func check(_ values: [ParsedInlineValue], followed: Set<InlineValue.ID>) {
    for value in values where value.isLive {
      let summary: String
      if !BakedCalls(value.tree).ranges.isEmpty {
        summary =
          "baked(…) stands in a live cell, not in a sentence; write the name of what the cell made of it"
      } else if value.rangeInText != nil {
        summary =
          "an inline value follows a live cell in the prose only, not in a caption or question; write "
          + "'{swift}' here"
      } else if !followed.contains(value.id) {
        summary = "no live cell stands above that this inline value could follow; write '{swift}'"
      } else {
        continue
      }
      diagnostics.append(
        Diagnostic(
          .error, .inlineLive, at: value.range, summary,
          excerpt: chapter.sourceLine(value.range.start.line)))
    }
  }

  private mutating func check(
    _ item: ItemFacts, of cell: Cell, for live: Cell, variables: Set<String>
  ) {
    switch item.kind {
    case .importing(let module) where module != "NeuralNet" && module != "Notebook":
      report(
        .liveImport, cell, item.range.lowerBound, live,
        "module '\(module)' doesn't exist in the reader's page: live cells have NeuralNet and "
          + "Notebook only")
    case .type, .fileLevel:
      for name in item.mentions.intersection(variables).sorted() {
        report(
          .liveTypeUsesVariable, cell, item.range.lowerBound, live,
          "a type or extension uses the variable '\(name)' of a cell: in a live cell it must get "
            + "the value as a parameter")
      }
    default: break
    }
    if let offset = item.throwsAt, item.kind != .function {
      report(
        .liveThrows, cell, offset, live,
        "an error may leave the cell here: a live cell catches errors, or says 'try!'")
    }
    if let offset = item.awaitsAt {
      report(
        .liveAwait, cell, offset, live,
        "'await' waits for work elsewhere: a live cell runs from its first line to its last")
    }
    if let offset = item.matchesAt {
      report(
        .liveRegex, cell, offset, live,
        "regular expressions don't exist in the reader's page: a live cell looks through text with "
          + "split(separator:), hasPrefix and loops")
    }
    if let offset = item.drawsAt {
      report(
        .liveRandom, cell, offset, live,
        "a random number without a seed would differ in the reader's page: a live cell draws from "
          + "RandomSource(seed: seed())")
    }
  }

  private mutating func report(
    _ id: DiagnosticID, _ cell: Cell, _ offset: Int, _ live: Cell, _ summary: String
  ) {
    let range = SourceRange(file: chapter.path, start: cell.position(ofByte: offset))
    // One cell may be needed by several live ones.
    if diagnostics.contains(where: { $0.id == id && $0.range == range }) { return }
    diagnostics.append(
      Diagnostic(
        .error, id, at: range, summary, excerpt: chapter.sourceLine(range.start.line),
        notes: cell.id == live.id
          ? [] : [.init("the live cell needs this one", range: live.infoRange)]))
  }
}
