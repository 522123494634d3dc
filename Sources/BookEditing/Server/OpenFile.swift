import BookBuilding
import BookModel

/// A file that is open in the editor.
struct OpenFile: Sendable {
  enum Kind: Sendable { case chapter, settings }

  /// The address that the editor gave it.
  var address: String
  /// As the author would type it, relative to where the server runs.
  var path: String
  var kind: Kind
  /// As the editor counts; a file that is closed and opened again may count anew.
  var version: Int
  /// Of all texts that the server ever held, this one alone has the number.
  var revision = 0
  var text: EditedText { didSet { parts = nil } }

  /// What the parser made of the newest text that it read.
  var parsed: ParsedText?
  /// Of the book's index, about this file.
  var bookProblems: [Diagnostic] = []
  /// Of the text that `bookProblems` has the places of.
  var bookRevision: Int?
  /// Of the last run of the cells; places move with the text.
  var built: [Diagnostic] = []
  /// What the cells gave when they last ran.
  var known: KnownResults?
  /// That compiling and running the whole chapter took, when it last ran.
  var runSeconds: Double?
  /// What the Swift server says, by the address of its document.
  var swift: [String: [SwiftRemark]] = [:]

  private var parts: Parts?
  /// What cells show of files, by the cell's own text.
  private var included: [String: Inclusion?] = [:]

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

  /// For those who only read; made anew where the text was not looked at since it changed.
  var scanned: ChapterScan { parts?.scan ?? ChapterScan(text) }

  mutating func documents() -> [CellDocument] { made().documents }

  private mutating func made() -> Parts {
    if let parts { return parts }
    let scan = ChapterScan(text)
    var documents: [CellDocument] = []
    if kind == .chapter {
      let shown = scan.cells.compactMap { $0.shownLines(in: text, ofChapter: path, &included) }
      documents = CellDocument.all(of: scan, shown: shown)
    }
    let made = Parts(scan: scan, documents: documents)
    parts = made
    return made
  }

  /// Files that cells show may have changed.
  mutating func forgetIncluded() {
    guard !included.isEmpty else { return }
    included = [:]
    parts = nil
  }

  /// Folder of the book.
  var folder: String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  var name: String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// Whether a document that the Swift server sees is of this file.
  func owns(_ document: String) -> Bool {
    document == address || document.hasPrefix(address + "-") && document.hasSuffix(".swift")
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
