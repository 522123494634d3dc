import BookModel
import Foundation

/// Requests about cells, which the Swift server answers.
extension LanguageServer {
  /// Hands a request on, in the name of the document that holds the place.
  func pass(
    _ method: String, _ parameters: JSON, _ file: OpenFile, _ place: EditorPlace
  ) async throws -> JSON {
    guard case .swift(let document) = place.part else { return .null }
    return try await pass(method, parameters, file, document)
  }

  func pass(
    _ method: String, _ parameters: JSON, _ file: OpenFile, _ document: CellDocument
  ) async throws -> JSON {
    guard case .object(var members) = document.lines.asked(parameters) else { return .null }
    try await awaitSwift()
    // The Swift server has the newest text, and would answer about that.
    try checkIsUnchanged(file)
    let address = file.address(of: document)
    if swift.documents[address] == nil { swift.open(address, document.text(of: file.text)) }
    members["textDocument"] = ["uri": .string(address)]
    do {
      return told(try await askSwift(method, .object(members)), file, document)
    } catch let failure as Message.Failure
      where failure == .swiftServerEnded && method != "textDocument/completion"
    {
      // Its next life has the same texts. It was hardly this question that it died of; completions are
      // known to kill it, and are asked anew with the next letter anyway.
      try checkIsUnchanged(file)
      return told(try await askSwift(method, .object(members)), file, document)
    }
  }

  private func told(_ answer: JSON, _ file: OpenFile, _ document: CellDocument) -> JSON {
    (document.lines.answered(answer, file.address(of: document), address: address(ofPath:)) ?? .null)
      .readdressed(to: file.address)
  }

  func swiftCompletion(
    _ parameters: JSON, _ file: OpenFile, _ place: EditorPlace
  ) async throws -> JSON {
    let own = await dataCompletion(file, place)
    if !own.isEmpty { return ["isIncomplete": false, "items": .array(own)] }
    // A blank completes nothing in Swift: it is a trigger for the words of a fence.
    if parameters["context"]?["triggerCharacter"]?.text == " " { return .null }
    return try await pass("textDocument/completion", parameters, file, place)
  }

  /// Documents that see what stands at the place: its own, and those of failing cells below it.
  private func documents(seeing place: EditorPlace, _ file: OpenFile) -> [CellDocument] {
    guard case .swift(let own) = place.part else { return [] }
    var file = file
    let line = place.position.line
    guard case .scope = own.kind else { return [own] }
    return [own]
      + file.documents().filter { other in
        guard case .failing(let fence) = other.kind, fence > line else { return false }
        return other.shows(line)
      }
  }

  func highlights(_ file: OpenFile, _ place: EditorPlace) async throws -> [JSON] {
    var found: [JSON] = []
    for document in documents(seeing: place, file) {
      let answer = try await pass(
        "textDocument/documentHighlight", ["position": place.position.json], file, document)
      found += answer.list ?? []
    }
    var seen: Set<EditorRange> = []
    return found.filter { EditorRange($0["range"]).map { seen.insert($0).inserted } ?? false }
      .sorted { (EditorRange($0["range"])!.start) < (EditorRange($1["range"])!.start) }
  }

  func swiftReferences(_ file: OpenFile, _ place: EditorPlace) async throws -> JSON {
    .array(
      try await highlights(file, place).map {
        ["uri": .string(file.address), "range": $0["range"] ?? .null]
      })
  }

  /// The file of a path in quotes, or where Swift says that a name is declared.
  func swiftDefinition(
    _ parameters: JSON, _ file: OpenFile, _ place: EditorPlace
  ) async throws -> JSON {
    if let named = namedFile(file, place) {
      return location(named.start)
    }
    return try await pass("textDocument/definition", parameters, file, place)
  }

  /// Whether the name at a place is declared elsewhere, as those of the engine are.
  private func isForeign(_ file: OpenFile, _ place: EditorPlace) async throws -> Bool {
    let answer = try await pass(
      "textDocument/definition", ["position": place.position.json], file, place)
    return (answer.list ?? [answer]).contains { location in
      let address = location["uri"]?.text ?? location["targetUri"]?.text
      return address != nil && address != file.address
    }
  }

  func swiftPreparedRename(
    _ parameters: JSON, _ file: OpenFile, _ place: EditorPlace
  ) async throws -> JSON {
    if try await isForeign(file, place) { return .null }
    return try await pass("textDocument/prepareRename", parameters, file, place)
  }

