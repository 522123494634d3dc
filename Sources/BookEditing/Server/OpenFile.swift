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
  private(set) var text: EditedText

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
  /// Those of an earlier text, and what was edited since.
  private var earlier: (parts: Parts, changed: LineSpan)?
  /// What cells show of files, by the cell's own text.
  private var included: [String: Inclusion?] = [:]

  private struct Parts: Sendable {
    var scan: ChapterScan
    var documents: [CellDocument]
    /// Of the documents, those with the text that they had before the last edits.
    var unchanged: Set<CellDocument.Kind> = []
  }

  init(address: String, path: String, kind: Kind, version: Int, text: EditedText) {
    self.address = address
    self.path = path
    self.kind = kind
    self.version = version
    self.text = text
  }

  /// Replaces a stretch of the text; all of it where `range` is nil.
  mutating func edit(_ range: EditorRange?, _ new: String) {
    let changed = text.replace(range, with: new)
    if let parts {
      earlier = (parts, changed)
    } else if let before = earlier {
      earlier = (before.parts, before.changed.followed(by: changed))
    }
    parts = nil
  }

  mutating func scan() -> ChapterScan { made().scan }

  /// For those who only read; made anew where the text was not looked at since it changed.
  var scanned: ChapterScan {
    var file = self
    return file.scan()
  }

  mutating func documents() -> [CellDocument] { made().documents }

  /// Documents, each with whether its text is what it was before the last edits.
  mutating func documentsSinceEdit() -> [(document: CellDocument, isUnchanged: Bool)] {
    let parts = made()
    return parts.documents.map { ($0, parts.unchanged.contains($0.kind)) }
  }

  private mutating func made() -> Parts {
    if let parts { return parts }
    let scan =
      earlier.map { ChapterScan(text, after: $0.parts.scan, changed: $0.changed) }
      ?? ChapterScan(text)
    var made = Parts(scan: scan, documents: [])
    if kind == .chapter {
      let shown = scan.cells.compactMap { $0.shownLines(in: text, ofChapter: path, &included) }
      made.documents = CellDocument.all(of: scan, shown: shown)
      if let (parts, changed) = earlier, changed.added == 0 {
        let lines = changed.first..<changed.newEnd
        for (document, before) in zip(made.documents, parts.documents)
        where document == before && !document.shows(anyOf: lines) {
          made.unchanged.insert(document.kind)
        }
      }
    }
    parts = made
    earlier = nil
    return made
  }

  /// Files that cells show may have changed.
  mutating func forgetIncluded() {
    guard !included.isEmpty else { return }
    included = [:]
    parts = nil
    earlier = nil
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
