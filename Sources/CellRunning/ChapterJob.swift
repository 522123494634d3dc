import BookModel
import EngineBuilding
import HostSystem

/// One chapter being compiled and run, in a folder of its own.
struct ChapterJob {
  var setup: RunSetup
  var engines: Engines
  var chapter: Chapter
  var data: [DataFile]
  var sandbox: Sandbox
  private let scratch: ScratchFolder
  var folder: String { scratch.path }
  let tools: CellTools
  var compiler: SwiftCompiler

  init(
    setup: RunSetup, engines: Engines, sandbox: Sandbox, chapter: Chapter,
    data: [DataFile]
  ) throws(DiagnosticError) {
    self.setup = setup
    self.engines = engines
    self.chapter = chapter
    self.data = data
    self.sandbox = sandbox
    tools = CellTools(sandbox, chapter: chapter.path, remote: setup.settings.remote)
    compiler = SwiftCompiler(tools: tools, engine: engines.native)
    do {
      scratch = try ScratchFolder()
      // Where the sandbox runs as another user, that one must find the program.
      try FileSystem.setMode(0o755, of: scratch.path)
    } catch {
      throw DiagnosticError(ScratchFolder.unusable(error))
    }
  }

  func removeFolder() { scratch.remove() }

  /// - Parameter observer: told as cells come to their ends.
  func run(
    observer: @escaping RunProgress.Observer = { _ in }
  ) throws(DiagnosticError) -> ChapterRun {
    let scopes = Scope.all(of: chapter)
    let mistakes = checkedBeforeCompiling(scopes)
    if !mistakes.isEmpty { throw DiagnosticError(mistakes) }
    var progress = RunProgress(chapter)
    var said: [Diagnostic] = []
    let programs = try compile(scopes, &said)
    for scope in scopes {
      for cell in scope.cells where cell.mustNotCompile {
        try compileFailing(cell, in: scope, &progress.result)
        progress.doneCells.insert(cell.id.index)
      }
    }
    var baked: [Int: [BakedRecord]] = [:]
    var cellSeconds: [Int: Double] = [:]
    for program in programs where program.scope.runs {
      let before = progress
      let outcome = try run(program) { outputs in
        var now = before
        take(outputs, of: program.scope, into: &now)
        observer(now)
      }
      for (index, run) in outcome.outputs.runs { baked[index] = run.baked }
      for (index, time) in outcome.outputs.nanoseconds { cellSeconds[index] = Double(time) / 1e9 }
      take(outcome.outputs, of: program.scope, into: &progress)
      said += outcome.diagnostics
    }
    progress.running = nil
    said += scopes.flatMap { LayerChecks($0).found(in: chapter) }
    var made = ChapterRun(result: progress.result, unfinished: progress, diagnostics: said)
    made.cellSeconds = cellSeconds
    if said.hasErrors { return made }
    do throws(DiagnosticError) {
      let (module, about) = try liveModule(
        scopes, native: progress.result, baked: baked)
      made.result.liveModule = module
      made.unfinished = nil
      made.diagnostics += about
    } catch {
      made.unfinished = RunProgress(whole: made.result)
      made.diagnostics += error.diagnostics
    }
    return made
  }

  func liveModule(
    _ scopes: [Scope], native: ChapterResult, baked: [Int: [BakedRecord]]
  ) throws(DiagnosticError) -> (LiveModule?, [Diagnostic]) {
    try LiveBuild(
      setup: setup, tools: tools, engine: engines.browser, chapter: chapter, folder: folder
    ).module(scopes, native: native, baked: baked)
  }

  /// Commands that are to be known again say the same each time.
  private var words: RecordKeys.Source { tools.remote == nil ? .random : .derived(.ofUser) }

  struct Compiled {
    var scope: Scope
    var program: CellProgram
    var executable: String
  }

  /// All scopes are compiled before anything runs, so that all mistakes are told at once.
  func compile(
    _ scopes: [Scope], _ said: inout [Diagnostic]
  ) throws(DiagnosticError) -> [Compiled] {
    var programs: [Compiled] = []
    for (index, scope) in scopes.enumerated() {
      if scope.compiledCells.isEmpty, scope.inlineValues.isEmpty { continue }
      let program = CellProgram(scope, words: words)
      let place = "\(folder)/\(index)"
      let (outcome, executable) = try compiler.compile(program, in: place)
      said += outcome.diagnostics
      if outcome.succeeded { said += try hiddenEarlyUses(in: scope, program, place) }
      programs.append(Compiled(scope: scope, program: program, executable: executable))
    }
    if said.hasErrors { throw DiagnosticError(said) }
    return programs
  }

