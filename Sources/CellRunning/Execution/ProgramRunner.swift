import BookModel
import HostSystem

/// Runs the program of one scope and says what its cells put out, or why one stopped.
struct ProgramRunner {
  var sandbox: Sandbox
  var scope: Scope
  var map: ProgramMap
  var keys: RecordKeys
  /// The folder that holds the book's `data/`.
  var book: String
  /// Nil where it runs on this machine.
  var remote: RemoteWorkers?
  /// Of what it runs.
  var lines: LineTable?
  var chapter: Chapter { scope.chapter }

  init(
    sandbox: Sandbox, scope: Scope, program: CellProgram, book: String,
    remote: RemoteWorkers? = nil, lines: LineTable? = nil
  ) {
    self.remote = remote
    self.lines = lines
    self.sandbox = sandbox
    self.scope = scope
    map = program.map
    keys = program.keys
    self.book = book
  }

  struct Outcome {
    var outputs: CellOutputs
    var diagnostics: [Diagnostic]
  }

  func run(
    executable: String, data: [DataFile], scratch: String,
    stepped: @escaping (CellOutputs) -> Void = { _ in }
  ) throws(DiagnosticError) -> Outcome {
    let running = scope.compiledCells.filter(\.cell.runs)
    var outputs = CellOutputs(
      keys: keys,
      cells: running.map { ($0.id.index, CellOutputs.seconds(for: $0.cell)) },
      kept: Dictionary(
        uniqueKeysWithValues: running.compactMap { cell in
          cell.keptOutput.map { (cell.id.index, $0) }
        }), limits: sandbox.limits, stepped: stepped)
    let ending = try follow(executable, data, scratch, &outputs)
    outputs.finish()
    var diagnostics: [Diagnostic] = []
    if let stop = stopped(outputs, ending, last: running.last?.cell) { diagnostics.append(stop) }
    return Outcome(outputs: outputs, diagnostics: diagnostics)
  }

  private func follow(
    _ executable: String, _ data: [DataFile], _ scratch: String, _ outputs: inout CellOutputs
  ) throws(DiagnosticError) -> ChildProcess.Ending {
    guard let remote else { return try runHere(executable, data, scratch, &outputs) }
    if let ending = try runElsewhere(remote, executable: executable, data: data, &outputs) {
      return ending
    }
    return try remote.locally { () throws(DiagnosticError) in
      try runHere(executable, data, scratch, &outputs)
    }
  }

  private func runHere(
    _ executable: String, _ data: [DataFile], _ scratch: String, _ outputs: inout CellOutputs
  ) throws(DiagnosticError) -> ChildProcess.Ending {
    let child = try sandbox.process(program: executable, scratch: scratch, data: data)
    do {
      return try child.run(&outputs)
    } catch {
      throw DiagnosticError(
        Diagnostic(
          .error, .programNotStarted,
          "the program of '\(chapter.path)' does not start: \(error.code.text)"
        ))
    }
  }

  /// Nil where the program came to its end.
  func stopped(
    _ outputs: CellOutputs, _ ending: ChildProcess.Ending, last: Cell?
  ) -> Diagnostic? {
    let cell = chapter.cell(Cell.ID(outputs.current))
    let start =
      inlineValue(runningIn: outputs)?.expressionRange
      ?? cell.map { SourceRange(file: chapter.path, start: $0.codeStart) }
    let isDone = last.map { outputs.runs[$0.id.index]?.hasEnded == true } ?? true
    // What has one stop may have ended by itself before it was.
    if let stop = outputs.stop { return ended(stop, cell, start) }
    if outputs.hasLostOutput { return lostOutput(outputs, start) }
    switch ending {
    case .stopped: return ended(.timeout, cell, start)
    case .exited(128 + Signal.quit.rawValue), .signaled(.quit):
      // The program's own clock, which a backtrace follows.
      return ended(.timeout, cell, place(in: outputs) ?? start)
    case .exited(0) where isDone: return nil
    case .exited(let code):
      let errorText = outputs.runs[outputs.current]?.errorText ?? ""
      if StopReport(errorText, chapter: map.file).message != nil {
        return trapped(outputs, signal: .trap, start)
      }
      if outputs.current < 0, let failure = notStarted(outputs, code) { return failure }
      // A shell or bubblewrap reports the signal of its child so; none has a higher number.
      if (129...192).contains(code) {
        return trapped(outputs, signal: Signal(rawValue: code - 128), start)
      }
      return exited(outputs, code, start)
    case .signaled(let signal): return trapped(outputs, signal: signal, start)
    }
  }

