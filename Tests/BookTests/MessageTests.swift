import BookModel
import Foundation
import Support
import Testing

/// Messages are a product: each has a name, an explanation, a place in `docs/messages.md`, and a test
/// that holds its sentence.
@Suite struct MessageTests {
  @Test(arguments: DiagnosticID.allCases)
  func everyMessageIsExplainedOnce(_ id: DiagnosticID) {
    let groups = MessageGroup.all.filter { $0.explanation(of: id) != nil }
    #expect(
      groups.count == 1,
      """
      '\(id)' has \(groups.count) explanations; write one row 'case .…' for it in one of \
      Sources/BookModel/Messages/MessageGroup+*.swift
      """)
    guard let explanation = id.explanation else { return }
    #expect(!explanation.sentences.isEmpty && explanation.advice.hasSuffix("."))
    for sentence in explanation.sentences { #expect(!sentence.hasSuffix("."), "\(id)") }
  }

  @Test func theListOfMessagesIsUpToDate() {
    Golden.expect(MessageIndex.markdown, at: Repository.root.appending(path: "docs/messages.md"))
  }

  @Test func everyNameStandsInATest() throws {
    let corpus = try TestTexts()
    for id in DiagnosticID.allCases {
      #expect(
        corpus.names(id),
        """
        no test names '\(id)'; add a tiny book, a case or an expectation that shows the message \
        (CONTRIBUTING.md, Messages)
        """)
    }
  }

  /// Sentences that no test shows, of messages that have another one that a test shows.
  private static let unshown: Set<String> = [
    // It wants sources of the engine that nobody may read.
    "the engine's source '…' cannot be read: …",
    // It wants all the memory that a cell may have; the attacks do that, and look at its name.
    "the cell and the processes it started used more than … MiB of memory together, which is the limit",
  ]

  @Test func everySentenceStandsInATest() throws {
    let corpus = try TestTexts()
    for id in DiagnosticID.allCases {
      for sentence in id.explanation?.sentences ?? [] {
        let isShown = corpus.show(sentence)
        if Self.unshown.contains(sentence) {
          #expect(!isShown, "a test shows \"\(sentence)\" now; take it off the list of the unshown")
        } else {
          #expect(
            isShown,
            """
            no test shows "\(sentence)" [\(id)]; add a tiny book, a case or an expectation \
            (CONTRIBUTING.md, Messages), or mend the sentence in its MessageGroup
            """)
        }
      }
    }
  }

  /// The engine's messages are plain text, since it knows nothing of the builder: what stands in
  /// brackets at their ends must be names all the same.
  @Test func theEngineUsesKnownNames() throws {
    var used: Set<String> = []
    for folder in ["Sources/NeuralNet", "Sources/Notebook"] {
      for path in Repository.files(below: folder, endings: [".swift"]) {
        for name in Self.bracketed(in: try Repository.text(of: path)) {
          used.insert(name)
          let id = DiagnosticID(rawValue: name)
          #expect(
            id.map { MessageGroup.engine.explanation(of: $0) } ?? nil != nil,
            """
            \(path): '[\(name)]' has no explanation; add a case to DiagnosticID.swift and a row to \
            MessageGroup+Engine.swift, both in Sources/BookModel/Messages
            """)
        }
      }
    }
    for id in DiagnosticID.allCases where MessageGroup.engine.explanation(of: id) != nil {
      #expect(used.contains(id.rawValue), "the engine has no message '\(id)' any more")
    }
  }

  /// A case that nothing uses is a message that nobody can get.
  @Test func everyMessageOfTheBuilderIsUsed() throws {
    let modules = [
      "BookModel", "ChapterParsing", "EngineBuilding", "CellRunning", "SharedStores",
      "PageRendering",
      "BookBuilding",
      "BookEditing",
      "nnbook",
    ]
    var words: Set<[UInt8]> = []
    for module in modules {
      for path in Repository.files(below: "Sources/" + module, endings: [".swift"])
      where !path.hasPrefix("Sources/BookModel/Messages/") {
        let text = Array(try Repository.text(of: path).utf8)
        for word in text.split(whereSeparator: { !Self.isPartOfName($0) }) {
          words.insert(word.map { $0 | 0x20 })
        }
      }
    }
    for id in DiagnosticID.allCases where MessageGroup.engine.explanation(of: id) == nil {
      let name = id.rawValue.utf8.filter { $0 != UInt8(ascii: "-") }
      #expect(words.contains(name), "no source uses the message '\(id)'")
    }
  }

  private static func isPartOfName(_ byte: UInt8) -> Bool {
    switch byte | 0x20 {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte & 0x20 != 0
    default: false
    }
  }

  /// Words between square brackets at the ends of literals.
  private static func bracketed(in text: String) -> Set<String> {
    let bytes = Array(text.utf8)
    var words: Set<String> = []
    for open in bytes.indices where bytes[open] == UInt8(ascii: "[") {
      let word = bytes[(open + 1)...].prefix { byte in
        byte == UInt8(ascii: "-") || byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
      }
      let rest = bytes[word.endIndex...]
      guard !word.isEmpty, rest.first == UInt8(ascii: "]") else { continue }
      let after = rest.dropFirst()
      let next = after.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
      let isAtEnd =
        after.first == UInt8(ascii: "\"")
        || after.first == UInt8(ascii: "\n") && next.starts(with: "\"\"\"".utf8)
      if isAtEnd { words.insert(String(decoding: word, as: UTF8.self)) }
    }
    return words
  }
}