  /// What only the compiler can see is asked of it where it is possible, which is hardly ever.
  private func hiddenEarlyUses(
    in scope: Scope, _ program: CellProgram, _ folder: String
  ) throws(DiagnosticError) -> [Diagnostic] {
    guard scope.earlyUses.mayHideMore,
      let graph = try compiler.callGraph(of: program, in: folder)
    else { return [] }
    // Cells that are only compiled are part of the program too.
    let uses = HiddenEarlyUses(graph) { chapter.cell(atLine: $0.line)?.runs != false }
    return uses.found.map { $0.diagnostic(in: program.map) }
  }

  private func run(
    _ compiled: Compiled, stepped: @escaping (CellOutputs) -> Void
  ) throws(DiagnosticError) -> ProgramRunner.Outcome {
    let own = Path.folder(of: Path.folder(of: compiled.executable))
    let scratch = own + "/scratch"
    do {
      try FileSystem.makeFolder(scratch + "/data")
    } catch {
      throw DiagnosticError(ScratchFolder.unusable(error))
    }
    return try ProgramRunner(
      sandbox: sandbox, scope: compiled.scope, program: compiled.program,
      book: setup.settings.book, remote: tools.remote,
      lines: LineTable(
        tools: tools, file: { _ in compiled.executable }, folder: own + "/lines")
    )
    .run(executable: compiled.executable, data: data, scratch: scratch, stepped: stepped)
  }

  private func take(_ outputs: CellOutputs, of scope: Scope, into progress: inout RunProgress) {
    progress.running = outputs.isInsideCell ? outputs.current : nil
    for cell in scope.compiledCells {
      guard let run = outputs.runs[cell.id.index] else { continue }
      progress.result.cells[cell.id.index] = result(run, of: cell)
      if run.hasEnded { progress.doneCells.insert(cell.id.index) }
    }
    for value in scope.inlineValues {
      guard let text = outputs.inlineValues[value.id.index] else { continue }
      progress.result.inlineValues[value.id.index] = text
      progress.doneValues.insert(value.id.index)
    }
  }

  /// What a cell gave, with no place in the chapter, which would change with the prose.
  func result(_ run: CellRun, of cell: ParsedCell) -> CellResult {
    if cell.cell.isStarter || cell.cell.isSolution { return checked(cell.cell, run) }
    var result = CellResult()
    result.outputs = run.outputs.map { output in
      guard case .check(var outcome) = output else { return output }
      outcome.line = cell.lines.firstIndex { $0.line == outcome.line } ?? 0
      return .check(outcome)
    }
    if cell.mustStop {
      let report = StopReport(run.errorText, chapter: Path.name(of: chapter.path))
      result.expectedFailure = report.reason(waitStatus: run.childStatus)
    } else if !run.errorText.isEmpty {
      result.outputs.append(.console(run.errorText))
    }
    return result
  }

  /// What a starter or a solution gave. Of the checks only the outcomes count. What a starter prints is no
  /// result of the book, and only learners see it who change the starter in the page.
  private func checked(_ cell: Cell, _ run: CellRun) -> CellResult {
    let exercise = chapter.exercises.first { $0.starter == cell.id || $0.solution == cell.id }
    let lines = exercise.map { chapter.cells[$0.checks.index].lines } ?? []
    var result = CellResult()
    for (place, output) in run.outputs.enumerated() {
      if case .check(var outcome) = output {
        outcome.line = lines.firstIndex { $0.line == outcome.line } ?? 0
        result.outputs.append(.check(outcome))
      } else if place < run.checksStart ?? .max, cell.isSolution || output.isPlainText {
        result.outputs.append(output)
      }
    }
    if run.childStatus != 0 {
      let report = StopReport(run.errorText, chapter: Path.name(of: chapter.path))
      result.expectedFailure = report.reason(waitStatus: run.childStatus)
    } else if !run.errorText.isEmpty {
      result.outputs.append(.console(run.errorText))
    }
    return result
  }

  func compileFailing(
    _ cell: ParsedCell, in scope: Scope, _ result: inout ChapterResult
  ) throws(DiagnosticError) {
    let program = CellProgram(scope, failing: cell, words: words)
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
    line.ranges(of: ": \(kind): ").first.map { place in
      "\(kind): " + line[place.upperBound...]
    }
  }

