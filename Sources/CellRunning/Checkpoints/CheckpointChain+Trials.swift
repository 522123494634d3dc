import BookModel

// Inline values, and the answers to exercises, run in copies that then end: whatever they do, no cell
// sees it, and a change of one runs no cell.

/// What the inline values after a cell gave.
struct TriedValues {
  /// The state of the program that they saw.
  var place: String
  var asked: [String]
  var texts: [String]
}

/// What a starter or a solution gave, with the checks that were put to it.
struct TriedAnswer {
  /// The state of the program that it saw.
  var place: String
  var asked: [CellFingerprint]
  var result: CellResult
  var warnings: [StoredRun.Remark]
}

extension CheckpointChain {
  /// Of the exercises that stand after so many cells.
  func showAnswers(after count: Int, _ run: inout Run) throws {
    for exercise in run.scope.exercises where run.count(before: exercise.starter.id) == count {
      for answer in exercise.answers where !run.outcome.isUnfinished {
        try show(answer, checkedBy: exercise.checks, after: count, &run)
      }
    }
  }

  private func show(
    _ answer: ParsedCell, checkedBy checks: ParsedCell, after count: Int, _ run: inout Run
  ) throws {
    let index = answer.id.index
    let asked = [answer, checks].map { CellFingerprint($0.cell) }
    let isKnown = answers[index].map {
      $0.place == name(ofPlaceAfter: count) && $0.asked == asked
    }
    if isKnown != true {
      guard let tried = try tried(answer, checkedBy: checks, asked, after: count, &run) else {
        return
      }
      answers[index] = tried
    }
    guard let known = answers[index] else { return }
    for warning in known.warnings.compactMap({ $0.diagnostic(in: run.job.chapter) })
    where !run.outcome.diagnostics.contains(warning) {
      // The checks are compiled with both answers.
      run.outcome.diagnostics.append(warning)
    }
    run.progress.result.cells[index] = known.result
    run.progress.doneCells.insert(index)
    run.progress.running = nil
    if isKnown != true { run.observer(run.progress) }
  }

  /// Nil where it came to no good end, which is told then.
  private func tried(
    _ answer: ParsedCell, checkedBy checks: ParsedCell, _ asked: [CellFingerprint],
    after count: Int, _ run: inout Run
  ) throws -> TriedAnswer? {
    let place = try place(after: count)
    run.begin(answer)
    let program = CellProgram(answer, checkedBy: checks, of: run.scope, after: place.modules)
    let module = module("Answer", of: [answer, checks])
    switch try run.compiler.compile(
      program, as: module, after: place.modules, interfaces: interfaces, isFinal: true)
    {
    case .refused(let reason):
      run.end(refused: reason)
      return nil
    case .library(let bytes, let warnings):
      let library = try process.add(bytes, named: module.name + ".so")
      var outputs = run.outputs(of: answer, program)
      let (_, ending) = try process.run(
        library, entry: module.entry, at: place.slot, stays: false, into: &outputs)
      outputs.finish()
      try checkLeavesNothing(ending)
      if try hasStopped(answer, program, module, outputs, ending, &run) { return nil }
      guard let own = outputs.runs[answer.id.index] else {
        throw NoPreview("an exercise gave nothing")
      }
      return TriedAnswer(
        place: place.name, asked: asked,
        result: run.job.result(own, of: answer),
        warnings: warnings.compactMap { StoredRun.Remark($0, in: run.scope.chapter) })
    }
  }

  /// All copies have one folder: what one leaves there, those after it would find.
  private func checkLeavesNothing(_ ending: CheckpointProcess.Ending) throws {
    if ending == .done(obstacle: "files") {
      throw CheckpointProcess.Broken(reason: "an answer or a value in a sentence writes files")
    }
  }

  /// - Parameter most: of more cells none of the values is.
  func showValues(_ run: inout Run, after most: Int) throws {
    let groups = Dictionary(grouping: run.scope.inlineValues) { [run] value in
      value.after.map { after in run.cells.prefix { $0.id <= after }.count } ?? 0
    }
    for (count, group) in groups.sorted(by: { $0.key < $1.key }) where count <= most {
      let asked = group.map { "\($0.expression)\n\($0.format.program)" }
      if values[count]?.place != name(ofPlaceAfter: count) || values[count]?.asked != asked {
        let place = try place(after: count)
        let program = CellProgram(group, of: run.scope, after: place.modules)
        let module = module("Values", of: [])
        guard
          case .library(let bytes, _) = try run.compiler.compile(
            program, as: module, after: place.modules, interfaces: interfaces,
            isFinal: true)
        else { return run.end(refused: "an inline value does not compile") }
        let library = try process.add(bytes, named: module.name + ".so")
        var outputs = CellOutputs(keys: program.keys, cells: [], limits: run.job.sandbox.limits)
        let (_, ending) = try process.run(
          library, entry: module.entry, at: place.slot, stays: false, into: &outputs)
        outputs.finish()
        let texts = group.compactMap { outputs.inlineValues[$0.id.index] }
        try checkLeavesNothing(ending)
        guard case .done = ending, !outputs.wantsStop, texts.count == group.count else {
          throw NoPreview("an inline value stopped")
        }
        values[count] = TriedValues(place: place.name, asked: asked, texts: texts)
      }
      for (value, text) in zip(group, values[count]?.texts ?? []) {
        run.progress.result.inlineValues[value.id.index] = text
        run.progress.doneValues.insert(value.id.index)
      }
    }
  }
}