  /// Between cells it is an inline value that runs: the first one without a text.
  private func inlineValue(runningIn outputs: CellOutputs) -> InlineValue? {
    guard !outputs.isInsideCell else { return nil }
    return scope.inlineValues.first { outputs.inlineValues[$0.id.index] == nil }?.value
  }

  /// For a sandbox that gave up before the program's first statement; what it said is the reason.
  private func notStarted(_ outputs: CellOutputs, _ code: Int32) -> Diagnostic? {
    Sandbox.complaint(in: outputs.runs[-1]?.errorText ?? "")
      .map { Sandbox.notStarted($0, chapter: chapter.path) }
  }

  private func ended(
    _ stop: CellOutputs.Stop, _ cell: Cell?, _ start: SourceRange?
  ) -> Diagnostic {
    switch stop {
    case .timeout:
      let seconds = cell?.timeout ?? CellOptions.Run().timeout
      return Diagnostic(
        .error, .cellTimeout, at: start,
        "the cell ran longer than \(seconds) s, which is its limit",
        excerpt: excerpt(start), notes: [.init("give it more time with timeout=\(seconds * 2)")])
    case .printedTooMuch:
      return Diagnostic(
        .error, .cellOutputLimit, at: start,
        "the cell printed more than \(sandbox.limits.output >> 10) KiB, which is the limit",
        excerpt: excerpt(start),
        notes: [.init("print less, or let all but the first 16 KiB be cut with cut-output=16")])
    case .recordedTooMuch:
      return Diagnostic(
        .error, .cellOutputLimit, at: start,
        "the cell showed more than \(sandbox.limits.records >> 20) MiB of tables and figures, "
          + "which is the limit", excerpt: excerpt(start))
    case .usedTooMuchMemory:
      return Diagnostic(
        .error, .cellMemoryLimit, at: start,
        "the cell and the processes it started used more than \(sandbox.limits.memory >> 20) MiB of "
          + "memory together, which is the limit", excerpt: excerpt(start))
    case .forged(let kind):
      return Diagnostic(
        .error, .cellForgesRecords, at: start,
        "the cell wrote a \(kind.map { "'\($0)' " } ?? "")record of the output channel, which belongs "
          + "to nnbook", excerpt: excerpt(start))
    case .leftProcess(let name):
      return Diagnostic(
        .error, .cellLeavesProcess, at: start,
        "the cell leaves the process '\(name)' running; a cell waits for what it starts",
        excerpt: excerpt(start))
    }
  }

  /// With what the cell printed before: often that is the explanation.
  func diagnostic(
    _ id: DiagnosticID, _ outputs: CellOutputs, _ range: SourceRange?, _ summary: String
  ) -> Diagnostic {
    var notes: [Diagnostic.Note] = []
    let printed = (outputs.runs[outputs.current]?.outputs ?? []).compactMap { output in
      switch output {
      case .console(let text), .text(let text): text
      case .markdown, .html, .svg, .control, .check: nil
      }
    }.joined()
    let lines = printed.split(separator: "\n").suffix(5)
    if !lines.isEmpty {
      notes.append(
        .init("it printed before:\n" + lines.map { "    " + $0 }.joined(separator: "\n")))
    }
    return Diagnostic(.error, id, at: range, summary, excerpt: excerpt(range), notes: notes)
  }

  func excerpt(_ range: SourceRange?) -> String? {
    range.flatMap { chapter.sourceLine($0.start.line) }
  }
}