  /// Renames across the cells of a chapter, never in its prose.
  func swiftRename(
    _ parameters: JSON, _ file: OpenFile, _ place: EditorPlace
  ) async throws -> JSON {
    // A name of the engine is not the chapter's to change.
    let foreign = Message.Failure(
      code: -32803, message: "this name is not declared in the chapter; it keeps its name")
    if try await isForeign(file, place) { throw foreign }
    var edits: [JSON] = []
    var seen: Set<EditorRange> = []
    for document in documents(seeing: place, file) {
      let answer = try await pass(
        "textDocument/rename",
        ["position": place.position.json, "newName": parameters["newName"] ?? ""], file, document)
      guard case .object(let changes) = answer["changes"] ?? .null else { continue }
      for (address, list) in changes {
        guard address == file.address else { throw foreign }
        edits += (list.list ?? []).filter { edit in
          EditorRange(edit["range"]).map { seen.insert($0).inserted } ?? false
        }
      }
    }
    return ["changes": [file.address: edits].json]
  }

  func inlayHints(of file: OpenFile, _ range: EditorRange?) async throws -> JSON {
    var file = file
    let range =
      range
      ?? EditorRange(
        EditorPosition(line: 0, character: 0),
        EditorPosition(line: file.text.lineCount, character: 0))
    var hints: [JSON] = []
    for document in file.documents() {
      guard case .scope = document.kind else { continue }
      hints +=
        try await pass("textDocument/inlayHint", ["range": range.json], file, document).list ?? []
    }
    return .array(hints)
  }

  /// Of all cells, in one list: each token's place is told from the one before it.
  func semanticTokens(of file: OpenFile) async throws -> JSON {
    var file = file
    struct Token {
      var line: Int
      var character: Int
      var rest: [Int]
    }
    var tokens: [Token] = []
    for document in file.documents() {
      guard case .scope = document.kind else { continue }
      let answer = try await pass("textDocument/semanticTokens/full", [:], file, document)
      let data = (answer["data"]?.list ?? []).compactMap(\.whole)
      var (line, character) = (0, 0)
      for start in stride(from: 0, to: data.count - data.count % 5, by: 5) {
        character = data[start] == 0 ? character + data[start + 1] : data[start + 1]
        line += data[start]
        // Not the imports, nor what closes a cell that stands in braces, nor lines of other files.
        guard case .chapter(let own) = document.lines.origin(of: line), document.holds(own) else {
          continue
        }
        guard let kind = ours(data[start + 3], swift.legend, Capabilities.tokenTypes) else {
          continue
        }
        tokens.append(
          Token(
            line: own, character: character,
            rest: [data[start + 2], kind, modifiers(data[start + 4])]))
      }
    }
    tokens.sort { ($0.line, $0.character) < ($1.line, $1.character) }
    var data: [JSON] = []
    var (line, character) = (0, 0)
    for token in tokens {
      let column = token.line == line ? token.character - character : token.character
      data += ([token.line - line, column] + token.rest).map(JSON.integer)
      (line, character) = (token.line, token.character)
    }
    return ["data": .array(data)]
  }

  private func ours(_ index: Int, _ theirs: [String], _ ours: [String]) -> Int? {
    guard theirs.indices.contains(index) else { return nil }
    return ours.firstIndex(of: theirs[index])
  }

  private func modifiers(_ bits: Int) -> Int {
    swift.modifiers.indices.reduce(0) { result, index in
      guard bits & (1 << index) != 0,
        let own = ours(index, swift.modifiers, Capabilities.tokenModifiers)
      else { return result }
      return result | 1 << own
    }
  }
}

extension JSON {
  /// Addresses of our own documents become the chapter's.
  func readdressed(to address: String) -> JSON {
    switch self {
    case .string(let text):
      return text.hasPrefix(address + "-") && text.hasSuffix(".swift") ? .string(address) : self
    case .array(let list): return .array(list.map { $0.readdressed(to: address) })
    case .object(let members):
      var result: [String: JSON] = [:]
      for (key, value) in members {
        let own = key.hasPrefix(address + "-") && key.hasSuffix(".swift")
        result[own ? address : key] = value.readdressed(to: address)
      }
      return .object(result)
    default: return self
    }
  }
}

extension [String: [JSON]] {
  var json: JSON { .object(mapValues(JSON.array)) }
}
