import BookModel
import CellRunning
import HostSystem

/// Why the next build runs a chapter, or does not.
package struct ChangeReport: Sendable {
  private let chapterName: String
  /// As typed after `#`: an id, or a number from 1.
  private let cellName: String?
  private let request: BuildRequest

  package init(place: String, request: BuildRequest) {
    let parts = place.split(separator: "#", maxSplits: 1)
    let file = parts.first.map(String.init) ?? ""
    let name = Path.name(of: file)
    chapterName = name.hasSuffix(".md") ? String(name.dropLast(3)) : name
    cellName = parts.count > 1 ? String(parts[1]) : nil
    self.request = request
  }

  package func lines() async throws(DiagnosticError) -> [String] {
    let folder = try BookFolder(request.book)
    let book = await BookReader(includesDrafts: true, jobs: request.jobs).read(folder)
    guard let chapter = named(in: book.book.chapters) else {
      throw DiagnosticError(unknownChapter(folder))
    }
    let problems = book.diagnostics.filter {
      $0.severity == .error && $0.range?.file == chapter.path
    }
    if !problems.isEmpty { throw DiagnosticError(problems) }
    let cell = try cellName.map { name throws(DiagnosticError) in try self.cell(name, of: chapter) }
    guard chapter.hasWork else { return ["\(chapter.path) has no cells that run"] }
    let runner = ChapterRunner(try RunSetup(RunSetup.Settings(request)))
    guard let changes = runner.changes(of: chapter) else {
      return ["\(chapter.path) runs: it has no results yet"]
    }
    if changes.isEmpty {
      return ["\(chapter.path) does not run: nothing that its results depend on changed"]
    }
    guard let cell else {
      return ["\(chapter.path) runs:"] + changes.map { "  " + $0.summary(in: chapter) }
    }
    if changes.contains(where: { $0 == .cellChanged(cell) || $0 == .cellAdded(cell) }) {
      return ["\(chapter.path) runs because this cell changed"]
    }
    return ["\(chapter.path) runs, and this cell with it, because"]
      + changes.map { "  " + $0.summary(in: chapter) }
  }

  /// The chapter of this name or, where none is, the one whose name begins with this number.
  private func named(in chapters: [Chapter]) -> Chapter? {
    if let chapter = chapters.first(where: { $0.slug == chapterName }) { return chapter }
    guard let number = Int(chapterName) else { return nil }
    let numbered = chapters.filter { Int($0.slug.prefix { $0.isASCII && $0.isNumber }) == number }
    return numbered.count == 1 ? numbered[0] : nil
  }

  private func cell(_ name: String, of chapter: Chapter) throws(DiagnosticError) -> Int {
    if let cell = chapter.cells.first(where: { $0.options.id?.value == name }) {
      return cell.id.index
    }
    if let number = Int(name), chapter.cells.indices.contains(number - 1) { return number - 1 }
    let ids = chapter.cells.compactMap { $0.options.id?.value }
    let hint = nearest(to: name, in: ids).map { "; did you mean '\($0)'?" } ?? ""
    throw DiagnosticError(
      Diagnostic(
        .error, .unknownCell,
        "cell '\(name)' is not in '\(chapter.path)'; a cell is named by its id, or by its number "
          + "from 1 to \(chapter.cells.count)\(hint)"))
  }

  private func unknownChapter(_ folder: BookFolder) -> Diagnostic {
    let names = folder.chapterNames.map { String($0.dropLast(3)) }
    let hint = nearest(to: chapterName, in: names).map { "; did you mean '\($0)'?" } ?? ""
    return Diagnostic(
      .error, .unknownChapter, "chapter '\(chapterName)' is not in '\(folder.path)'\(hint)")
  }
}
