import BookModel
import ChapterParsing
import Foundation
import Fuzz
import Testing

/// `FUZZ_COUNT=100000 FUZZ_SEED=7 swift test --filter FuzzTests` looks longer and elsewhere.
struct ChapterFuzzTests {
  @Test func `no variant of a chapter is misread`() throws {
    try fuzz { text in
      let (chapter, diagnostics) = ChapterParser().parse(bytes: text, path: "a.md")
      return mistake(in: diagnostics, text) ?? chapter.flatMap { mistake(in: $0, text) }
    }
  }

  @Test func `no variant of a book's settings is misread`() throws {
    try fuzz { text in
      mistake(in: BookSettingsParser().parse(bytes: text, path: "book.yml").1, text)
    }
  }

  private func fuzz(_ mistake: ([UInt8]) -> String?) throws {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["FUZZ_COUNT"].flatMap { Int($0) } ?? 400
    let seed = environment["FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
    var mutator = Mutator(
      seeds: try ChapterSeeds.texts(), tokens: ChapterSeeds.tokens, seed: seed)
    for _ in 0..<count {
      let text = mutator.next()
      guard mistake(text) != nil else { continue }
      let short = shrunk(text) { mistake($0) != nil }
      Issue.record(
        "\(mistake(short)!) in \(String(decoding: short, as: UTF8.self).debugDescription)")
      return
    }
  }

  private func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
    var bytes = text.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(text.dropFirst(3)) : text
    bytes = Array(
      String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: "\r\n", with: "\n")
        .replacingOccurrences(of: "\r", with: "\n").utf8)
    return bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
  }

  private func mistake(in diagnostics: [Diagnostic], _ text: [UInt8]) -> String? {
    let lines = lines(of: text)
    for diagnostic in diagnostics {
      _ = DiagnosticPrinter().text(for: diagnostic)
      guard let range = diagnostic.range else { return "\(diagnostic.id) has no place" }
      guard range.start.line >= 1, range.start.line <= lines.count, range.start.column >= 1,
        range.start <= range.end
      else { return "\(diagnostic.id) is at \(range)" }
      if diagnostic.id == "not-utf-8" { continue }
      guard range.start.column <= lines[range.start.line - 1].count + 1 else {
        return "\(diagnostic.id) is beyond its line: \(range)"
      }
    }
    return nil
  }

  private func mistake(in chapter: Chapter, _ text: [UInt8]) -> String? {
    let lines = lines(of: text)
    for (i, cell) in chapter.cells.enumerated() {
      if cell.id.index != i { return "cell \(i) has number \(cell.id.index)" }
      let code = cell.code.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      if code.count != cell.lines.count { return "cell \(i) has lines of no place" }
      for (line, place) in zip(code, cell.lines) {
        guard place.line <= lines.count, place.column >= 1,
          lines[place.line - 1].dropFirst(place.column - 1).elementsEqual(line.utf8)
        else { return "cell line '\(line)' is not at \(place)" }
      }
    }
    for value in chapter.inlineValues {
      let line = lines[value.range.start.line - 1].dropFirst(value.range.start.column - 1)
      guard line.first == UInt8(ascii: "`") else {
        return "inline value '\(value.expression)' is not at \(value.range)"
      }
      let expression = lines[value.expressionRange.start.line - 1]
        .dropFirst(value.expressionRange.start.column - 1)
      let first = value.expression.utf8.prefix { $0 != 0x20 }
      if value.range.start.line == value.range.end.line, !expression.starts(with: first) {
        return "expression '\(value.expression)' is not at \(value.expressionRange)"
      }
    }
    if Set(chapter.headings.map(\.anchor)).count != chapter.headings.count {
      return "two headings share an anchor"
    }
    return nil
  }
}
