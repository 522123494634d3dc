import Testing

@testable import BookBuilding

@Suite struct ChapterDraftTests {
  static let text = "---\ntitle: A\n---\n\nText.\n\n```swift\nlet a = 1\na\n```\n\nEnd.\n"

  static func edit(_ first: Int, _ count: Int, _ lines: String...) -> ChapterDraft.Edit {
    ChapterDraft.Edit(first: first, count: count, lines: lines)
  }

  static func draft(_ text: String, _ edits: ChapterDraft.Edit...) throws -> ChapterDraft {
    var draft = ChapterDraft(of: Array(text.utf8))
    try draft.apply(edits)
    return draft
  }

  static func string(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test(arguments: ["\n", "\r\n", "\r"], ["", "\u{FEFF}"])
  func onlyTheLinesOfTheEditChange(_ end: String, _ mark: String) throws {
    for tail in ["", "\n"] {
      let lines = Self.text.dropLast() + tail
      let file = mark + lines.replacing("\n", with: end)
      let draft = try Self.draft(file, Self.edit(8, 1, "let a = 2", "let b = 3"))
      #expect(
        Self.string(draft.text)
          == mark
          + lines.replacing("let a = 1", with: "let a = 2\nlet b = 3").replacing("\n", with: end))
      #expect(draft.saving(nil).file.bytes == draft.text)
      #expect(Self.string(draft.file.bytes) == file)
    }
  }

  @Test func aFileWithoutALastLineEndKeepsNone() throws {
    #expect(Self.string(try Self.draft("a\nb", Self.edit(2, 1, "c", "d")).text) == "a\nc\nd")
    #expect(Self.string(try Self.draft("a\nb", Self.edit(3, 0, "c")).text) == "a\nb\nc")
    #expect(Self.string(try Self.draft("a\r\nb", Self.edit(3, 0, "c")).text) == "a\r\nb\r\nc")
    #expect(Self.string(try Self.draft("a\nb", Self.edit(2, 1)).text) == "a\n")
    #expect(Self.string(try Self.draft("", Self.edit(1, 0, "c")).text) == "c\n")
  }

  @Test func oneOfSeveralChangesIsSaved() throws {
    let draft = try Self.draft(
      Self.text, Self.edit(5, 1, "Prose."), Self.edit(9, 1, "a + 1"), Self.edit(12, 1, "The end."))
    let saved = draft.saving(7..<9)
    #expect(Self.string(saved.file.bytes) == Self.text.replacing("\na\n", with: "\na + 1\n"))
    #expect(saved.text == draft.text)
    #expect(saved.changes.count == 2)
    #expect(saved.saved(4..<5) == ["Text."])
    #expect(saved.saved(7..<9) == nil)
    #expect(saved.saving(nil).file.bytes == draft.text)
    #expect(!saved.saving(nil).isChanged)
  }

  @Test func whatIsChangedBackIsNoChange() throws {
    var draft = try Self.draft(Self.text, Self.edit(8, 1, "let a = 2"))
    #expect(draft.saved(7..<9) == ["let a = 1", "a"])
    try draft.apply([Self.edit(8, 1, "let a = 1")])
    #expect(!draft.isChanged)
    #expect(draft == ChapterDraft(of: Array(Self.text.utf8)))
  }

  @Test func linesThatThereAreNotAreRefused() {
    for edits in [
      [Self.edit(0, 0)], [Self.edit(14, 0)], [Self.edit(13, 1)], [Self.edit(1, -1)],
      [Self.edit(1, .max)], [Self.edit(.max, 1)], [Self.edit(2, 3), Self.edit(4, 1)],
    ] {
      var draft = ChapterDraft(of: Array(Self.text.utf8))
      #expect(throws: ChapterDraft.Refusal.noSuchLines) { try draft.apply(edits) }
      #expect(!draft.isChanged)
    }
    for line in ["a\nb", "a\r", "\0"] {
      var draft = ChapterDraft(of: Array(Self.text.utf8))
      #expect(throws: ChapterDraft.Refusal.noLine) { try draft.apply([Self.edit(1, 0, line)]) }
    }
  }

  @Test func changesGoOnTopOfAnotherText() throws {
    let draft = try Self.draft(Self.text, Self.edit(8, 1, "let a = 2"))
    let other = Self.text.replacing("End.", with: "Other end.")
    let merged = draft.onTop(of: Array(other.utf8))
    #expect(merged.text == draft.text)
    #expect(Self.string(merged.file.bytes) == other)
    #expect(
      Self.string(merged.saving(7..<9).file.bytes)
        == other.replacing("let a = 1", with: "let a = 2"))
  }

  /// Whatever is changed in whatever order: what is saved is the draft, what is not saved is the file,
  /// and a piece that is saved leaves all that it does not touch.
  @Test func anyEditsKeepTheLaws() throws {
    var random = SplitMix(state: 7)
    for _ in 0..<400 {
      let ends = ["\n", "\r\n"]
      let count = Int.random(in: 0...9, using: &random)
      var text = (0..<count).map { "\($0 % 3)" + ends.randomElement(using: &random)! }.joined()
      if Bool.random(using: &random) { text += "last" }
      let file = Array(text.utf8)
      var draft = ChapterDraft(of: file)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let first = Int.random(in: 1...draft.lineCount + 1, using: &random)
        let old = Int.random(in: 0...draft.lineCount + 1 - first, using: &random)
        let lines = (0..<Int.random(in: 0...2, using: &random)).map { _ in
          "\(Int.random(in: 0...3, using: &random))"
        }
        var expected = draft.texts(0..<draft.lineCount)
        expected.replaceSubrange(first - 1..<first - 1 + old, with: lines)
        try draft.apply([ChapterDraft.Edit(first: first, count: old, lines: lines)])
        #expect(draft.texts(0..<draft.lineCount) == expected)
        #expect(draft.file.bytes == file)
        if Bool.random(using: &random) {
          let start = Int.random(in: 0...draft.lineCount, using: &random)
          let range = start..<Int.random(in: start...draft.lineCount, using: &random)
          let untouched = draft.changes.filter { !$0.touches(range) }
          let saved = draft.saving(range)
          #expect(saved.text == draft.text)
          #expect(saved.changes.count <= untouched.count)
          #expect(saved.saved(range) == nil)
          #expect(saved.saving(nil).file.bytes == draft.text)
        }
      }
      #expect(draft.saving(nil).file.bytes == draft.text)
      #expect(draft.onTop(of: file).text == draft.text)
      var back = draft
      try back.apply([
        ChapterDraft.Edit(
          first: 1, count: back.lineCount,
          lines: ChapterDraft(of: file).texts(0..<draft.file.lines.count))
      ])
      #expect(back.texts(0..<back.lineCount) == draft.file.lines.map(\.lineText))
    }
  }
}

private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
