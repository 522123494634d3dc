import BookModel
import ChapterParsing
import HostSystem

/// The file that `nnbook new "Title"` starts a chapter with: it builds as it is.
package struct NewChapter: Hashable, Sendable {
  package var name: String
  package var text: String
  /// Why it does not follow the last chapter; nil where it does.
  package var remark: String?

  /// - Parameters:
  ///   - existing: file names of the book, for the number in front of the new one.
  ///   - isAppendix: whether the file of this name is an appendix; asked from the last one down.
  package init(
    title: String, existing: [String], isAppendix: (String) -> Bool
  ) throws(DiagnosticError) {
    let title = title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let slug = Self.slug(title)
    guard !slug.isEmpty else {
      throw DiagnosticError(
        Diagnostic(
          .error, .titleWithoutName,
          "title '\(title)' gives no file name; a title has at least one letter or digit"))
    }
    if let taken = existing.first(where: { Self.withoutNumber($0) == slug + ".md" }) {
      throw DiagnosticError(
        Diagnostic(.error, .chapterExists, "chapter '\(taken)' is there already"))
    }
    let number: String
    (number, remark) = Self.number(among: existing, isAppendix)
    name = (number.count < 2 ? "0" : "") + number + "-" + slug + ".md"
    text = """
      ---
      title: \(Self.quoted(title))
      ---

      A chapter is prose with Swift cells in it. The book runs them, and shows what they give.

      ```swift
      let net = Network(inputs: 2, seed: 7) {
        Dense(3)
        Sigmoid()
        Dense(1)
        Sigmoid()
      }
      net.parameterCount
      ```

      Numbers in sentences are computed too: this network has `{swift} net.parameterCount` parameters.

      """
  }

  /// The number after that of the last chapter which is no appendix, or else the one after all.
  static func number(
    among existing: [String], _ isAppendix: (String) -> Bool
  ) -> (String, remark: String?) {
    let numbered = existing.compactMap { name in
      Int(name.prefix { $0.isASCII && $0.isNumber }).map { (number: $0, name: name) }
    }.sorted { $0.number > $1.number }
    let last = numbered.first { !isAppendix($0.name) }?.number ?? 0
    guard let taken = numbered.last(where: { $0.number == last + 1 }) else {
      return ("\(last + 1)", nil)
    }
    return (
      "\(numbered[0].number + 1)",
      "It comes after the appendices: '\(taken.name)' has the number after the last chapter's"
    )
  }

  /// Whether the file is an appendix; false where it cannot be read.
  package static func isAppendix(_ path: String) -> Bool {
    guard let bytes = try? FileSystem.read(path) else { return false }
    return ChapterParser().parse(bytes: bytes, path: path).0?.frontMatter.isAppendix == true
  }

  /// Letters and digits of the title in lower case, words joined by hyphens.
  static func slug(_ title: String) -> String {
    title.lowercased().split { !($0.isLetter || $0.isNumber) }.joined(separator: "-")
  }

  static func withoutNumber(_ name: String) -> String {
    let rest = name.drop { $0.isASCII && $0.isNumber }
    return String(rest.first == "-" ? rest.dropFirst() : rest)
  }

  /// Plain where YAML reads it back as the same text, double-quoted elsewhere.
  static func quoted(_ title: String) -> String {
    let isPlain =
      title.allSatisfy { $0.isLetter || $0.isNumber || " ,.()-'".contains($0) }
      && title.first!.isLetter && title.last! != "'"
      && !["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(title.lowercased())
    if isPlain { return title }
    let escaped = title.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
    return "\"\(escaped)\""
  }
}
