import BookModel
import Glibc

/// Runs the cells of chapters: compiles one program for each scope, runs it, reads its records.
/// A value; several chapters may run at once.
package struct ChapterRunner: Sendable {
  /// Where things are, and how much cells may do. What is nil is found.
  package struct Settings: Sendable {
    /// The folder that holds the book's `data/`.
    package var book: String
    package var cache: String
    package var compiler: String?
    package var engineSources: String?
    package var sandbox = SandboxPolicy.automatic
    package var live = LivePolicy.automatic
    package var limits = Limits()

    package init(book: String, cache: String? = nil) {
      self.book = FileSystem.realPath(book) ?? book
      self.cache = cache ?? Self.defaultCache
      compiler = FileSystem.environment("NNBOOK_SWIFTC")
    }

    /// `NNBOOK_CACHE`, else `nnbook` in the user's cache folder: books share engines and results.
    package static var defaultCache: String {
      if let folder = FileSystem.environment("NNBOOK_CACHE") { return folder }
      if let folder = FileSystem.environment("XDG_CACHE_HOME") { return folder + "/nnbook" }
      return (FileSystem.environment("HOME") ?? "/tmp") + "/.cache/nnbook"
    }
  }

  let settings: Settings
  package let toolchain: Toolchain
  package let sources: EngineSources
  let sandbox: Sandbox
  /// What is worth knowing once for a build, such as a missing sandbox.
  package let warnings: [Diagnostic]

  package init(_ settings: Settings) throws(DiagnosticError) {
    self.settings = settings
    toolchain = try Toolchain(compiler: settings.compiler, cache: settings.cache)
    sources = try EngineSources(folder: settings.engineSources)
    let (sandbox, warning) = try Sandbox.choose(
      settings.sandbox, limits: settings.limits, toolchain: toolchain)
    self.sandbox = sandbox
    warnings = warning.map { [$0] } ?? []
  }

  package func run(_ chapter: Chapter) async throws(DiagnosticError) -> ChapterRun {
    let scopes = Scope.all(of: chapter)
    let empty = ChapterResult(
      cells: chapter.cells.map { _ in CellResult() },
      inlineValues: chapter.inlineValues.map { _ in "" })
    if scopes.isEmpty {
      return ChapterRun(
        result: empty, diagnostics: [], origin: .nothingToRun, durations: .init())
    }
    let (result, diagnostics) = try await onOwnThread { () throws(DiagnosticError) in
      let job = try ChapterJob(runner: self, chapter: chapter)
      defer { job.removeFolder() }
      return try job.run(scopes, into: empty)
    }
    return ChapterRun(
      result: result, diagnostics: diagnostics, origin: .ran, durations: .init())
  }
}

/// One chapter being compiled and run, in a folder of its own.
struct ChapterJob {
  var runner: ChapterRunner
  var chapter: Chapter
  var folder: String
  var compiler: SwiftCompiler

  init(runner: ChapterRunner, chapter: Chapter) throws(DiagnosticError) {
    let engine = try EngineBuild.make(
      sources: runner.sources, toolchain: runner.toolchain, cache: runner.settings.cache)
    self.runner = runner
    self.chapter = chapter
    compiler = SwiftCompiler(toolchain: runner.toolchain, engine: engine)
    do {
      folder = try FileSystem.makeTemporaryFolder("nnbook")
    } catch {
      throw DiagnosticError(cacheUnusable(error))
    }
  }

  func removeFolder() { FileSystem.removeTree(folder) }

  func run(
    _ scopes: [Scope], into start: ChapterResult
  ) throws(DiagnosticError) -> (ChapterResult, [Diagnostic]) {
    let mistakes = checkedBeforeCompiling(scopes)
    if !mistakes.isEmpty { throw DiagnosticError(mistakes) }
    var result = start
    var said: [Diagnostic] = []
    var programs: [(Scope, CellProgram, executable: String)] = []
    for (index, scope) in scopes.enumerated() {
      let program = CellProgram(scope)
      let place = "\(folder)/\(index)"
      let outcome = try compiler.compile(program, in: place, to: place + "/program")
      said += outcome.diagnostics
      if outcome.succeeded { programs.append((scope, program, place + "/program")) }
    }
    if said.hasErrors { throw DiagnosticError(said) }
    for cell in chapter.cells where cell.mustNotCompile {
      try compileFailing(cell, in: scopes, &result, &said)
    }
    let data = DataFile.named(by: chapter, in: runner.settings.book)
    for (scope, program, executable) in programs where scope.runs {
      let scratch = executable + "-scratch"
      do {
        try FileSystem.makeFolder(scratch)
      } catch {
        throw DiagnosticError(cacheUnusable(error))
      }
      let outcome = try ProgramRunner(sandbox: runner.sandbox, chapter: chapter, map: program.map)
        .run(executable: executable, cells: scope.compiledCells, data: data, scratch: scratch)
      take(outcome.outputs, of: scope, into: &result)
      said += outcome.diagnostics
    }
    if said.hasErrors { throw DiagnosticError(said) }
    let (module, about) = try LiveBuild(runner: runner, chapter: chapter, folder: folder)
      .module(scopes, native: result.cells)
    result.liveModule = module
    said += about
    return (result, said)
  }

