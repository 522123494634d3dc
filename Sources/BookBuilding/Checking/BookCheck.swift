import BookModel
import CellRunning
import HostSystem
import PageRendering

/// What a build need not know, and an author wants to: results that change from run to run, names
/// that nothing refers to, figures without a caption.
package struct BookCheck: Sendable {
  private let request: BuildRequest
  private let execution: CellExecution
  private let observer: BuildObserver

  package init(
    _ request: BuildRequest, execution: CellExecution, observer: @escaping BuildObserver = { _ in }
  ) {
    self.request = request
    self.execution = execution
    self.observer = observer
  }

  /// The diagnostics of a build and of the checks, sorted by place. Nothing is written.
  package func run() async -> BookBuild.Outcome {
    var outcome = await BookBuild(request, execution: execution, observer: observer).run()
    guard let book = outcome.book, let index = outcome.index else { return outcome }
    outcome.diagnostics += Self.unusedNames(in: book, index, outcome.results)
    for chapter in book.chapters {
      if let result = outcome.results[chapter.slug] {
        outcome.diagnostics += Self.missingCaptions(in: chapter, result)
      }
    }
    outcome.diagnostics += await changingResults(book.chapters, outcome.results)
    outcome.diagnostics = BookBuild.sorted(
      outcome.diagnostics, chapters: book.chapters.map(\.path))
    return outcome
  }

  /// Rewrites the expected outputs that an outcome says differ, and says which lines of which chapters
  /// changed, and how.
  package func accept(_ outcome: BookBuild.Outcome) throws(DiagnosticError) -> [String] {
    var changed: [String] = []
    for chapter in outcome.book?.chapters ?? [] {
      guard let result = outcome.results[chapter.slug] else { continue }
      let lines = outcome.diagnostics.filter {
        $0.id == .unexpectedOutput && $0.range?.file == chapter.path
      }.compactMap { $0.range?.start.line }
      let accepted = zip(chapter.cells, result.cells).compactMap { cell, result in
        cell.expectedOutput.flatMap { expected -> AcceptedOutput? in
          let fence = expected.range.start.line...expected.range.end.line
          return lines.contains(where: fence.contains)
            ? AcceptedOutput(expected, text: Expectations.text(of: result)) : nil
        }
      }
      if accepted.isEmpty { continue }
      do throws(FileError) {
        let bytes = try FileSystem.read(chapter.path)
        try FileSystem.replaceContents(
          of: chapter.path, with: AcceptedOutput.applying(accepted, to: bytes))
      } catch {
        throw DiagnosticError(
          Diagnostic(
            .error, .chapterNotWritable,
            "chapter '\(chapter.path)' cannot be written: \(error.reason)"))
      }
      changed.append("Rewrote the expected output in \(chapter.path)")
      changed += accepted.flatMap { ["  line \($0.first):"] + $0.changes }
    }
    return changed
  }

  /// Chapters and what is numbered were named to be referred to. Cells have names for `nnbook why`
  /// and for links from elsewhere as well, so that theirs are told in one note for each chapter.
  static func unusedNames(
    in book: Book, _ index: BookIndex, _ results: [String: ChapterResult] = [:]
  ) -> [Diagnostic] {
    let printed = book.chapters.flatMap { chapter in
      results[chapter.slug].map { BookIndex.destinations(printedBy: $0, in: chapter) } ?? []
    }
    let numbered = index.unusedTargets(printed: printed).map { target in
      Diagnostic(
        .warning, .unusedID, at: target.range,
        "id '\(target.id)' is used by no reference; '[](#\(target.id))' in the text would lead to it"
      )
    }
    let plain = Dictionary(grouping: index.unusedPlaces(printed: printed), by: \.slug)
    return numbered
      + book.chapters.compactMap { plain[$0.slug].map { unusedName($0) } }
  }

  /// - Parameter targets: of one chapter; at least one.
  private static func unusedName(_ targets: [ReferenceTarget]) -> Diagnostic {
    // A glossary names every entry.
    let most = 12
    var names = targets.map { "'\($0.id)'" }
    if names.count > most + 1 { names[most...] = ["\(names.count - most) more"] }
    let summary =
      names.count == 1
      ? "id \(names[0]) is used by no reference; keep it for 'nnbook why' or links from elsewhere, "
        + "or leave it out"
      : "ids \(names.dropLast().joined(separator: ", ")) and \(names.last!) are used by no "
        + "reference; keep them for 'nnbook why' or links from elsewhere, or leave them out"
    return Diagnostic(.note, .unusedID, at: targets[0].range, summary)
  }

  /// A numbered figure or table says what it shows.
  static func missingCaptions(in chapter: Chapter, _ result: ChapterResult) -> [Diagnostic] {
    zip(chapter.cells, result.cells).compactMap { cell, result in
      guard let id = cell.options.id, cell.options.caption == nil, !result.outputs.isEmpty,
        id.value.hasPrefix("fig-") || id.value.hasPrefix("tbl-")
      else { return nil }
      let kind = id.value.hasPrefix("fig-") ? "figure" : "table"
      return Diagnostic(
        .warning, .missingCaption, at: id.range,
        "\(kind) '\(id.value)' has no caption; '//| caption: …' says what it shows")
    }
  }

  /// Runs every chapter once more, and compares.
  private func changingResults(_ chapters: [Chapter], _ known: [String: ChapterResult]) async
    -> [Diagnostic]
  {
    let items = chapters.filter(\.hasWork).compactMap { chapter in
      known[chapter.slug].map { (chapter, $0) }
    }
    return await parallelMap(items, width: request.jobs) { chapter, first in
      observer(.running(chapter: chapter.path))
      do throws(DiagnosticError) {
        let again = try await execution.rerun(chapter)
        if again.unfinished != nil {
          observer(.failed(chapter: chapter.path))
          return again.diagnostics
        }
        observer(.ran(chapter: chapter.path, seconds: again.seconds))
        return Self.differences(in: chapter, first, again.result)
      } catch {
        observer(.failed(chapter: chapter.path))
        return error.diagnostics
      }
    }.flatMap { $0 }
  }

  static func differences(in chapter: Chapter, _ first: ChapterResult, _ second: ChapterResult)
    -> [Diagnostic]
  {
    var found: [Diagnostic] = []
    for (cell, (a, b)) in zip(chapter.cells, zip(first.cells, second.cells))
    where a.ofBook(cell) != b.ofBook(cell) {
      found.append(
        Diagnostic(
          .error, .changingResult, at: cell.range,
          "cell gives another result when it runs again; a seed makes what is random repeatable",
          notes: Self.firstDifference(a, b).map { [Diagnostic.Note($0)] } ?? []))
    }
    for (value, (a, b)) in zip(chapter.inlineValues, zip(first.inlineValues, second.inlineValues))
    where a != b {
      found.append(
        Diagnostic(
          .error, .changingResult, at: value.expressionRange,
          "value was '\(a)', and is '\(b)' when it runs again; a seed makes what is random repeatable"
        ))
    }
    return found
  }

  /// Printed or shown text that differs, line by line; nil where only a figure does.
  static func firstDifference(
    _ a: CellResult, _ b: CellResult, _ words: (String, String) = ("first", "then")
  ) -> String? {
    let (x, y) = (lines(a), lines(b))
    for (first, second) in zip(x, y) where first != second {
      return "\(words.0) '\(first)', \(words.1) '\(second)'"
    }
    return x.count == y.count ? nil : "\(words.0) \(x.count) lines of text, \(words.1) \(y.count)"
  }

  private static func lines(_ result: CellResult) -> [Substring] {
    result.outputs.flatMap { output -> [Substring] in
      switch output {
      case .console(let text), .text(let text), .markdown(let text):
        return text.split(separator: "\n", omittingEmptySubsequences: false)
      case .html, .svg, .control, .check: return []
      }
    }
  }
}

extension CellResult {
  /// What a starter prints is nowhere in the book.
  fileprivate func ofBook(_ cell: Cell) -> CellResult {
    guard cell.isStarter else { return self }
    return CellResult(
      outputs: outputs.filter { !$0.isPlainText }, expectedFailure: expectedFailure)
  }
}
