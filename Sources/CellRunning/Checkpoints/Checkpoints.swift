import BookModel
import HostSystem
import Synchronization

/// Shows what cells give while they are written: after a change only the changed cell and those below
/// it run, in a copy of the program as it was before them. What it shows is never stored; whatever it
/// cannot do, the chapter's own program does.
final class Checkpoints: Sendable {
  private struct State {
    /// The latest last.
    var chapters: [(path: String, checkpoints: Box)] = []
    /// The program that loads cells, or why it cannot be made; nil before the first chapter.
    var program: (folder: ScratchFolder, made: Result<String, any Error>)?
    /// What chapters gave, by the keys of their texts. The latest last.
    var runs: [(key: String, run: ChapterRun)] = []
  }

  /// Goes from run to run, of which there is one at a time.
  private final class Box: @unchecked Sendable {
    let checkpoints: ChapterCheckpoints
    init(_ checkpoints: ChapterCheckpoints) { self.checkpoints = checkpoints }
  }

  private let state = Mutex(State())
  private static let mostChapters = 3
  private static let mostRuns = 64

  deinit { state.withLock { $0.program?.folder.remove() } }

  /// What the chapter with this key gave before.
  func known(_ key: String) -> ChapterRun? {
    state.withLock { state in state.runs.last { $0.key == key }?.run }
  }

  /// Nil where the chapter's own program has to run; `reason` says why.
  /// - Parameters:
  ///   - key: of the chapter's text, and of all else that its cells depend on.
  ///   - data: names and hashes of the files that they read.
  func run(
    _ job: ChapterJob, key: String, data: [String], observer: @escaping RunProgress.Observer,
    reason: inout String
  ) throws(DiagnosticError) -> ChapterRun? {
    let path = job.chapter.path
    do {
      let program = try program(job)
      let box = try take(path, data) ?? Box(ChapterCheckpoints(program: program, data: data))
      let run: ChapterRun
      do {
        run = try box.checkpoints.run(job, observer)
      } catch let error as CheckpointProcess.Broken {
        throw error
      } catch {
        // What had run before stays as it is.
        give(path, box)
        throw error
      }
      give(path, box)
      if run.unfinished == nil {
        state.withLock { state in
          state.runs.removeAll { $0.key == key }
          state.runs.append((key, run))
          if state.runs.count > Self.mostRuns { state.runs.removeFirst() }
        }
      }
      return run
    } catch let error as DiagnosticError {
      throw error
    } catch let error as NoPreview {
      reason = error.reason
    } catch let error as CheckpointProcess.Broken {
      reason = error.reason
    } catch {
      reason = "\(error)"
    }
    return nil
  }

  /// The chapter's checkpoints, which nobody else has until they are given back.
  private func take(_ path: String, _ data: [String]) -> Box? {
    state.withLock { state in
      guard let place = state.chapters.firstIndex(where: { $0.path == path }) else { return nil }
      let box = state.chapters.remove(at: place).checkpoints
      return box.checkpoints.data == data ? box : nil
    }
  }

  private func give(_ path: String, _ box: Box) {
    state.withLock { state in
      state.chapters.append((path, box))
      if state.chapters.count > Self.mostChapters { state.chapters.removeFirst() }
    }
  }

  private func program(_ job: ChapterJob) throws -> String {
    try state.withLock { state in
      if let program = state.program { return try program.made.get() }
      let folder = try ScratchFolder()
      try FileSystem.setMode(0o755, of: folder.path)
      let made = Result {
        try ModuleCompiler(compiler: job.compiler, folder: folder.path).host(in: folder.path)
      }
      // What was ended half-way is made by the next.
      if ThreadCancellation.ofThisThread?.isCancelled == true {
        folder.remove()
        return try made.get()
      }
      state.program = (folder, made)
      return try made.get()
    }
  }
}
