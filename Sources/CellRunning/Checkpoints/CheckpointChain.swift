import BookModel
import HostSystem

/// Why a chapter cannot be shown from checkpoints; then its own program runs.
struct NoPreview: Error {
  var reason: String

  init(_ reason: String) { self.reason = reason }
}

/// The cells of one scope that have run, each with the process that stayed as it was after it.
final class CheckpointChain {
  private struct Node {
    var fingerprint: CellFingerprint
    var module: CellModule
    var slot: CheckpointProcess.Slot
    var run: CellRun?
    var warnings: [StoredRun.Remark]
    /// Why nothing can follow it.
    var obstacle: String?
    /// Of its code in the chapter, when it was compiled.
    var line: Int
  }

  /// What the inline values after a cell gave.
  private struct Values {
    var after: String
    var asked: [String]
    var texts: [String]
  }

  private let process: CheckpointProcess
  private let interfaces: String
  private var nodes: [Node] = []
  private var values: [Int: Values] = [:]
  private var moduleCount = 0
  /// Whose files are still there.
  private var made: [CellModule] = []
  /// More copies of the program than this are not kept.
  static let longest = 100

  /// - Parameter interfaces: a folder for the interfaces of its modules.
  init(_ process: CheckpointProcess, interfaces: String) {
    self.process = process
    self.interfaces = interfaces
  }

  /// What a run of the scope came to.
  struct Outcome {
    var diagnostics: [Diagnostic] = []
    /// Whether a cell stopped, or the compiler refused one.
    var isUnfinished = false
    /// What the compiler had against a cell, if that is why.
    var refusal: String?
  }

  /// Runs the cells from the first that changed, and takes what is known of those above it.
  func run(
    _ scope: Scope, of job: ChapterJob, _ progress: inout RunProgress,
    _ observer: RunProgress.Observer
  ) throws -> Outcome {
    let cells = scope.compiledCells
    if let obstacle = Self.obstacle(in: cells) { throw NoPreview(obstacle) }
    var outcome = Outcome()
    let kept = zip(nodes, cells).prefix { $0.fingerprint == CellFingerprint($1.cell) }.count
    nodes.removeSubrange(kept...)
    discardOldModules()
    for (node, cell) in zip(nodes, cells) {
      take(node, cell, of: job, &progress, &outcome)
    }
    observer(progress)
    let compiler = ModuleCompiler(compiler: job.compiler, folder: job.folder)
    for cell in cells[kept...] {
      if let obstacle = nodes.last?.obstacle { throw NoPreview(obstacle) }
      if cell.cell.runs { progress.running = cell.id.index }
      observer(progress)
      let program = CellProgram(cell, of: scope, after: nodes.map(\.module))
      let module = module("Cell", imports: cell.imports)
      let (library, warnings): (String, [Diagnostic])
      switch try compiler.compile(
        program, named: module.name, entry: module.entry, interfaces: interfaces, isFinal: false)
      {
      case .refused(let reason):
        outcome.isUnfinished = true
        outcome.refusal = reason
        progress.running = nil
        return outcome
      case .library(let bytes, let said):
        library = try process.add(bytes, named: module.name + ".so")
        warnings = said
      }
      let runner = ProgramRunner(
        sandbox: job.sandbox, scope: scope, program: program, book: job.setup.settings.book)
      var outputs = CellOutputs(
        keys: program.keys,
        cells: cell.cell.runs ? [(cell.id.index, CellOutputs.seconds(for: cell.cell))] : [],
        kept: cell.keptOutput.map { [cell.id.index: $0] } ?? [:], limits: job.sandbox.limits)
      let (slot, ending) = try process.run(
        library, entry: module.entry, at: nodes.last?.slot ?? process.start, stays: true,
        into: &outputs)
      outputs.finish()
      if ThreadCancellation.ofThisThread?.isCancelled == true { throw NoPreview("cancelled") }
      if let stop = runner.stopped(outputs, ending.ofProcess(outputs), last: cell.cell) {
        try checkLines(against: cells)
        progress.running = nil
        outcome.isUnfinished = true
        outcome.diagnostics.append(stop)
        return outcome
      }
      guard let slot, case .done(let obstacle) = ending else {
        throw NoPreview("its process ended after a cell")
      }
      let node = Node(
        fingerprint: CellFingerprint(cell.cell), module: module, slot: slot,
        run: outputs.runs[cell.id.index],
        warnings: warnings.compactMap { StoredRun.Remark($0, in: scope.chapter) },
        obstacle: obstacle.map(Self.reason), line: cell.codeStart.line)
      nodes.append(node)
      progress.running = nil
      take(node, cell, of: job, &progress, &outcome)
      observer(progress)
    }
    try showValues(scope, job, compiler, &progress, &outcome)
    return outcome
  }

