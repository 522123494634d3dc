import BookModel
import ChapterParsing
import Foundation
import Testing

@testable import BookEditing

/// The tolerant reading of lines agrees with the parser wherever that understands the text.
@Suite struct ScanTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  static var chapters: [String] {
    let manager = FileManager.default
    var paths = (try? manager.contentsOfDirectory(atPath: root + "/chapters")) ?? []
    paths = paths.filter { $0.hasSuffix(".md") }.map { root + "/chapters/" + $0 }
    let books = root + "/Tests/Books"
    for case let file as String in manager.enumerator(atPath: books) ?? .init()
    where file.hasSuffix(".md") {
      paths.append(books + "/" + file)
    }
    return paths.sorted()
  }

  @Test func findsTheCellsOfTheParser() throws {
    #expect(Self.chapters.count > 20)
    for path in Self.chapters {
      guard let data = FileManager.default.contents(atPath: path) else { continue }
      let (chapter, problems) = ChapterParser().parse(bytes: Array(data), path: path)
      // What the parser refuses, this one may read as it likes.
      guard let chapter, !problems.hasErrors else { continue }
      let text = EditedText(bytes: Array(data))
      let scan = ChapterScan(text)
      #expect(
        scan.cells.map { $0.fenceLine + 1 } == chapter.cells.map(\.range.start.line),
        "cells of \(path)")
      for (scanned, cell) in zip(scan.cells, chapter.cells) where !cell.lines.isEmpty {
        #expect(scanned.isClosed, "cell at \(path):\(scanned.fenceLine + 1)")
        #expect(
          scanned.codeLines.upperBound >= cell.lines.last!.line,
          "last line of \(path):\(scanned.fenceLine + 1)")
      }
      let values = chapter.inlineValues.filter { $0.rangeInText == nil }
      #expect(
        scan.inlines.map { SourcePosition(line: $0.line + 1, column: $0.expression.lowerBound + 1) }
          == values.map(\.expressionRange.start), "inline values of \(path)")
    }
  }

  /// Every character that the Swift server sees stands where it stands in the chapter.
  @Test func cellDocumentsKeepPlaces() throws {
    var random = SplitMix(state: 7)
    for path in Self.chapters {
      guard let data = FileManager.default.contents(atPath: path) else { continue }
      var text = EditedText(bytes: Array(data))
      for round in 0..<4 {
        if round > 0 { mutate(&text, &random) }
        check(text, path)
      }
    }
  }

  private func check(_ text: EditedText, _ path: String) {
    for document in CellDocument.all(of: ChapterScan(text)) {
      let lines = document.text(of: text).split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count == max(2, text.lineCount) + 1, "lines of \(path)")
      for (number, line) in lines.enumerated() where document.holds(number) {
        let own = Array(text.text(ofLine: number).utf16)
        let isInline = line.contains("_ = ")
        for (column, unit) in line.utf16.enumerated() where unit != 0x20 {
          if column < own.count, own[column] == unit { continue }
          // What stands around an inline value replaces its marks.
          let allowed = isInline ? Array("_=;".utf16) : []
          if number == 0 || allowed.contains(unit) { continue }
          Issue.record("\(path):\(number + 1):\(column + 1) holds another character")
          return
        }
      }
    }
  }

  /// Half typed: pieces cut out, doubled, put elsewhere.
  private func mutate(_ text: inout EditedText, _ random: inout SplitMix) {
    for _ in 0..<5 {
      let line = Int.random(in: 0..<text.lineCount, using: &random)
      let position = EditorPosition(line: line, character: Int.random(in: 0...40, using: &random))
      let end = EditorPosition(
        line: min(text.lineCount - 1, line + Int.random(in: 0...2, using: &random)),
        character: Int.random(in: 0...40, using: &random))
      let pieces = ["", "```swift\n", "`{swift} x", "> ", "\n", "```", "😀", "let a = 1\n", "---\n"]
      text.replace(EditorRange(position, end), with: pieces.randomElement(using: &random)!)
    }
  }

  @Test func changesOfLinesGiveTheNewText() {
    var random = SplitMix(state: 3)
    let letters = ["a", "b", "\n", "é", "😀", ""]
    for _ in 0..<500 {
      let old = (0..<12).map { _ in letters.randomElement(using: &random)! }.joined()
      var characters = Array(old)
      for _ in 0..<3 where !characters.isEmpty {
        characters[Int.random(in: 0..<characters.count, using: &random)] = Character(
          ["x", "\n", "y"].randomElement(using: &random)!)
      }
      if Bool.random(using: &random) { characters.append("\n") }
      let new = String(characters)
      guard let change = LineChange(from: old, to: new) else {
        #expect(old == new)
        continue
      }
      var text = EditedText(old)
      text.replace(change.range, with: change.text)
      #expect(text.string == new, "\(old.debugDescription) → \(new.debugDescription)")
    }
  }
}

struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