  private func take(_ outputs: CellOutputs, of scope: Scope, into result: inout ChapterResult) {
    for cell in scope.compiledCells {
      guard let run = outputs.runs[cell.id.index] else { continue }
      result.cells[cell.id.index].outputs = run.outputs
      if case .mustStop = cell.options.execution {
        let report = StopReport(run.errorText, chapter: chapter.path)
        if run.childStatus != 0 {
          result.cells[cell.id.index].expectedFailure = report.message ?? "stopped"
        }
      } else if !run.errorText.isEmpty {
        result.cells[cell.id.index].outputs.append(.console(run.errorText))
      }
    }
    for value in scope.inlineValues {
      result.inlineValues[value.id.index] = outputs.inlineValues[value.id.index] ?? ""
    }
  }

  private func compileFailing(
    _ cell: Cell, in scopes: [Scope], _ result: inout ChapterResult, _ said: inout [Diagnostic]
  ) throws(DiagnosticError) {
    guard let scope = scopes.first(where: { $0.cells.contains { $0.id == cell.id } }) else {
      return
    }
    let program = CellProgram(scope, failing: cell)
    let outcome = try compiler.check(program, in: "\(folder)/fail-\(cell.id.index)")
    if !outcome.succeeded {
      let errors = outcome.diagnostics.filter { $0.severity == .error }
      result.cells[cell.id.index].expectedFailure = expectedMessage(errors)
    }
  }

  /// As a reader is to see it: without a place in the chapter, which would change with the prose.
  private func expectedMessage(_ errors: [Diagnostic]) -> String {
    errors.map { error in
      let text = DiagnosticPrinter().text(for: error)
      return text.replacing(" [\(error.id)]", with: "").split(separator: "\n").map { line in
        withoutPlace(line, "error") ?? withoutPlace(line, "note") ?? line
      }.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private func withoutPlace(_ line: Substring, _ kind: String) -> Substring? {
    line.firstRange(of: ": \(kind): ").map { place in "\(kind): " + line[place.upperBound...] }
  }

  /// Mistakes of the grammar and names of ours, all at once, without starting the compiler.
  private func checkedBeforeCompiling(_ scopes: [Scope]) -> [Diagnostic] {
    var found: [Diagnostic] = []
    for cell in scopes.flatMap(\.cells) {
      let syntax = CellSyntax(cell.code)
      if !cell.mustNotCompile {
        found += syntax.mistakes.map { diagnostic("swift-error", cell, $0.offset, $0.message) }
      }
      found += syntax.reservedNames.map {
        diagnostic(
          "reserved-name", cell, $0.offset,
          "the name '\($0.name)' is reserved: names that begin with '_nnbook' belong to the program "
            + "around the cells")
      }
    }
    for value in scopes.flatMap(\.inlineValues) where !CellSyntax.isExpression(value.expression) {
      found.append(
        Diagnostic(
          .error, "inline-not-expression", at: value.expressionRange,
          "the inline value '\(value.expression)' is not one Swift expression",
          excerpt: ProgramMap(chapter: chapter).sourceLine(value.expressionRange.start.line)))
    }
    return found
  }

  private func diagnostic(
    _ id: String, _ cell: Cell, _ offset: Int, _ message: String
  ) -> Diagnostic {
    let before = Array(cell.code.utf8.prefix(offset))
    let newline = UInt8(ascii: "\n")
    let index = min(before.count { $0 == newline }, max(0, cell.lines.count - 1))
    let column = offset - (before.lastIndex(of: newline).map { $0 + 1 } ?? 0) + 1
    let map = ProgramMap(chapter: chapter)
    let line = cell.lines.isEmpty ? cell.range.start.line : cell.lines[index].line
    return Diagnostic(
      .error, id, at: map.range(line: line, column: column), message, excerpt: map.sourceLine(line))
  }
}