  /// Inline values are computed in copies that then end: whatever they do, no cell sees it.
  private func showValues(
    _ scope: Scope, _ job: ChapterJob, _ compiler: ModuleCompiler, _ progress: inout RunProgress,
    _ outcome: inout Outcome
  ) throws {
    let cells = scope.compiledCells
    let groups = Dictionary(grouping: scope.inlineValues) { value in
      value.after.map { after in cells.prefix { $0.id <= after }.count } ?? 0
    }
    for (count, group) in groups.sorted(by: { $0.key < $1.key }) {
      let after = count == 0 ? "" : nodes[count - 1].module.name
      let asked = group.map { "\($0.expression)\n\($0.format.program)" }
      if values[count]?.after != after || values[count]?.asked != asked {
        if count > 0, let obstacle = nodes[count - 1].obstacle { throw NoPreview(obstacle) }
        let before = nodes.prefix(count).map(\.module)
        let program = CellProgram(group, of: scope, after: before)
        let module = module("Values", imports: [])
        guard
          case .library(let bytes, _) = try compiler.compile(
            program, named: module.name, entry: module.entry, interfaces: interfaces,
            isFinal: true)
        else {
          outcome.isUnfinished = true
          outcome.refusal = "an inline value does not compile"
          return
        }
        let library = try process.add(bytes, named: module.name + ".so")
        var outputs = CellOutputs(
          keys: program.keys, cells: [], limits: job.sandbox.limits)
        let (_, ending) = try process.run(
          library, entry: module.entry, at: count == 0 ? process.start : nodes[count - 1].slot,
          stays: false, into: &outputs)
        outputs.finish()
        let texts = group.compactMap { outputs.inlineValues[$0.id.index] }
        guard case .done = ending, !outputs.wantsStop, texts.count == group.count else {
          throw NoPreview("an inline value stopped")
        }
        values[count] = Values(after: after, asked: asked, texts: texts)
      }
      for (value, text) in zip(group, values[count]?.texts ?? []) {
        progress.result.inlineValues[value.id.index] = text
        progress.doneValues.insert(value.id.index)
      }
    }
  }

  private func module(_ kind: String, imports: [String]) -> CellModule {
    moduleCount += 1
    let module = CellModule(name: "\(kind)\(moduleCount)", imports: imports)
    made.append(module)
    return module
  }

  /// Whoever changes cells all day would fill a disk with what they were. A library that a process has
  /// loaded stays in its memory.
  private func discardOldModules() {
    let kept = Set(nodes.map(\.module.name))
    for module in made where !kept.contains(module.name) {
      process.removeLibrary(named: module.name + ".so")
      for ending in [".swiftmodule", ".swiftsourceinfo"] {
        FileSystem.discard("\(interfaces)/\(module.name)\(ending)")
      }
    }
    made.removeAll { !kept.contains($0.name) }
  }

  private func take(
    _ node: Node, _ cell: ParsedCell, of job: ChapterJob, _ progress: inout RunProgress,
    _ outcome: inout Outcome
  ) {
    outcome.diagnostics += node.warnings.compactMap { $0.diagnostic(in: job.chapter) }
    guard let run = node.run else { return }
    job.take(run, of: cell, into: &progress.result)
    progress.doneCells.insert(cell.id.index)
  }

  /// A report of a stop names lines; those of modules that were compiled before the text above them
  /// changed are old.
  private func checkLines(against cells: [ParsedCell]) throws {
    let isSame = zip(nodes, cells).allSatisfy { $0.line == $1.codeStart.line }
    if !isSame { throw NoPreview("a cell stopped, and its lines have moved") }
  }

  /// What a program of modules does not do as the one program does, seen in the text.
  private static func obstacle(in cells: [ParsedCell]) -> String? {
    if cells.count > longest { return "it has more than \(longest) cells" }
    var names: Set<String> = []
    for cell in cells {
      if cell.cell.isStarter { return "it has an exercise that checks itself" }
      if !BakedCalls(cell.tree).ranges.isEmpty { return "it bakes a value for a live cell" }
      if cell.awaits { return "cell \(cell.id.index + 1) waits for concurrent work" }
      guard cell.cell.runsInScope else { continue }
      if let name = cell.declaredNames.intersection(names).sorted().first {
        return "'\(name)' is declared twice"
      }
      names.formUnion(cell.declaredNames)
    }
    return nil
  }

  private static func reason(_ obstacle: String) -> String {
    switch obstacle {
    case "threads": "a cell leaves threads running"
    case "files": "a cell writes files"
    default: obstacle
    }
  }
}

extension CheckpointProcess.Ending {
  /// As the end of a program that held the cell alone.
  fileprivate func ofProcess(_ outputs: CellOutputs) -> ChildProcess.Ending {
    if outputs.wantsStop { return .stopped }
    switch self {
    case .done: return .exited(0)
    case .process(let ending): return ending
    }
  }
}
