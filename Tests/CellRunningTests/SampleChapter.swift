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

private let packageRoot = String(#filePath.split(separator: "/Tests/")[0])

/// One cache for all tests, also those of the command, so that the engine is built once; kept between
/// runs.
let testCache = packageRoot + "/.build/nnbook-cache"

/// What ran before must not count: every run of the tests starts with no results.
private let testResults =
  FileManager.default.temporaryDirectory.path + "/nnbook-test-results-\(getpid())"

/// Containers often have none; what cells compute is the same there.
let hasSandbox = Sandbox.isAvailable

func runner(
  _ change: (inout RunSetup.Settings) -> Void = { _ in }
) throws -> ChapterRunner {
  ChapterRunner(try setup(change))
}

func setup(_ change: (inout RunSetup.Settings) -> Void = { _ in }) throws -> RunSetup {
  var settings = RunSetup.Settings(
    book: FileManager.default.temporaryDirectory.path,
    results: testResults, engines: testCache)
  settings.engineSources = packageRoot + "/Sources"
  if !hasSandbox { settings.sandbox = .off }
  change(&settings)
  return try RunSetup(settings)
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
