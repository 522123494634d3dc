import BookModel

/// The file that `nnbook new "Title"` starts a chapter with: it builds as it is.
package struct NewChapter: Hashable, Sendable {
  package var name: String
  package var text: String

  /// - Parameter existing: file names of the book, for the number in front of the new one.
  package init(title: String, existing: [String]) throws(DiagnosticError) {
    let title = title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let slug = Self.slug(title)
    guard !slug.isEmpty else {
      throw DiagnosticError(
        Diagnostic(
          .error, "title-without-name",
          "title '\(title)' gives no file name; a title has at least one letter or digit"))
    }
    if let taken = existing.first(where: { Self.withoutNumber($0) == slug + ".md" }) {
      throw DiagnosticError(
        Diagnostic(.error, "chapter-exists", "chapter '\(taken)' is there already"))
    }
    let last = existing.compactMap { Int($0.prefix { $0.isASCII && $0.isNumber }) }.max() ?? 0
    let number = String(last + 1)
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

  /// Letters and digits of the title in lower case, words joined by hyphens.
  static func slug(_ title: String) -> String {
    title.lowercased().split { !($0.isLetter || $0.isNumber) }.joined(separator: "-")
  }

  private static func withoutNumber(_ name: String) -> String {
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
