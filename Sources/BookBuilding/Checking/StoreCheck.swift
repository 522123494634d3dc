import BookModel
import CellRunning
import PageRendering
import SharedStores

/// Runs a sample of the chapters whose results a store holds, and compares: what somebody put there who
/// should not, or a machine that computes wrongly, shows itself so.
package struct StoreCheck: Sendable {
  package struct Report: Sendable {
    package var diagnostics: [Diagnostic] = []
    /// With cells or formulas.
    package var chapterCount = 0
    /// Whose results the store had, and were compared.
    package var comparedCount = 0
    /// Looked for.
    package var sampleCount = 0

    package var hasFailed: Bool { !diagnostics.isEmpty }

    /// One line, such as `Compared 3 of 12 chapters with the store; 2 of the 5 looked for are not there`.
    package var summary: String {
      let missing = sampleCount - comparedCount
      return "Compared \(comparedCount) of \(chapterCount) chapters with the store"
        + (missing == 0 ? "" : "; \(missing) of the \(sampleCount) looked for are not there")
    }
  }

  private let request: BuildRequest
  private let store: StoreRequest
  private let sample: Int
  private let observer: BuildObserver

  /// - Parameter sample: of how many chapters, chosen at random each time; all where it has no more.
  package init(
    _ request: BuildRequest, store: StoreRequest, sample: Int,
    observer: @escaping BuildObserver = { _ in }
  ) {
    self.request = request
    self.store = store
    self.sample = sample
    self.observer = observer
  }

  package func run() async -> Report {
    let read: ReadBook
    do {
      let reader = BookReader(includesDrafts: request.includesDrafts, jobs: request.jobs)
      read = await reader.read(try BookFolder(request.book))
    } catch {
      return Report(diagnostics: error.diagnostics)
    }
    // Of cells that cannot be read nothing is stored.
    let mistakes = read.diagnostics.filter { $0.severity == .error }
    let outlines = await parallelMap(read.book.chapters, width: request.jobs) { chapter in
      Sampled(chapter: chapter, formulas: ChapterOutline(chapter).formulas)
    }
    let chapters = outlines.filter { $0.chapter.hasWork || !$0.formulas.isEmpty }
    if !mistakes.isEmpty { return Report(diagnostics: mistakes, chapterCount: chapters.count) }

    let client = StoreClient(store)
    let execution = CellExecution.compiling(request, shared: client, observer: observer)
    let chosen = Array(chapters.shuffled().prefix(sample))
    let formulas = FormulaCheck(read.book.settings, request, store.address.text, client)
    let found = await parallelMap(chosen, width: request.jobs) { sampled in
      await compare(sampled, execution, formulas)
    }
    await client.finish()
    return Report(
      diagnostics: client.troubles
        + BookBuild.sorted(found.flatMap { $0 ?? [] }, chapters: chapters.map(\.chapter.path)),
      chapterCount: chapters.count, comparedCount: found.count { $0 != nil },
      sampleCount: chosen.count)
  }

  private struct Sampled: Sendable {
    var chapter: Chapter
    /// Without those that cells print.
    var formulas: [WrittenFormula]
  }

  /// Nil where the store has nothing for the chapter as it is.
  private func compare(
    _ sampled: Sampled, _ execution: CellExecution, _ formulas: FormulaCheck?
  ) async -> [Diagnostic]? {
    let chapter = sampled.chapter
    guard chapter.hasWork else { return await formulas?.differences(sampled.formulas) }
    let stored = await execution.shared(chapter)
    let printed = WrittenFormula.all(printedBy: stored, in: chapter)
    let typeset = await formulas?.differences(sampled.formulas + printed) ?? []
    return await compare(chapter, stored, execution).map { $0 + typeset }
  }

  private func compare(
    _ chapter: Chapter, _ stored: ChapterResult?, _ execution: CellExecution
  ) async -> [Diagnostic]? {
    guard let stored else { return nil }
    observer(.running(chapter: chapter.path))
    do throws(DiagnosticError) {
      let own = try await execution.rerun(chapter)
      if own.unfinished != nil {
        observer(.failed(chapter: chapter.path))
        return own.diagnostics
      }
      var found = differences(in: chapter, stored, own.result)
      if !found.isEmpty {
        // What changes from run to run was put there by nobody.
        let again = try await execution.rerun(chapter)
        let changing = BookCheck.differences(in: chapter, own.result, again.result)
        if !changing.isEmpty { found = changing }
      }
      observer(.ran(chapter: chapter.path, seconds: own.seconds))
      return found
    } catch {
      observer(.failed(chapter: chapter.path))
      return error.diagnostics
    }
  }

  private func differences(
    in chapter: Chapter, _ stored: ChapterResult, _ own: ChapterResult
  ) -> [Diagnostic] {
    let address = store.address.text
    var found: [Diagnostic] = []
    for (cell, (a, b)) in zip(chapter.cells, zip(stored.cells, own.cells)) where a != b {
      found.append(
        Diagnostic(
          .error, .storeDiffers, at: cell.range,
          "cell gives another result here than the store '\(address)' holds for it",
          notes: BookCheck.firstDifference(a, b, ("the store has", "here it is"))
            .map { [Diagnostic.Note($0)] } ?? []))
    }
    let values = zip(stored.inlineValues, own.inlineValues)
    for (value, (a, b)) in zip(chapter.inlineValues, values) where a != b {
      found.append(
        Diagnostic(
          .error, .storeDiffers, at: value.expressionRange,
          "value is '\(b)' here, and the store '\(address)' holds '\(a)' for it"))
    }
    if stored.liveModule != own.liveModule {
      let cell = chapter.cells.first(where: \.isLive)
      found.append(
        Diagnostic(
          .error, .storeDiffers,
          at: cell?.infoRange ?? SourceRange(file: chapter.path, line: 1),
          "the module of the live cells is another one here than the store '\(address)' holds"))
    }
    return found
  }
}
