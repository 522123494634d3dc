import BookModel
import ChapterParsing
import Foundation
import Fuzz
import Testing

struct ChapterFuzzTests {
  @Test func `no variant of a chapter is misread`() throws {
    #expect(FuzzRun.firstMistake(seeds: try ChapterSeeds.texts(), in: mistake(inChapter:)) == nil)
  }

  @Test func `no variant of a front matter is misread`() throws {
    let seeds = [
      "title: A\ndate: 2026-11-21\nid: a\ndescription: >\n  folded\n  text\ndraft: false\n",
      "title: 'it''s \"quoted\" \\ text' # note\ndescription: |\n  kept\n\n  lines\n",
      "title: \"tab\\tand \\u00e9\"\ndraft: yes\ndate: 2026-02-30\n",
    ]
    let found = FuzzRun.firstMistake(seeds: seeds.map { Array($0.utf8) }) { text in
      mistake(inChapter: Array("---\n".utf8) + text + Array("\n---\n\n# T `{swift} 1`\n".utf8))
    }
    #expect(found == nil)
  }

  @Test func `no variant of a cell's options is misread`() throws {
    let seeds = [
      "swift id=fig-a caption=\"A \\\"net\\\"\" alt=\"two layers\" fold timeout=60 tol=1e-4",
      "swift live predict=\"How many?\" hide-code", "swift fail expect=\"cannot\" reset",
      "swift crash expect=\"Index out of range\" timeout=2", "swift no-run hidden",
      "swift asis hide-output //| caption: A: \"b\"",
    ]
    let found = FuzzRun.firstMistake(seeds: seeds.map { Array($0.utf8) }) { text in
      let words = text.filter { $0 != 0x0A && $0 != 0x0D }
      let fence =
        "# T\n\n```".utf8 + words + "\n//| ".utf8 + words + "\n1\n```\n\nEnd `{swift} 1`\n".utf8
      return mistake(inChapter: Array(fence))
    }
    #expect(found == nil)
  }

  @Test func `no variant of a book's settings is misread`() throws {
    let found = FuzzRun.firstMistake(seeds: try ChapterSeeds.texts()) { text in
      mistake(in: BookSettingsParser().parse(bytes: text, path: "book.yml").1, text)
    }
    #expect(found == nil)
  }

  private func mistake(inChapter text: [UInt8]) -> String? {
    let (chapter, diagnostics) = ChapterParser().parse(bytes: text, path: "a.md")
    return mistake(in: diagnostics, text) ?? chapter.flatMap { mistake(in: $0, text) }
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
      if diagnostic.id == .notUTF8 { continue }
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
