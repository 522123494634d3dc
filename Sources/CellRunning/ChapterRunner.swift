import BookModel
import HostSystem
import Synchronization

/// Runs the cells of chapters, or takes what is stored of an earlier run. Several chapters may run
/// at once.
package final class ChapterRunner: Sendable {
  private let setup: RunSetup
  private let store: ResultStore
  private let history: KeyHistory
  private let digests: DataDigests
  private let engineKey: String
  private let chosenSandbox = Mutex<Result<(Sandbox, Diagnostic?), DiagnosticError>?>(nil)
  private let hasEvicted = Mutex(false)
  private let checkpoints: Checkpoints?

  package init(_ setup: RunSetup) {
    self.setup = setup
    let folder = setup.settings.results
    store = ResultStore(folder: folder)
    history = KeyHistory(folder: folder)
    digests = DataDigests(store: StoreFolder(folder))
    engineKey = setup.engineKey(.native)
    checkpoints = setup.settings.usesCheckpoints ? Checkpoints() : nil
  }

  package var identity: String { setup.identity }

  /// What is stored for the chapter's cells as they are; nil where nothing is. Runs nothing.
  package func stored(_ chapter: Chapter) -> ChapterRun? {
    guard chapter.hasWork else { return .nothingToRun(chapter) }
    let key = key(chapter).key.text
    if case .found(let run) = store.lookup(key) {
      return ChapterRun(run, of: chapter, origin: .stored)
    }
    guard let run = checkpoints?.known(key) else { return nil }
    let remarks = run.remarks(in: chapter)
    return ChapterRun(
      StoredRun(result: run.result, remarks: remarks), of: chapter, origin: .previewed)
  }

  /// Like `stored`, and where nothing is, what other machines share. Runs nothing.
  package func storedOrShared(_ chapter: Chapter) async -> ChapterRun? {
    if let run = stored(chapter) { return run }
    return await shared(chapter, key(chapter).key)
  }

  /// From the store, or from one that is shared, or else by running, which then is stored. Where its
  /// task is cancelled, all that it started ends at once, and what it throws says nothing.
  /// - Parameter observer: told as cells come to their ends.
  package func run(
    _ chapter: Chapter, observer: @escaping RunProgress.Observer = { _ in }
  ) async throws(DiagnosticError) -> ChapterRun {
    guard chapter.hasWork else { return .nothingToRun(chapter) }
    let (key, data) = key(chapter)
    var details: [String] = []
    switch store.lookup(key.text) {
    case .found(let run):
      try? history.keep(key, of: chapter)
      return ChapterRun(run, of: chapter, origin: .stored)
    case .missing: break
    case .damaged:
      details = ["The stored results of \(chapter.path) were damaged and are made anew"]
    }
    if var run = await shared(chapter, key) {
      run.details = details + run.details
      return run
    }
    var run = try await execute(chapter, data, observer, previewing: key)
    run.details = details + run.details
    if let failure = keep(run, chapter, key) { run.diagnostics.append(failure) }
    return run
  }

  /// By running, whatever is stored.
  /// - Parameter storing: whether the results replace the stored ones.
  package func rerun(
    _ chapter: Chapter, storing: Bool = false
  ) async throws(DiagnosticError) -> ChapterRun {
    guard chapter.hasWork else { return .nothingToRun(chapter) }
    let (key, data) = key(chapter)
    var run = try await execute(chapter, data)
    if storing, let failure = keep(run, chapter, key) { run.diagnostics.append(failure) }
    return run
  }

  /// What other machines share for the chapter's cells as they are, whatever is stored here; kept nowhere.
  package func shared(_ chapter: Chapter) async -> ChapterResult? {
    await sharedRun(chapter, key(chapter).key)?.result
  }

  private func sharedRun(_ chapter: Chapter, _ key: CacheKey) async -> StoredRun? {
    guard let shared = setup.settings.shared,
      let content = await shared.content(for: Self.sharedKey(key))
    else { return nil }
    guard let stored = try? StoredRun(encoded: content[...]), stored.fits(chapter) else {
      shared.rejected()
      return nil
    }
    return stored
  }

  /// What another machine gave for the same key; kept here from then on.
  private func shared(_ chapter: Chapter, _ key: CacheKey) async -> ChapterRun? {
    guard let stored = await sharedRun(chapter, key) else { return nil }
    var run = ChapterRun(stored, of: chapter, origin: .stored)
    run.details = ["Took the results of \(chapter.path) from the shared store"]
    if let failure = keep(stored, chapter, key) { run.diagnostics.append(failure) }
    return run
  }

  /// The form of what is stored is part of it, which locally the seal says.
  private static func sharedKey(_ key: CacheKey) -> String {
    ContentHash.of("shared result 3", key.text)
  }

  /// What changed since the chapter last had results: empty where they are stored, nil where there
  /// never were any.
  package func changes(of chapter: Chapter) -> [KeyChange]? {
    guard let old = history.last(of: chapter) else { return nil }
    return key(chapter).key.changes(since: old)
  }

  private func key(_ chapter: Chapter) -> (key: CacheKey, data: [DataFile]) {
    let data = DataFile.named(by: chapter, in: setup.settings.book)
    let key = CacheKey(
      chapter, data: data, digests: digests, engine: engineKey, compiler: setup.toolchain.version,
      live: LiveBuild.keyText(setup, chapter))
    return (key, data)
  }

  private func execute(
    _ chapter: Chapter, _ data: [DataFile], _ observer: @escaping RunProgress.Observer = { _ in },
    previewing key: CacheKey? = nil
  ) async throws(DiagnosticError) -> ChapterRun {
    if Task.isCancelled { throw DiagnosticError([]) }
    let engines = try await setup.engines(for: chapter)
    let run = try await onOwnThread { () throws(DiagnosticError) in
      let start = monotonicNow()
      let (sandbox, warning) = try self.sandbox()
      let job = try ChapterJob(
        setup: self.setup, engines: engines, sandbox: sandbox, chapter: chapter, data: data)
      defer { job.removeFolder() }
      var reason: String?
      let previewed = try self.preview(job, key, observer, &reason)
      var run = if let previewed { previewed } else { try job.run(observer: observer) }
      if let reason {
        run.details.append("The cells of \(chapter.path) run as one program: \(reason)")
      }
      run.diagnostics += warning.map { [$0] } ?? []
      run.diagnostics +=
        Expectations(chapter, run.result, of: run.unfinished?.doneCells).diagnostics
      run.seconds = Double(monotonicNow() - start) / 1e9
      return run
    }
    // What was ended half-way looks like a cell, or a tool, that stopped.
    if Task.isCancelled { throw DiagnosticError([]) }
    return run
  }

  /// Nil where the chapter's own program has to run.
  private func preview(
    _ job: ChapterJob, _ key: CacheKey?, _ observer: @escaping RunProgress.Observer,
    _ reason: inout String?
  ) throws(DiagnosticError) -> ChapterRun? {
    guard let checkpoints, let key else { return nil }
    let data = job.data.map { $0.name + " " + digests.digest(of: $0) }
    var obstacle = ""
    let run = try checkpoints.run(
      job, key: key.text, data: data, observer: observer, reason: &obstacle)
    if ThreadCancellation.ofThisThread?.isCancelled == true { throw DiagnosticError([]) }
    if run == nil { reason = obstacle }
    return run
  }

  /// Looked for by the first chapter that runs; only that one tells what is missing.
  private func sandbox() throws(DiagnosticError) -> (Sandbox, Diagnostic?) {
    try chosenSandbox.withLock { chosen -> Result<(Sandbox, Diagnostic?), DiagnosticError> in
      if case .success(let (sandbox, _))? = chosen { return .success((sandbox, nil)) }
      if let chosen { return chosen }
      let result = Result { () throws(DiagnosticError) in
        try Sandbox.choose(
          setup.settings.sandbox, limits: setup.settings.limits, toolchain: setup.toolchain)
      }
      chosen = result
      return result
    }.get()
  }

  /// A full disk costs the next build time, and is worth a warning.
  private func keep(_ run: ChapterRun, _ chapter: Chapter, _ key: CacheKey) -> Diagnostic? {
    guard run.unfinished == nil, run.origin == .ran else { return nil }
    let remarks = run.remarks(in: chapter)
    let stored = StoredRun(
      result: run.result, remarks: remarks, milliseconds: Int((run.seconds * 1000).rounded()),
      cellMicroseconds: run.cellSeconds.mapValues { Int(($0 * 1e6).rounded()) })
    setup.settings.shared?.add(stored.encoded(), for: Self.sharedKey(key))
    return keep(stored, chapter, key)
  }

  private func keep(_ stored: StoredRun, _ chapter: Chapter, _ key: CacheKey) -> Diagnostic? {
    let isFirst = hasEvicted.withLock { done in
      defer { done = true }
      return !done
    }
    if isFirst { store.evict() }
    do throws(FileError) {
      try store.store(stored, key: key.text)
      try history.keep(key, of: chapter)
      return nil
    } catch {
      return Diagnostic(
        .warning, .resultsNotStored,
        "the results of '\(chapter.path)' cannot be stored in '\(setup.settings.results)': \(error.reason)"
      )
    }
  }
}

