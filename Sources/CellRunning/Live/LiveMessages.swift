import BookModel

/// What the compiler says about live cells, at the chapter's lines, with what to write instead.
struct LiveMessages {
  private(set) var diagnostics: [Diagnostic]

  init(_ said: [String], slices: [LiveSlice], map: ProgramMap) {
    let text = said.joined(separator: "\n")
    diagnostics = CompilerMessages(text, map: map).diagnostics.filter { $0.severity == .error }
    if diagnostics.isEmpty {
      // A mistake inside the library names the author's line in a note below it.
      diagnostics = [Self.traced(said, map) ?? Self.unplaced(said, slices)]
    }
    diagnostics = Self.firstOfEachLine(diagnostics).map { Self.explained($0, slices) }
  }

  /// One mistake often makes the compiler say several things; the rest follows from the first.
  private static func firstOfEachLine(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    let roots = diagnostics.filter { !$0.summary.hasPrefix("conformance of") }
    var lines: Set<Int> = []
    return (roots.isEmpty ? diagnostics : roots).filter { diagnostic in
      diagnostic.range.map { lines.insert($0.start.line).inserted } ?? true
    }
  }

  private static func traced(_ said: [String], _ map: ProgramMap) -> Diagnostic? {
    guard let error = said.first(where: { $0.contains(": error: ") }) else { return nil }
    for line in said where line.hasPrefix(map.file + ":") {
      let words = line.dropFirst(map.file.utf8.count + 1).split(separator: ":")
      guard words.count > 1, let number = Int(words[0]), let column = Int(words[1]) else {
        continue
      }
      let summary = error.split(separator: ": error: ").dropFirst().joined(separator: ": error: ")
      return Diagnostic(
        .error, .liveUnsupported, at: map.range(line: number, column: column), summary,
        excerpt: map.chapter.sourceLine(number))
    }
    return nil
  }

  private static func unplaced(_ said: [String], _ slices: [LiveSlice]) -> Diagnostic {
    Diagnostic(
      .error, .liveUnsupported, at: slices.first?.live.infoRange,
      "the live cells of this chapter do not compile as Embedded Swift",
      notes: said.filter { $0.contains("error:") }.prefix(5).map { .init($0) })
  }

  private static func explained(_ diagnostic: Diagnostic, _ slices: [LiveSlice]) -> Diagnostic {
    var diagnostic = diagnostic
    diagnostic.id = .liveUnsupported
    let summary = diagnostic.summary
    if let advice = advice.first(where: { entry in entry.words.allSatisfy(summary.contains) }) {
      // What the library says of itself helps nobody who has the advice.
      diagnostic.notes = diagnostic.notes.filter { $0.range != nil } + [.init(advice.instead)]
    }
    diagnostic.notes.append(reason(diagnostic, slices))
    return diagnostic
  }

  private static func reason(_ diagnostic: Diagnostic, _ slices: [LiveSlice]) -> Diagnostic.Note {
    let line = diagnostic.range?.start.line
    let isInside = { (cell: ParsedCell) in cell.lines.contains { $0.line == line } }
    if !slices.contains(where: { isInside($0.live) }),
      let slice = slices.first(where: { $0.cells.contains(where: isInside) })
    {
      return .init(
        "the live cell needs this one, and runs in the reader's page as Embedded Swift",
        range: slice.live.infoRange)
    }
    return .init("live cells run in the reader's page as Embedded Swift")
  }

  /// Words of the compiler's message, and what the author may write. The first that fits counts.
  private static let advice: [(words: [String], instead: String)] =
    [
      (["key path"], "write a closure such as { $0.name } in place of the key path"),
      (["'any Error'"], "state the type of the error where it is thrown: throws(SomeError)"),
      (["untyped throws"], "state the type of the error where it is thrown: throws(SomeError)"),
      (["'Any'"], "use an enum with a case for each kind of value, or a generic parameter"),
      (["AnyHashable"], "use an enum with a case for each kind of value, or a generic parameter"),
      (["'any "], "use a generic parameter, an enum, or a protocol for classes only"),
      (["protocol type"], "use a generic parameter, an enum, or a protocol for classes only"),
      (["describing:"], "show the value with show(…), or write out its parts"),
      (["reflecting:"], "show the value with show(…), or write out its parts"),
      (["Mirror"], "reflection does not exist there: write out the parts"),
      (["debugPrint"], "show the value with show(…)"),
      (["dump"], "show the value with show(…)"),
      (
        ["global function 'print", "requires that"], "make the type Displayable, or print its parts"
      ),
      ([".Type'"], "types as values do not exist there: use an enum or a generic parameter"),
      (["metatype"], "types as values do not exist there: use an enum or a generic parameter"),
      (
        ["dynamic cast"], "casts at run time do not exist there: use an enum or a generic parameter"
      ),
      (["'weak'"], "use a strong reference, or an index"),
      (["Decodable"], "leave out the conformance: a live cell reads no files"),
      (["Encodable"], "leave out the conformance: a live cell writes no files"),
      (
        ["cannot find 'Task'"],
        "a live cell runs from its first line to its last: call the function"
      ),
      (["Clock'"], "there is no clock: a live cell gives the same whenever it runs"),
      (["'Date'"], "there is no clock: a live cell gives the same whenever it runs"),
    ]
}
