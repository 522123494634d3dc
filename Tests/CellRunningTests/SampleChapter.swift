import BookModel
import CellRunning
import ChapterParsing
import Foundation
import Testing

/// A chapter from its text, with front matter put before it (three lines).
func chapter(_ text: String, path: String = "chapters/01-test.md") throws -> Chapter {
  let (chapter, diagnostics) = ChapterParser().parse(
    bytes: Array(("---\ntitle: Test\n---\n" + text).utf8), path: path)
  #expect(!diagnostics.hasErrors, "\(DiagnosticPrinter().text(for: diagnostics))")
  return try #require(chapter)
}

/// One cache for the run of the tests, so that the engine is built once; kept between runs.
let testCache = FileManager.default.temporaryDirectory.path + "/nnbook-tests-cache"

func runner(
  _ change: (inout ChapterRunner.Settings) -> Void = { _ in }
) throws -> ChapterRunner {
  var settings = ChapterRunner.Settings(
    book: FileManager.default.temporaryDirectory.path,
    results: testCache + "/results-\(getpid())", engines: testCache)
  settings.engineSources = String(#filePath.split(separator: "/Tests/")[0]) + "/Sources"
  change(&settings)
  return try ChapterRunner(settings)
}

/// What the diagnostics of a failing run print.
func messages(_ text: String) async throws -> String {
  do {
    let run = try await runner().run(chapter(text))
    return DiagnosticPrinter().text(for: run.diagnostics)
  } catch let error as DiagnosticError {
    return DiagnosticPrinter().text(for: error.diagnostics)
  }
}
