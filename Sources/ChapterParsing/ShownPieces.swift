import BookModel

/// What the fences of one chapter show of files: each file is read once, each piece found once,
/// however many fences show it.
struct ShownPieces {
  struct Refusal: Error {
    var id: DiagnosticID
    var summary: String

    init(_ id: DiagnosticID, _ summary: String) {
      self.id = id
      self.summary = summary
    }
  }

  private let files: IncludedFiles
  private var found: [String: Result<Inclusion.Piece, Refusal>] = [:]
  private var texts: [String: Result<Text, Refusal>] = [:]
  private lazy var names = files.names()
  /// So many are told; nobody reads what would have been the name in the others.
  private var hintsLeft = 100

  private struct Text {
    var lines: [String]
    var snippets: Snippets
  }

  init(_ files: IncludedFiles) { self.files = files }

  /// - Parameter from: a path, and after `#` the name of a snippet of the file.
  mutating func piece(_ from: String) -> Result<Inclusion.Piece, Refusal> {
    if let known = found[from] { return known }
    let piece: Result<Inclusion.Piece, Refusal>
    do throws(Refusal) { piece = .success(try look(from)) } catch { piece = .failure(error) }
    found[from] = piece
    return piece
  }

  /// `a/b` of `./a//b#c`.
  static func path(in from: String) -> String {
    let path = from.prefix { $0 != "#" }
    let parts = path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    return path.hasPrefix("/") ? "/" + parts : parts
  }

  private mutating func look(_ from: String) throws(Refusal) -> Inclusion.Piece {
    let name = Self.path(in: from)
    if Self.leaves(name) {
      throw Refusal(
        .includedFile,
        "file '\(name)' is outside of the book; a fence shows files of folder '\(files.folder)' and of "
          + "folders in it")
    }
    if name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
      throw Refusal(
        .includedFile,
        "file '\(name)' is hidden; a fence shows files whose names begin otherwise than with '.'")
    }
    let text = try text(of: name)
    var shown = 0..<text.lines.count
    if let mark = from.firstIndex(of: "#") {
      shown = try text.snippets.range(String(from[from.index(after: mark)...]), in: name)
    }
    return Inclusion.Piece(
      path: files.folder == "." ? name : files.folder + "/" + name, name: name, lines: text.lines,
      shown: shown.filter { !Snippets.isBoundary(text.lines[$0]) })
  }

  private static func leaves(_ name: String) -> Bool {
    name.isEmpty || name.hasPrefix("/") || name.hasPrefix("~") || name.contains("\\")
      || name.split(separator: "/").contains("..")
  }

  private mutating func text(of name: String) throws(Refusal) -> Text {
    if let known = texts[name] { return try known.get() }
    let text: Result<Text, Refusal>
    do throws(Refusal) { text = .success(try read(name)) } catch { text = .failure(error) }
    texts[name] = text
    return try text.get()
  }

  private mutating func read(_ name: String) throws(Refusal) -> Text {
    let bytes: [UInt8]
    do throws(IncludedFileError) {
      bytes = try files.read(name)
    } catch {
      if !error.isAbsence {
        throw Refusal(.includedFile, "file '\(name)' cannot be read: \(error.reason)")
      }
      throw Refusal(.includedFile, "no file '\(name)' in folder '\(files.folder)'\(hint(name))")
    }
    guard let text = SourceText.read(bytes, path: name).0 else {
      throw Refusal(.includedFile, "file '\(name)' is not UTF-8 text")
    }
    var lines = text.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return Text(lines: lines, snippets: Snippets(lines))
  }

  private mutating func hint(_ name: String) -> String {
    if hintsLeft == 0 { return "" }
    hintsLeft -= 1
    return nearest(to: name, in: names).map { "; did you mean '\($0)'?" } ?? ""
  }
}