extension ChapterRun {
  fileprivate static func nothingToRun(_ chapter: Chapter) -> ChapterRun {
    ChapterRun(
      result: .empty(for: chapter), diagnostics: [], origin: .nothingToRun)
  }

  /// What is stored: not what every build finds out anew.
  fileprivate func remarks(in chapter: Chapter) -> [StoredRun.Remark] {
    let anew = Expectations(chapter, result, of: unfinished?.doneCells).diagnostics
    return diagnostics.filter { $0.severity == .warning && !anew.contains($0) }
      .compactMap { StoredRun.Remark($0, in: chapter) }
  }

  fileprivate init(_ stored: StoredRun, of chapter: Chapter, origin: Origin) {
    self.init(
      result: stored.result,
      diagnostics: stored.remarks.compactMap { $0.diagnostic(in: chapter) }
        + Expectations(chapter, stored.result).diagnostics,
      origin: origin)
    seconds = Double(stored.milliseconds ?? 0) / 1000
    cellSeconds = stored.cellMicroseconds.mapValues { Double($0) / 1e6 }
  }
}

extension ChapterResult {
  /// Room for every cell and value of the chapter.
  static func empty(for chapter: Chapter) -> ChapterResult {
    ChapterResult(
      cells: chapter.cells.map { _ in CellResult() },
      inlineValues: chapter.inlineValues.map { _ in "" })
  }
}
