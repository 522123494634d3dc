import BookModel
import Foundation
import HostSystem
import PageRendering

/// The chapter that `nnbook import BOOK.ipynb` makes of a notebook: Markdown and Swift cells stay what
/// they are; code of other languages is shown and does not run. Outputs are left: the cells run anew.
package struct ImportedNotebook: Sendable {
  /// File name of the chapter.
  package private(set) var name = ""
  package private(set) var text = ""
  /// What was attached to cells, by file name.
  package private(set) var files: [(name: String, bytes: [UInt8])] = []
  /// What became of cells that are not what they were, each by its number.
  package private(set) var remarks: [Diagnostic] = []

  private let path: String
  private var stem: String {
    let name = Path.name(of: path)
    return name.hasSuffix(".ipynb") ? String(name.dropLast(6)) : name
  }

  /// - Parameters:
  ///   - path: of the notebook, as the user typed it.
  ///   - existing: file names of the book.
  ///   - isAppendix: whether the file of this name is an appendix; asked from the last one down.
  package init(
    bytes: [UInt8], path: String, existing: [String], isAppendix: (String) -> Bool
  ) throws(DiagnosticError) {
    self.path = path
    let notebook = try ReadNotebook(bytes, path: path)
    if notebook.cells.first?.metadata?.nnbook?["list"] == "symbols" {
      throw error(
        "notebook is the list of symbols, which nnbook makes of 'symbols' in 'book.yml'; it is no "
          + "chapter")
    }
    name = try chapterName(existing, isAppendix)
    var blocks: [String] = []
    /// Numbers of blocks that stand in one quote with the block before, and with text after.
    var quoted: (withBefore: Set<Int>, withAfter: Set<Int>) = ([], [])
    var front: [String]?
    for (place, cell) in notebook.cells.enumerated() {
      let number = place + 1
      let source = Self.trimmed(cell.source.text)
      switch cell.cellType {
      // Numbers and captions stand with their cells.
      case "markdown" where notebook.isOurs && cell.metadata?.nnbook?["made"] != nil: continue
      case "markdown":
        if let rest = cell.metadata?.nnbook?["frontMatter"], let title = Self.title(of: source) {
          front = ["title: \(NewChapter.quoted(title))"] + (rest.isEmpty ? [] : [rest])
          let below = Self.trimmed(
            source.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().joined(
              separator: "\n"))
          if !below.isEmpty { blocks.append(below) }
        } else if !source.isEmpty {
          let own =
            notebook.isOurs
            ? WrittenMark.removed(from: NotebookTerms.removed(from: source)) : source
          let text = try withFiles(of: cell, number, Self.linked(own))
          blocks.append(notebook.isOurs ? text : Self.withoutCells(text))
        }
      case "code" where notebook.language == "swift":
        if source.isEmpty { continue }
        let fence = cell.metadata?.nnbook?["fence"] ?? "swift"
        let code = Self.fenced(withoutMagic(source, number), fence)
        if let place = cell.metadata?.nnbook?["quote"], !blocks.isEmpty {
          quoted.withBefore.insert(blocks.count)
          if place == "inside" { quoted.withAfter.insert(blocks.count) }
          blocks.append(Self.quoted(code))
        } else {
          blocks.append(code)
        }
      case "code":
        if source.isEmpty { continue }
        blocks.append(Self.fenced(source, notebook.language))
        remark(
          number,
          "is \(notebook.language == "python" ? "Python" : notebook.language); it is shown, and does not run"
        )
      case "raw" where blocks.isEmpty && front == nil && Self.isFrontMatter(source):
        front = source.split(separator: "\n").dropFirst().dropLast().map(String.init)
      case "raw":
        if source.isEmpty { continue }
        blocks.append(Self.fenced(source, "text"))
        remark(number, "is raw; it is shown as it is")
      default:
        throw error(
          "cell \(number) of the notebook is of the kind '\(cell.cellType)', which is unknown; "
            + "kinds are 'markdown', 'code' and 'raw'")
      }
    }
    if front == nil, blocks.first?.hasPrefix("# ") != true {
      let words = stem.drop { $0.isNumber }.split { "-_ ".contains($0) }.joined(separator: " ")
      let title = words.isEmpty ? stem : words.prefix(1).uppercased() + words.dropFirst()
      front = ["title: \(NewChapter.quoted(title))"]
    }
    if let front { text = (["---"] + front + ["---", ""]).joined(separator: "\n") }
    if front != nil, !blocks.isEmpty { text += "\n" }
    for (place, block) in blocks.enumerated() {
      let isInside =
        quoted.withBefore.contains(place)
        || quoted.withAfter.contains(place - 1) && block.hasPrefix(">")
      if place > 0 { text += isInside ? "\n>\n" : "\n\n" }
      text += block
    }
    text += blocks.isEmpty ? "" : "\n"
  }

  private func error(_ summary: String) -> DiagnosticError {
    DiagnosticError(
      Diagnostic(.error, .notebookFormat, at: SourceRange(file: path, line: 1), summary))
  }

  private mutating func remark(_ number: Int, _ summary: String) {
    remarks.append(
      Diagnostic(
        .note, .notebookCell, at: SourceRange(file: path, line: 1), "cell \(number) \(summary)"))
  }

  /// The notebook's own name where it begins with a number, as those of chapters do.
  private func chapterName(
    _ existing: [String], _ isAppendix: (String) -> Bool
  ) throws(DiagnosticError) -> String {
    let slug = NewChapter.slug(String(stem.drop { $0.isNumber }))
    guard !slug.isEmpty else {
      throw error(
        "file name '\(Path.name(of: path))' gives no name to a chapter; it needs a letter")
    }
    if let taken = existing.first(where: { NewChapter.withoutNumber($0) == slug + ".md" }) {
      throw DiagnosticError(
        Diagnostic(.error, .chapterExists, "chapter '\(taken)' is there already"))
    }
    let digits = stem.prefix { $0.isASCII && $0.isNumber }
    if !digits.isEmpty { return "\(digits)-\(slug).md" }
    let (number, _) = NewChapter.number(among: existing, isAppendix)
    return (number.count < 2 ? "0" : "") + number + "-" + slug + ".md"
  }

  // MARK: Text

  private static func trimmed(_ text: String) -> String {
    let lines = text.replacing("\r\n", with: "\n").split(
      separator: "\n", omittingEmptySubsequences: false)
    let isBlank = { (line: Substring) in line.allSatisfy(\.isWhitespace) }
    let rest = lines.drop(while: isBlank)
    guard let last = rest.lastIndex(where: { !isBlank($0) }) else { return "" }
    return rest[...last].joined(separator: "\n")
  }

  /// Of a heading in the first line.
  private static func title(of text: String) -> String? {
    guard text.hasPrefix("# "), let line = text.split(separator: "\n").first else { return nil }
    let title = line.dropFirst(2).drop(while: \.isWhitespace)
    return title.isEmpty ? nil : String(title)
  }

  private static func isFrontMatter(_ text: String) -> Bool {
    let lines = text.split(separator: "\n")
    return lines.count > 2 && lines.first == "---" && lines.last == "---"
  }

  /// In a fence that nothing in the code ends.
  private static func fenced(_ code: String, _ info: String) -> String {
    let longest = code.split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)\(info)\n\(code)\n\(fence)"
  }

  private static func quoted(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? ">" : "> \($0)" }.joined(separator: "\n")
  }

  /// Links to notebooks beside it lead to their chapters.
  private static func linked(_ text: String) -> String {
    text.replacing(/\]\((?<name>[^():\s\/]+)\.ipynb(?<end>[#\)])/) { match in
      "](\(match.output.name).md\(match.output.end)"
    }
  }

  /// Swift in the Markdown of a notebook was never run.
  private static func withoutCells(_ text: String) -> String {
    text.replacing(/(?<fence>(?:^|\n) {0,3}(?:`{3,}|~{3,}) *swift) *(?=\n|$)/) { match in
      "\(match.output.fence) ignore"
    }
  }

  /// Lines for the kernel, such as `%install` and `!ls`, are comments.
  private mutating func withoutMagic(_ code: String, _ number: Int) -> String {
    code.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard
        line.hasPrefix("%") || line.starts(with: /!(?:apt|cat|cd|curl|git|ls|pip|pwd|swift|wget)\b/)
      else { return String(line) }
      remark(number, "has a line for the kernel, '\(line)'; it is a comment now")
      return "// \(line)"
    }.joined(separator: "\n")
  }

  // MARK: Attachments

  /// Writes what is attached to files beside the chapter.
  private mutating func withFiles(
    of cell: ReadNotebook.Cell, _ number: Int, _ text: String
  ) throws(DiagnosticError) -> String {
    var text = text
    let attachments = cell.attachments ?? [:]
    for (name, forms) in attachments.sorted(by: { $0.key < $1.key }) {
      let names = [
        name, name.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? name,
      ]
      guard let reference = names.map({ "attachment:" + $0 }).first(where: text.contains) else {
        continue
      }
      guard let (type, data) = forms.min(by: { $0.key < $1.key }) else {
        throw error("attachment '\(name)' of cell \(number) is empty")
      }
      let bytes =
        type == "image/svg+xml" && data.text.contains("svg")
        ? Data(data.text.utf8)
        : Data(base64Encoded: data.text, options: .ignoreUnknownCharacters)
      guard let bytes, !bytes.isEmpty else {
        throw error(
          "attachment '\(name)' of cell \(number) isn't base64, so that no file can be made of it")
      }
      let file = "\(self.name.dropLast(3))-\(number)-\(Self.fileName(name, type))"
      files.append((file, Array(bytes)))
      text = text.replacing(reference, with: file)
    }
    if let missing = text.firstMatch(of: /\]\(attachment:([^)\s]+)/) {
      throw error("attachment '\(missing.1)' of cell \(number) is not in the notebook")
    }
    return text
  }

  /// Without what has a meaning in paths and addresses, and with an ending.
  private static func fileName(_ name: String, _ type: String) -> String {
    let plain = String(
      name.map { $0.isASCII && ($0.isLetter || $0.isNumber) || ".-_".contains($0) ? $0 : "-" }
        .drop { $0 == "." })
    let endings = [
      "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/svg+xml": "svg",
      "image/webp": "webp",
    ]
    guard !plain.contains("."), let ending = endings[type] else { return plain }
    return "\(plain).\(ending)"
  }
}
