import BookModel
import ChapterParsing
import HostSystem

/// Finds and reads the file of works that a book cites, and the style in which it cites them.
package struct BibliographyReader: Sendable {
  private let folder: String
  private let settings: BookSettings

  package static let usualNames = ["references.bib", "references.json"]

  /// - Parameter folder: of the book.
  package init(folder: String, settings: BookSettings) {
    self.folder = folder
    self.settings = settings
  }

  /// - Returns: nil for a book that has no such file.
  package func read() -> (Bibliography?, [Diagnostic]) {
    guard let (name, range) = name else { return (nil, []) }
    guard let format = Bibliography.Format(ofFile: name) else { return (nil, []) }
    let (bytes, unreadable) = bytes(of: name, at: range, "bibliography")
    guard let bytes else { return (nil, unreadable) }
    var (bibliography, problems) = BibliographyParser().parse(
      bytes: bytes, path: file(name), format: format)
    guard case .file(let style) = settings.citationStyle, bibliography != nil else {
      return (bibliography, problems)
    }
    let (text, unreadableStyle) = self.bytes(of: style.value, at: style.range, "citation style")
    problems += unreadableStyle
    bibliography?.styleFile = text
    if let text { problems += remarks(onStyle: String(decoding: text, as: UTF8.self), style) }
    return (bibliography, problems)
  }

  /// Tens of thousands of works, which pandoc reads in seconds.
  private static let mostBytes = 8 << 20

  /// The files of a book's folder that its citations are made from.
  static func fileNames(of folder: BookFolder) -> [String] {
    var settings = BookSettings()
    let path = folder.file(BookFolder.settingsName)
    if folder.hasSettings, let bytes = try? FileSystem.readText(path) {
      settings = BookSettingsParser().parse(bytes: bytes, path: path).0
    }
    let reader = BibliographyReader(folder: folder.path, settings: settings)
    guard let (name, _) = reader.name else { return [] }
    if case .file(let style) = settings.citationStyle { return [name, style.value] }
    return [name]
  }

  private var name: (String, SourceRange?)? {
    if let named = settings.bibliography { return (named.value, named.range) }
    return Self.usualNames.first { FileSystem.kind(of: file($0)) == .file }.map { ($0, nil) }
  }

  private func bytes(
    of name: String, at range: SourceRange?, _ kind: String
  ) -> ([UInt8]?, [Diagnostic]) {
    func problem(_ summary: String) -> ([UInt8]?, [Diagnostic]) {
      (nil, [Diagnostic(.error, .bibliography, at: range, summary)])
    }
    if name.hasPrefix("/") || name.split(separator: "/").contains("..") {
      return problem("\(kind) '\(name)' lies outside of the book; copy it into folder '\(folder)'")
    }
    let path = file(name)
    if let leaving = LeavingLink(path, book: folder) {
      return (nil, [leaving.diagnostic(at: range)])
    }
    do {
      return (try FileSystem.readText(path, most: Self.mostBytes), [])
    } catch  where error.isAbsence {
      let ending = name.split(separator: ".").last.map { "." + $0 } ?? ""
      let names = FileSystem.names(in: folder).filter { $0.hasSuffix(ending) }
      let hint = nearest(to: name, in: names).map { "; did you mean '\($0)'?" } ?? ""
      return problem("\(kind) '\(name)' is not in folder '\(folder)'\(hint)")
    } catch {
      return problem("\(kind) '\(name)' cannot be read: \(error.reason)")
    }
  }

  private func remarks(onStyle text: String, _ style: Located<String>) -> [Diagnostic] {
    if text.contains(#/class="note"/#) {
      return [
        Diagnostic(
          .error, .bibliography, at: style.range,
          "citation style '\(style.value)' puts citations into notes; pages show them in the text, "
            + "as styles of the class 'in-text' do")
      ]
    }
    if !text.contains(#/class="in-text"/#) {
      return [
        Diagnostic(
          .error, .bibliography, at: style.range,
          "'\(style.value)' is no citation style, which is a file of the Citation Style Language")
      ]
    }
    return []
  }

  private func file(_ name: String) -> String { folder == "." ? name : folder + "/" + name }
}
