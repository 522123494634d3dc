import BookModel
import Foundation
import HostSystem

/// Diagnostics as a log of SARIF 2.1.0 (OASIS, 2020), which code hosts and editors read.
struct SARIFLog: Encodable {
  struct Run: Encodable {
    var tool: Tool
    var columnKind = "unicodeCodePoints"
    var results: [Result]
  }

  struct Tool: Encodable { var driver: Driver }

  struct Driver: Encodable {
    var name = "nnbook"
    var rules: [Rule]
  }

  struct Rule: Encodable { var id: String }

  struct Result: Encodable {
    var ruleId: String
    var ruleIndex: Int
    var level: String
    var message: Text
    var locations: [Location]
    var relatedLocations: [Location]?
  }

  struct Text: Encodable { var text: String }

  struct Location: Encodable {
    var id: Int?
    var message: Text?
    var physicalLocation: Place
  }

  struct Place: Encodable {
    var artifactLocation: Artifact
    var region: Region
  }

  struct Artifact: Encodable { var uri: String }

  struct Region: Encodable {
    var startLine: Int
    var startColumn: Int
    var endLine: Int
    var endColumn: Int
  }

  var version = "2.1.0"
  var schema = "https://json.schemastore.org/sarif-2.1.0.json"
  var runs: [Run]

  enum CodingKeys: String, CodingKey {
    case version, runs
    case schema = "$schema"
  }

  init(_ diagnostics: [Diagnostic]) {
    var texts = Texts()
    let ids = Set(diagnostics.map(\.id.rawValue)).sorted()
    let results = diagnostics.map { diagnostic in
      let loose = diagnostic.notes.filter { $0.range == nil }.map { "\n" + $0.summary }
      let related = diagnostic.notes.enumerated().compactMap { index, note in
        note.range.map { range in
          Location(
            id: index, message: Text(text: note.summary), physicalLocation: texts.place(range))
        }
      }
      return Result(
        ruleId: diagnostic.id.rawValue,
        ruleIndex: ids.firstIndex(of: diagnostic.id.rawValue) ?? 0,
        level: diagnostic.severity.rawValue,
        message: Text(text: diagnostic.summary + loose.joined()),
        locations: diagnostic.range.map { [Location(physicalLocation: texts.place($0))] } ?? [],
        relatedLocations: related.isEmpty ? nil : related)
    }
    runs = [Run(tool: Tool(driver: Driver(rules: ids.map { Rule(id: $0) })), results: results)]
  }

  /// The lines that diagnostics stand in: our columns count bytes, those of SARIF characters.
  private struct Texts {
    private var lines: [String: [[UInt8]]] = [:]

    mutating func place(_ range: SourceRange) -> Place {
      Place(
        artifactLocation: Artifact(
          uri: range.file.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
            ?? range.file),
        region: Region(
          startLine: range.start.line, startColumn: column(range.start, in: range.file),
          endLine: range.end.line, endColumn: column(range.end, in: range.file)))
    }

    private mutating func column(_ position: SourcePosition, in file: String) -> Int {
      if lines[file] == nil {
        lines[file] = ((try? FileSystem.read(file)) ?? [])
          .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
      }
      guard let known = lines[file], known.indices.contains(position.line - 1) else {
        return position.column
      }
      let before = known[position.line - 1].prefix(position.column - 1)
      return before.count { $0 & 0xC0 != 0x80 } + 1
    }
  }
}
