import BookBuilding
import BookModel
import ChapterParsing

/// Lines of a file that a cell shows in the place of code of its own, as a document of the Swift server has
/// them: right below the line of the fence.
struct ShownLines: Sendable, Equatable {
  var fenceLine: Int
  /// Of the file, as the tool would open it.
  var path: String
  var texts: [String]
  /// In the file, from 0, and the blanks before that are left out here.
  var lines: [Int]
  var indent: Int
}

extension ChapterScan.Cell {
  /// - Parameter path: of the chapter.
  /// - Returns: nil for a cell that shows no file, or none that can be read.
  func shownLines(
    in text: EditedText, ofChapter path: String, _ known: inout [String: Inclusion?]
  ) -> ShownLines? {
    guard
      words.contains(where: { $0.hasPrefix("from=") })
        || codeLines.contains(where: { text.line($0).isFromOption })
    else { return nil }
    let words = String(
      decoding: text.line(fenceLine).dropFirst(info.lowerBound).prefix(info.count), as: UTF8.self)
    let own = codeLines.isEmpty ? "" : code(in: text) + "\n"
    let fence = "```swift\(words)\n\(own)```\n"
    if known[fence] == nil {
      known[fence] = .some(
        ChapterParser(files: .beside(chapter: path)).parse(bytes: Array(fence.utf8), path: path).0?
          .inclusions.first)
    }
    guard let found = known[fence], let inclusion = found else { return nil }
    return ShownLines(
      fenceLine: fenceLine, path: inclusion.path, texts: inclusion.texts.map(String.init),
      lines: inclusion.shown, indent: inclusion.indent)
  }
}

extension ArraySlice<UInt8> {
  fileprivate var isFromOption: Bool {
    let option = drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ">") }
    guard option.first == UInt8(ascii: "/"), option.starts(with: "//|".utf8) else { return false }
    return option.dropFirst(3).drop { $0 == 0x20 }.starts(with: "from:".utf8)
  }
}

/// Where the lines of a document of the Swift server stand.
struct DocumentLines: Sendable, Equatable {
  /// In the order of the chapter.
  var shown: [ShownLines]

  enum Origin: Equatable {
    case chapter(Int)
    case file(path: String, line: Int, indent: Int)
  }

  func document(_ line: Int) -> Int {
    shown.reduce(line) { $1.fenceLine < line ? $0 + $1.texts.count : $0 }
  }

  func origin(of line: Int) -> Origin {
    var before = 0
    for part in shown {
      let index = line - before - part.fenceLine - 1
      if index < 0 { break }
      if index < part.texts.count {
        return .file(path: part.path, line: part.lines[index], indent: part.indent)
      }
      before += part.texts.count
    }
    return .chapter(line - before)
  }

  // MARK: What is asked and answered

  /// A question about a place or range of the chapter, as one about the document.
  func asked(_ json: JSON) -> JSON {
    guard !shown.isEmpty, case .object(var members) = json else { return json }
    if let place = EditorPosition(members["position"]) {
      members["position"] =
        EditorPosition(
          line: document(place.line), character: place.character
        ).json
    }
    if let range = EditorRange(members["range"]) {
      members["range"] =
        EditorRange(
          EditorPosition(line: document(range.start.line), character: range.start.character),
          EditorPosition(line: document(range.end.line), character: range.end.character)
        ).json
    }
    return .object(members)
  }

  /// An answer about the document, as one about the chapter and the files that it shows.
  ///
  /// - Returns: nil for what says something of a file's lines that only the chapter is asked about.
  func answered(_ json: JSON, _ document: String, address: (String) -> String) -> JSON? {
    if shown.isEmpty { return json }
    switch json {
    case .array(let list):
      return .array(list.compactMap { answered($0, document, address: address) })
    case .object(let members):
      return answered(members, document, address)
    default: return json
    }
  }

  private func answered(
    _ members: [String: JSON], _ document: String, _ address: (String) -> String
  ) -> JSON? {
    for key in ["uri", "targetUri"] {
      guard let named = members[key]?.text else { continue }
      guard named == document else { return .object(members) }
      return location(members, key, address)
    }
    if let place = EditorPosition(.object(members)) {
      guard case .chapter(let line) = origin(of: place.line) else { return nil }
      return EditorPosition(line: line, character: place.character).json
    }
    var result: [String: JSON] = [:]
    for (key, value) in members {
      guard let own = answered(value, document, address: address) else { return nil }
      result[key] = own
    }
    return .object(result)
  }

  /// A place in the document by its address: it may be one in a file.
  private func location(
    _ members: [String: JSON], _ key: String, _ address: (String) -> String
  ) -> JSON? {
    var result = members
    for (name, value) in members {
      guard let range = EditorRange(value) else { continue }
      switch (origin(of: range.start.line), origin(of: range.end.line)) {
      case (.chapter(let start), .chapter(let end)):
        result[name] =
          EditorRange(
            EditorPosition(line: start, character: range.start.character),
            EditorPosition(line: end, character: range.end.character)
          ).json
      case (.file(let path, let start, let indent), .file(let other, let end, _))
      where path == other:
        result[name] =
          EditorRange(
            EditorPosition(line: start, character: range.start.character + indent),
            EditorPosition(line: end, character: range.end.character + indent)
          ).json
        result[key] = .string(address(path))
      default: return nil
      }
    }
    return .object(result)
  }
}
