import BookBuilding
import BookModel
import Foundation
import Testing

/// What other programs read.
@Suite struct ReportTests {
  private func diagnostics(_ path: String) -> [Diagnostic] {
    [
      Diagnostic(
        .error, .unknownCellWord,
        at: SourceRange(
          file: path, start: SourcePosition(line: 2, column: 5),
          end: SourcePosition(line: 2, column: 8)), "word 'é: 50%' is none,\nso it is",
        notes: [
          .init("first here", range: SourceRange(file: path, line: 1)), .init("a loose note"),
        ]),
      Diagnostic(.note, .unusedID, "nothing of the book"),
    ]
  }

  @Test func githubCommandsEscapeWhatWouldEndThem() {
    let text = DiagnosticReport(diagnostics("chapters/a,b.md")).text(as: .github)
    #expect(
      text == """
        ::error file=chapters/a%2Cb.md,line=2,col=5,endColumn=8,title=unknown-cell-word::word 'é: 50%25' \
        is none,%0Aso it is%0Afirst here%0Aa loose note
        ::notice title=unused-id::nothing of the book

        """)
  }

  @Test func sarifCountsCharacters() throws {
    let folder = try TemporaryFolder()
    try folder.write("one\né😀xyz\n", to: "a.md")
    let text = DiagnosticReport(diagnostics(folder.file("a.md"))).text(as: .sarif)
    let log = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let result = try #require((run["results"] as? [[String: Any]])?.first)
    let location = try #require((result["locations"] as? [[String: Any]])?.first)
    let region = (location["physicalLocation"] as? [String: Any])?["region"] as? [String: Int]
    // Two bytes of é and two of the four of 😀 stand before byte 5.
    #expect(region?["startLine"] == 2)
    #expect(region?["endColumn"] == 4)
    #expect((result["relatedLocations"] as? [Any])?.count == 1)
    #expect(
      ((run["tool"] as? [String: Any])?["driver"] as? [String: Any])?["name"] as? String == "nnbook"
    )
  }

  @Test func jsonHoldsEverything() throws {
    struct Report: Decodable {
      struct Entry: Decodable {
        var severity, id, message: String
        var file: String?
        var line, column, endLine, endColumn: Int?
        var notes: [Note]
      }
      struct Note: Decodable {
        var message: String
        var file: String?
      }
      struct Counts: Decodable { var errors, warnings, notes: Int }
      var version: Int
      var diagnostics: [Entry]
      var counts: Counts
    }
    let text = DiagnosticReport(diagnostics("a.md")).text(as: .json)
    let report = try JSONDecoder().decode(Report.self, from: Data(text.utf8))
    #expect(report.version == 1)
    #expect(report.counts.errors == 1 && report.counts.warnings == 0 && report.counts.notes == 1)
    #expect(report.diagnostics.map(\.id) == ["unknown-cell-word", "unused-id"])
    #expect(report.diagnostics[0].endColumn == 8)
    #expect(report.diagnostics[0].notes.map(\.file) == ["a.md", nil])
    #expect(report.diagnostics[1].line == nil)
  }
}
