import BookModel
import ChapterParsing

/// A file that is open in the editor.
struct OpenFile: Sendable {
  enum Kind: Sendable { case chapter, settings }

  /// The address that the editor gave it.
  var address: String
  /// As the author would type it, relative to where the server runs.
  var path: String
  var kind: Kind
  var version: Int
  var text: EditedText { didSet { parts = nil } }

  /// What the parser made of the text, once it did.
  var chapter: Chapter?
  /// Version of the text that `chapter` and `problems` are of.
  var parsedVersion: Int?
  var problems: [Diagnostic] = []
  /// Of the last run of the cells; places move with the text.
  var built: [Diagnostic] = []
  var result: ChapterResult?
  var runSeconds: Double?
  /// What the Swift server says, by the address of its document.
  var swift: [String: [SwiftRemark]] = [:]

  private var parts: Parts?

  private struct Parts: Sendable {
    var scan: ChapterScan
    var documents: [CellDocument]
  }

  init(address: String, path: String, kind: Kind, version: Int, text: EditedText) {
    self.address = address
    self.path = path
    self.kind = kind
    self.version = version
    self.text = text
  }

  mutating func scan() -> ChapterScan { made().scan }

  mutating func documents() -> [CellDocument] { made().documents }

  private mutating func made() -> Parts {
    if let parts { return parts }
    let scan = ChapterScan(text)
    let made = Parts(
      scan: scan, documents: kind == .chapter ? CellDocument.all(of: text, scan) : [])
    parts = made
    return made
  }

  /// Folder of the book.
  var folder: String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  var name: String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// The address of a document that the Swift server sees; the chapter's own for its first scope.
  func address(of document: CellDocument) -> String {
    switch document.kind {
    case .scope(0): address
    case .scope(let number): address + "-scope-\(number).swift"
    case .failing(let line): address + "-fail-\(line).swift"
    }
  }
}

/// A diagnostic of the Swift server.
struct SwiftRemark: Hashable, Sendable {
  var range: EditorRange
  var severity: Int
  var message: String
  var related: [JSON]
}
