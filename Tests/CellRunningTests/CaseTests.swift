import BookModel
import ChapterParsing
import Foundation
import HostSystem
import Support
import Testing

@testable import CellRunning

/// Each chapter in `Cases` gives exactly what the text file beside it says; `UPDATE_GOLDENS=1`
/// rewrites the texts.
@Suite struct `Chapters of all kinds` {
  static let folder = String(#filePath.dropLast("CaseTests.swift".count)) + "Cases"
  static let names = FileSystem.names(in: folder).filter { $0.hasSuffix(".md") }
    .map { String($0.dropLast(3)) }

  @Test(arguments: names) func `give what is written down`(_ name: String) async throws {
    let bytes = try FileSystem.read("\(Self.folder)/\(name).md")
    let (chapter, parsing) = ChapterParser().parse(bytes: bytes, path: "chapters/\(name).md")
    #expect(!parsing.hasErrors, "\(DiagnosticPrinter().text(for: parsing))")
    let got = await report(try #require(chapter))
    Golden.expect(got, at: "\(Self.folder)/\(name).txt")
  }

  private func report(_ chapter: Chapter) async -> String {
    do {
      let run = try await runner().rerun(chapter)
      if run.unfinished != nil { throw DiagnosticError(run.diagnostics) }
      var text = ""
      for (index, cell) in run.result.cells.enumerated() {
        text += "cell \(index + 1)\n"
        for output in cell.outputs { text += "\(output)\n" }
        if let failure = cell.expectedFailure { text += "failure: \(failure)\n" }
      }
      for value in run.result.inlineValues { text += "inline: \(value)\n" }
      return text + DiagnosticPrinter().text(for: run.diagnostics)
    } catch let error as DiagnosticError {
      return DiagnosticPrinter().text(for: error.diagnostics)
    } catch {
      return "\(error)"
    }
  }
}