  /// Mistakes of the grammar and names of ours, all at once, without starting the compiler.
  func checkedBeforeCompiling(_ scopes: [Scope]) -> [Diagnostic] {
    var found: [Diagnostic] = []
    for cell in scopes.flatMap(\.cells) {
      let (cell, syntax) = (cell.cell, cell.syntax)
      if !cell.mustNotCompile {
        found += syntax.mistakes.prefix(Diagnostic.mostOfAFile).map { mistake in
          var told = diagnostic(.swiftError, cell, mistake.offset, mistake.message)
          if let advice = told.excerpt.flatMap({ LinesElsewhere.advice(for: $0) }) {
            told.notes.append(.init(advice))
          }
          return told
        }
      }
      found += syntax.sourceLocations.prefix(Diagnostic.mostOfAFile).map {
        diagnostic(
          .sourceLocation, cell, $0,
          "'#sourceLocation' would move the places of messages, which the chapter's lines are; leave it "
            + "out")
      }
      found += syntax.reservedNames.prefix(Diagnostic.mostOfAFile).map {
        diagnostic(.reservedName, cell, $0.offset, Self.reserved($0.name))
      }
      found += syntax.reservedAttributes.prefix(Diagnostic.mostOfAFile).map {
        diagnostic(
          .reservedAttribute, cell, $0.offset,
          "the attribute '@\($0.name)' is not for cells: it names or places code of the program that "
            + "runs them, which belongs to nnbook")
      }
    }
    for cell in scopes.flatMap(\.exercises).flatMap({ [$0.starter, $0.checks, $0.solution] }) {
      guard let range = cell.syntax.onlyAtTop.first else { continue }
      found.append(
        diagnostic(
          .exerciseTopLevel, cell.cell, range.lowerBound,
          "the cells of an exercise run inside braces, where no extension, import or operator can be "
            + "declared; declare it in a cell above the exercise"))
    }
    for value in scopes.flatMap(\.inlineValues) where !value.isExpression {
      found.append(
        Diagnostic(
          .error, .inlineNotExpression, at: value.expressionRange,
          "the inline value '\(value.expression)' is not one Swift expression",
          excerpt: chapter.sourceLine(value.expressionRange.start.line)))
    }
    for value in scopes.flatMap(\.inlineValues) {
      if let name = CellSyntax.reservedNames(in: value.tree).first {
        found.append(
          Diagnostic(
            .error, .reservedName, at: value.expressionRange, Self.reserved(name.name),
            excerpt: chapter.sourceLine(value.expressionRange.start.line)))
      }
    }
    found += scopes.compactMap(tooFarRight)
    if found.isEmpty {
      found = scopes.flatMap(\.earlyUses.found).map { $0.diagnostic(in: chapter) }
    }
    return found.withoutTooMany
  }

  /// Columns of a program are those of the chapter, so that it holds a blank for each byte before a
  /// value, and before a statement that an error may leave.
  private func tooFarRight(in scope: Scope) -> Diagnostic? {
    var blanks = 0
    func isTooMany(_ column: Int) -> Bool {
      blanks += column
      return blanks > CellProgram.mostBlanks
    }
    var start = scope.inlineValues.first { isTooMany($0.expressionRange.start.column) }
      .map(\.expressionRange.start)
    for cell in scope.compiledCells where start == nil {
      let lines = CodePlaces(Array(cell.code.utf8))
      start = cell.facts.items.first { item in
        item.mayThrow && isTooMany(lines.place(ofByte: item.range.lowerBound).byte)
      }.map { cell.cell.position(ofByte: $0.range.lowerBound) }
    }
    return start.map { start in
      Diagnostic(
        .error, .lineTooLong, at: SourceRange(file: chapter.path, start: start),
        "values and statements stand so far to the right that the program of the chapter would have more "
          + "than \(CellProgram.mostBlanks >> 20) MiB; break the line")
    }
  }

  private static func reserved(_ name: String) -> String {
    "the name '\(name)' is reserved: names that begin with '_nnbook' belong to the program around "
      + "the cells"
  }

  private func diagnostic(
    _ id: DiagnosticID, _ cell: Cell, _ offset: Int, _ message: String
  ) -> Diagnostic {
    let start = cell.position(ofByte: offset)
    return Diagnostic(
      .error, id, at: SourceRange(file: chapter.path, start: start), message,
      excerpt: chapter.sourceLine(start.line))
  }
}
