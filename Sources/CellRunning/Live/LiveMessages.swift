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
    diagnostics = diagnostics.map { Self.explained($0, slices) }
  }

  private static func traced(_ said: [String], _ map: ProgramMap) -> Diagnostic? {
    guard let error = said.first(where: { $0.contains(": error: ") }) else { return nil }
    for line in said where line.hasPrefix(map.chapter.path + ":") {
      let words = line.dropFirst(map.chapter.path.utf8.count + 1).split(separator: ":")
      guard words.count > 1, let number = Int(words[0]), let column = Int(words[1]) else {
        continue
      }
      let summary = error.split(separator: ": error: ").dropFirst().joined(separator: ": error: ")
      return Diagnostic(
        .error, "live-unsupported", at: map.range(line: number, column: column), summary,
        excerpt: map.sourceLine(number))
    }
    return nil
  }

  private static func unplaced(_ said: [String], _ slices: [LiveSlice]) -> Diagnostic {
    Diagnostic(
      .error, "live-unsupported", at: slices.first?.live.infoRange,
      "the live cells of this chapter do not compile as Embedded Swift",
      notes: said.filter { $0.contains("error:") }.prefix(5).map { .init($0) })
  }

  private static func explained(_ diagnostic: Diagnostic, _ slices: [LiveSlice]) -> Diagnostic {
    var diagnostic = diagnostic
    diagnostic.id = "live-unsupported"
    let summary = diagnostic.summary
    if let advice = advice.first(where: { entry in entry.words.allSatisfy(summary.contains) }) {
      diagnostic.notes.append(.init(advice.instead))
    }
    if let live = slices.first?.live {
      diagnostic.notes.append(
        .init(
          "a live cell, and the cells it needs, run in the reader's page as Embedded Swift",
          range: live.infoRange))
    }
    return diagnostic
  }

  /// Words of the compiler's message, and what the author may write.
  private static let advice: [(words: [String], instead: String)] = [
    (["key path"], "write a closure such as { $0.name } in place of the key path"),
    (["protocol type", "embedded"], "use a generic parameter, or a protocol for classes only"),
    (["'any "], "use a generic parameter, or a protocol for classes only"),
    (["String(describing:"], "show the value with show(…), or write out its parts"),
    (["appendInterpolation"], "show the value with show(…), or write out its parts"),
    (["Mirror"], "reflection does not exist there; write out the parts"),
    (["untyped throws"], "state the type of the error: throws(SomeError)"),
    (["'weak'"], "use a strong reference, or an index"),
    (["cannot find", "Foundation"], "the engine has what live cells need"),
    (["cannot find 'exp'"], "write ElementaryFunction.exp(x)"),
    (["cannot find 'sin'"], "write ElementaryFunction.sin(x)"),
    (["cannot find 'cos'"], "write ElementaryFunction.cos(x)"),
    (["cannot find 'log'"], "write ElementaryFunction.log(x)"),
    (["cannot find 'sqrt'"], "write x.squareRoot()"),
    (["dynamic cast"], "casts at run time do not exist there; use an enum or a generic parameter"),
    (["metatype"], "types as values do not exist there; use an enum or a generic parameter"),
  ]
}
