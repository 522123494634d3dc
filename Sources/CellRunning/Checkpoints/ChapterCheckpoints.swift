import BookModel
import HostSystem

/// The checkpoints of one chapter: one chain for each of its scopes, and what else of the last run
/// can be used again. One run at a time.
final class ChapterCheckpoints {
  /// Hashes and names of the data files that its programs see.
  let data: [String]
  private let program: String
  private var chains: [CheckpointChain] = []
  private let folder: ScratchFolder
  private var cells = KnownCells()
  /// Of cells that must not compile, by their programs.
  private var failures: [String: CellResult] = [:]
  private var live: (key: [String], module: LiveModule?)?

  init(program: String, data: [String]) throws(DiagnosticError) {
    self.program = program
    self.data = data
    do throws(FileError) {
      folder = try ScratchFolder()
      try FileSystem.setMode(0o755, of: folder.path)
    } catch {
      throw DiagnosticError(ScratchFolder.unusable(error))
    }
  }

  deinit { folder.remove() }

  func run(_ job: ChapterJob, _ observer: @escaping RunProgress.Observer) throws -> ChapterRun {
    let scopes = cells.scopes(of: job.chapter)
    let mistakes = job.checkedBeforeCompiling(scopes)
    if !mistakes.isEmpty { throw DiagnosticError(mistakes) }
    if scopes.contains(where: { !$0.runs && !$0.compiledCells.isEmpty }) {
      throw NoPreview("it has cells that are only compiled")
    }
    if scopes.contains(where: \.earlyUses.mayHideMore) {
      throw NoPreview("a variable may be used before it has a value")
    }
    var progress = RunProgress(job.chapter)
    var said: [Diagnostic] = []
    var baked: [Int: [BakedRecord]] = [:]
    for (index, scope) in scopes.enumerated() where scope.runs {
      let outcome = try chain(index, job).run(scope, of: job, &progress, observer)
      said += outcome.diagnostics
      baked.merge(outcome.baked) { $1 }
      guard outcome.isUnfinished else { continue }
      if let refusal = outcome.refusal {
        var found: [Diagnostic] = []
        do throws(DiagnosticError) {
          _ = try job.compile(scopes, &found)
        } catch {
          said = error.diagnostics
          break
        }
        throw NoPreview("a cell does not compile on its own: \(refusal)")
      }
      break
    }
    if !said.hasErrors { try checkFailing(scopes, job, &progress) }
    said += scopes.flatMap { LayerChecks($0).found(in: job.chapter) }
    if said.hasErrors {
      return ChapterRun(
        result: progress.result, unfinished: progress, diagnostics: said, origin: .previewed)
    }
    do throws(DiagnosticError) {
      said += try makeLive(scopes, job, baked, &progress.result)
      return ChapterRun(result: progress.result, diagnostics: said, origin: .previewed)
    } catch {
      return ChapterRun(
        result: progress.result, unfinished: RunProgress(whole: progress.result),
        diagnostics: said + error.diagnostics, origin: .previewed)
    }
  }

  private func chain(_ index: Int, _ job: ChapterJob) throws -> CheckpointChain {
    while chains.count <= index {
      let interfaces = "\(folder.path)/\(chains.count)"
      try FileSystem.makeFolder(interfaces)
      try FileSystem.setMode(0o755, of: interfaces)
      chains.append(
        CheckpointChain(
          try CheckpointProcess(program: program, sandbox: job.sandbox, data: job.data),
          interfaces: interfaces))
    }
    return chains[index]
  }

  private func checkFailing(
    _ scopes: [Scope], _ job: ChapterJob, _ progress: inout RunProgress
  ) throws(DiagnosticError) {
    var known: [String: CellResult] = [:]
    for scope in scopes {
      for cell in scope.cells where cell.mustNotCompile {
        let key = Self.text(before: cell, in: scope)
        if let result = failures[key] {
          progress.result.cells[cell.id.index] = result
        } else {
          try job.compileFailing(cell, in: scope, &progress.result)
        }
        known[key] = progress.result.cells[cell.id.index]
        progress.doneCells.insert(cell.id.index)
      }
    }
    failures = known
  }

  private static func text(before cell: ParsedCell, in scope: Scope) -> String {
    let cells = scope.compiledCells.filter { $0.id < cell.id } + [cell]
    let values = scope.inlineValues.filter { $0.after.map { $0 < cell.id } ?? true }
    return (cells.map(\.code) + values.map(\.expression)).joined(separator: "\u{0}")
  }

  /// The module that the page has already, where its cells are as they were, and take the same from
  /// the build.
  private func makeLive(
    _ scopes: [Scope], _ job: ChapterJob, _ baked: [Int: [BakedRecord]],
    _ result: inout ChapterResult
  ) throws(DiagnosticError) -> [Diagnostic] {
    var key: [String] = []
    for slice in scopes.flatMap({ LiveSlice.all(of: $0) }) {
      for cell in slice.cells {
        key.append("\(cell.id.index)\u{0}\(cell.code)")
        for record in baked[cell.id.index] ?? [] {
          let line = record.line - cell.codeStart.line
          key.append("\(line):\(record.column)\u{0}\(record.type)\u{0}\(record.source)")
        }
      }
      for value in slice.values {
        key.append("\(value.id.index)\u{0}\(value.expression)\u{0}\(value.format.program)")
      }
      key.append("\u{1}")
    }
    if key.isEmpty { return [] }
    if let live, live.key == key {
      result.liveModule = live.module
      return []
    }
    let (module, about) = try job.liveModule(scopes, native: result, baked: baked)
    result.liveModule = module
    // What there is to say has its place in the text, and is found anew.
    live = about.isEmpty ? (key, module) : nil
    return about
  }
}