/// Everything that tests compare messages with.
private struct TestTexts: CustomStringConvertible {
  /// They end with a zero.
  private var bytes: [UInt8] = []

  var description: String { "the tests' texts" }

  init() throws {
    for path in Repository.files(
      below: "Tests", endings: [".swift", ".txt", ".md", ".json", ".py", "/run"])
    where !path.hasSuffix("BookTests/MessageTests.swift") {
      let file = Array(try Repository.text(of: path).utf8)
      bytes += path.hasSuffix(".swift") ? Self.joined(file) : file
      bytes.append(UInt8(ascii: "\n"))
    }
    for index in bytes.indices where bytes[index] == 0 { bytes[index] = UInt8(ascii: " ") }
    bytes.append(0)
  }

  /// Sentences that are written over several lines of a literal, in one line.
  private static func joined(_ swift: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(swift.count)
    let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A }
    var place = 0
    while place < swift.count {
      let blanks = swift[(place + 1)...].prefix(while: isBlank)
      if swift[place] == quote, blanks.contains(0x0A),
        swift[blanks.endIndex...].starts(with: "+ \"".utf8)
      {
        place = blanks.endIndex + 3
      } else if swift[place] == backslash, blanks.first == 0x0A {
        place = blanks.endIndex
      } else if swift[place] == backslash, place + 1 < swift.count, swift[place + 1] == quote {
        place += 1
      } else if swift[place] == backslash, place + 1 < swift.count, swift[place + 1] == backslash {
        result.append(backslash)
        place += 2
      } else {
        result.append(swift[place])
        place += 1
      }
    }
    return result
  }

  /// Whether a test has the name in brackets, or compares with it.
  func names(_ id: DiagnosticID) -> Bool {
    place(of: "[\(id)]", from: 0) != nil || place(of: "\"\(id)\"", from: 0) != nil
  }

  /// Whether a line of a test has the words of the sentence in their order, with anything where it
  /// has `…`.
  func show(_ sentence: String) -> Bool {
    let parts = sentence.split(separator: "…").map(String.init)
    guard let longest = parts.max(by: { $0.utf8.count < $1.utf8.count }) else { return false }
    var start = 0
    while let found = place(of: longest, from: start) {
      let newline = UInt8(ascii: "\n")
      let lineStart = bytes[..<found].lastIndex(of: newline).map { $0 + 1 } ?? 0
      let lineEnd = bytes[found...].firstIndex(of: newline) ?? bytes.endIndex
      var rest = lineStart
      if parts.allSatisfy({ part in
        guard let place = place(of: part, from: rest) else { return false }
        rest = place + part.utf8.count
        return rest <= lineEnd
      }) {
        return true
      }
      start = found + 1
    }
    return false
  }

  private func place(of text: String, from start: Int) -> Int? {
    bytes.withUnsafeBytes { all in
      guard let base = all.baseAddress?.assumingMemoryBound(to: CChar.self) else { return nil }
      return strstr(base + start, text).map { UnsafePointer($0) - base }
    }
  }
}
