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
    /// Nil for a cell that does not run.
    var result: CellResult?
    /// Of live cells; their lines are those that the chapter had.
    var baked: [BakedRecord]
    var warnings: [StoredRun.Remark]
    /// Why nothing can follow it.
    var obstacle: String?
    /// Of its code in the chapter, when it was compiled.
    var line: Int
  }

  let process: CheckpointProcess
  let interfaces: String
  private var nodes: [Node] = []
  private var moduleCount = 0
  /// Whose files are still there.
  private var made: [CellModule] = []
  /// What inline values gave, by how many cells stand before them.
  var values: [Int: TriedValues] = [:]
  /// What the answers to exercises gave, by their cells.
  var answers: [Int: TriedAnswer] = [:]
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
    /// What cells gave for live cells to take, by cell.
    var baked: [Int: [BakedRecord]] = [:]
    /// Whether a cell stopped, or the compiler refused one.
    var isUnfinished = false
    /// What the compiler had against a cell, if that is why.
    var refusal: String?
  }

  /// A run of the scope, as far as it has come.
  struct Run {
    let scope: Scope
    let job: ChapterJob
    let compiler: ModuleCompiler
    /// Those that others can follow.
    let cells: [ParsedCell]
    let observer: RunProgress.Observer
    var progress: RunProgress
    var outcome = Outcome()

    /// How many cells stand before the one.
    func count(before cell: Cell.ID) -> Int { cells.prefix { $0.id < cell }.count }

    mutating func begin(_ cell: ParsedCell) {
      progress.running = cell.cell.runs ? cell.id.index : nil
      observer(progress)
    }

    mutating func end(refused reason: String? = nil) {
      progress.running = nil
      outcome.isUnfinished = true
      outcome.refusal = reason
    }
  }

  /// Runs the cells from the first that changed, and takes what is known of those above it.
  func run(
    _ scope: Scope, of job: ChapterJob, _ progress: inout RunProgress,
    _ observer: @escaping RunProgress.Observer
  ) throws -> Outcome {
    if let obstacle = Self.obstacle(in: scope) { throw NoPreview(obstacle) }
    var run = Run(
      scope: scope, job: job,
      compiler: ModuleCompiler(compiler: job.compiler, folder: job.folder),
      cells: scope.compiledCells.filter { !$0.cell.isOfExercise }, observer: observer,
      progress: progress)
    defer { progress = run.progress }
    let kept = zip(nodes, run.cells).prefix { $0.fingerprint == CellFingerprint($1.cell) }.count
    nodes.removeSubrange(kept...)
    discardOldModules()
    for (node, cell) in zip(nodes, run.cells) { take(node, cell, &run) }
    observer(run.progress)
    for count in 0...run.cells.count {
      if count > kept { try execute(run.cells[count - 1], &run) }
      if !run.outcome.isUnfinished { try showAnswers(after: count, &run) }
      if run.outcome.isUnfinished {
        // Sentences above it are as right as the cells above it.
        var above = run
        if (try? showValues(&above, after: nodes.count)) != nil { run.progress = above.progress }
        return run.outcome
      }
    }
    try showValues(&run, after: run.cells.count)
    return run.outcome
  }

  private func execute(_ cell: ParsedCell, _ run: inout Run) throws {
    let place = try place(after: nodes.count)
    run.begin(cell)
    let program = CellProgram(cell, of: run.scope, after: place.modules)
    let module = module("Cell", of: [cell])
    let (library, warnings): (String, [Diagnostic])
    switch try run.compiler.compile(
      program, as: module, after: place.modules, interfaces: interfaces, isFinal: false)
    {
    case .refused(let reason): return run.end(refused: reason)
    case .library(let bytes, let said):
      library = try process.add(bytes, named: module.name + ".so")
      warnings = said
    }
    var outputs = run.outputs(of: cell, program)
    let (slot, ending) = try process.run(
      library, entry: module.entry, at: place.slot, stays: true, into: &outputs)
    outputs.finish()
    if try hasStopped(cell, program, module, outputs, ending, &run) { return }
    guard let slot, case .done(let obstacle) = ending else {
      throw NoPreview("its process ended after a cell")
    }
    let own = outputs.runs[cell.id.index]
    let node = Node(
      fingerprint: CellFingerprint(cell.cell), module: module, slot: slot,
      result: cell.cell.runs ? own.map { run.job.result($0, of: cell) } : nil,
      baked: own?.baked ?? [],
      warnings: warnings.compactMap { StoredRun.Remark($0, in: run.scope.chapter) },
      obstacle: obstacle.map(Self.reason), line: cell.codeStart.line)
    nodes.append(node)
    run.progress.running = nil
    take(node, cell, &run)
    run.observer(run.progress)
  }

  /// Whether the cell, or the program with it, came to no good end; then that is told.
  func hasStopped(
    _ cell: ParsedCell, _ program: CellProgram, _ module: CellModule, _ outputs: CellOutputs,
    _ ending: CheckpointProcess.Ending, _ run: inout Run
  ) throws -> Bool {
    if ThreadCancellation.ofThisThread?.isCancelled == true { throw NoPreview("cancelled") }
    let runner = ProgramRunner(
      sandbox: run.job.sandbox, scope: run.scope, program: program,
      book: run.job.setup.settings.book,
      lines: LineTable(
        tools: run.compiler.compiler.tools,
        file: { [made, process] name in
          made.contains { $0.name + ".so" == name } ? process.path(ofLibrary: name) : nil
        }, folder: "\(run.compiler.folder)/\(module.name)-lines"))
    guard let stop = runner.stopped(outputs, ending.ofProcess(outputs), last: cell.cell) else {
      return false
    }
    // What it says of places in cells above is about the lines that they were compiled with.
    let isSame = zip(nodes, run.cells).allSatisfy { $0.line == $1.codeStart.line }
    if !isSame { throw NoPreview("a cell stopped, and its lines have moved") }
    run.end()
    run.outcome.diagnostics.append(stop)
    return true
  }

  /// A state of the program, and the modules that it has loaded.
  struct Place {
    /// Names the state among all that there were.
    var name: String
    var modules: [CellModule]
    var slot: CheckpointProcess.Slot
  }

  /// After so many cells.
  func place(after count: Int) throws(NoPreview) -> Place {
    if count > 0, let obstacle = nodes[count - 1].obstacle { throw NoPreview(obstacle) }
    return Place(
      name: name(ofPlaceAfter: count), modules: nodes.prefix(count).map(\.module),
      slot: count == 0 ? process.start : nodes[count - 1].slot)
  }

  func name(ofPlaceAfter count: Int) -> String { count == 0 ? "" : nodes[count - 1].module.name }

  func module(_ kind: String, of cells: [ParsedCell]) -> CellModule {
    moduleCount += 1
    let module = CellModule(name: "\(kind)\(moduleCount)", of: cells)
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

  private func take(_ node: Node, _ cell: ParsedCell, _ run: inout Run) {
    run.outcome.diagnostics += node.warnings.compactMap { $0.diagnostic(in: run.job.chapter) }
    guard let result = node.result else { return }
    let index = cell.id.index
    run.outcome.baked[index] = node.baked.map { record in
      var record = record
      record.line += cell.codeStart.line - node.line
      return record
    }
    run.progress.result.cells[index] = result
    run.progress.doneCells.insert(index)
  }

  /// What a program of modules does not do as the one program does, seen in the text.
  private static func obstacle(in scope: Scope) -> String? {
    let cells = scope.compiledCells
    if cells.count > longest { return "it has more than \(longest) cells" }
    var names: Set<String> = []
    for cell in cells {
      if ["#fileID", "#function"].contains(where: cell.code.contains) {
        return "cell \(cell.id.index + 1) may ask for the name of its module"
      }
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

extension CheckpointChain.Run {
  /// For what the cell, which runs alone, puts out.
  func outputs(of cell: ParsedCell, _ program: CellProgram) -> CellOutputs {
    CellOutputs(
      keys: program.keys,
      cells: cell.cell.runs ? [(cell.id.index, CellOutputs.seconds(for: cell.cell))] : [],
      kept: cell.keptOutput.map { [cell.id.index: $0] } ?? [:], limits: job.sandbox.limits)
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
