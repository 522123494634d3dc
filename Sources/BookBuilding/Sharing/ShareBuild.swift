import BookModel
import HostSystem
import SharedStores

/// A share of a book: its chapters run and their results are stored; no site is written. When all
/// shares are done, a build of the whole book finds everything.
package struct ShareBuild: Sendable {
  package struct Report: Sendable {
    /// Of the chapters of the share, and of what belongs to no chapter.
    package var diagnostics: [Diagnostic] = []
    package var share: Share
    /// Of all shares.
    package var division = ""
    package var chapterCount = 0
    package var ownCount = 0
    package var ranCount = 0

    package var hasFailed: Bool { diagnostics.hasErrors }

    /// One line, such as `Share 2/4 (division 1a2b3c4d): 3 of 12 chapters, 2 ran`.
    package var summary: String {
      "Share \(share) (division \(division)): \(ownCount) of \(chapterCount) "
        + "\(chapterCount == 1 ? "chapter" : "chapters"), \(ranCount) ran"
    }
  }

  private let request: BuildRequest
  private let share: Share
  private let observer: BuildObserver

  package init(
    _ request: BuildRequest, _ share: Share, observer: @escaping BuildObserver = { _ in }
  ) {
    self.request = request
    self.share = share
    self.observer = observer
  }

  package func run() async -> Report {
    let durations: Durations
    let read: ReadBook
    do {
      durations =
        if let file = request.durations { try Durations(file: file) } else { Durations() }
      let reader = BookReader(includesDrafts: request.includesDrafts, jobs: request.jobs)
      read = await reader.read(try BookFolder(request.book))
    } catch {
      return Report(diagnostics: error.diagnostics, share: share)
    }
    let chapters = read.book.chapters
    let division = Division(chapters, into: share.count, durations: durations.milliseconds)
    let own = chapters.filter { division.contains(Path.name(of: $0.path), in: share) }
    let faulty = Set(
      read.diagnostics.filter { $0.severity == .error }.compactMap { $0.range?.file })

    let store = request.store.map { StoreClient($0) }
    let remote = request.remote.map { RemoteMachines($0, for: request) }
    let execution = CellExecution.compiling(
      request, shared: store, remote: remote?.workers, observer: observer)
    let steps = await BookBuild(request, execution: execution, observer: observer)
      .run(own, faulty: faulty)
    await store?.finish()
    let troubles = (store?.troubles ?? []) + (await remote?.finish() ?? [])

    let names = NamesOfOtherChapters(chapters)
    let others = Set(chapters.map(\.path)).subtracting(own.map(\.path))
    let told =
      read.diagnostics.filter { $0.range.map { !others.contains($0.file) } ?? true }
      + steps.flatMap(\.diagnostics).map(names.explained)
    return Report(
      diagnostics: troubles
        + BookBuild.sorted(Quoting(chapters).with(told), chapters: chapters.map(\.path)),
      share: share, division: division.digest, chapterCount: chapters.count, ownCount: own.count,
      ranCount: steps.count { $0.hasRun })
  }
}
