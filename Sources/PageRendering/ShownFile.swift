import BookModel
import Markdown

extension MarkdownNode {
  /// Puts lines of a file into a fence of another language than the cells'.
  func show(_ inclusion: Inclusion) {
    guard case .codeBlock(let block) = kind else { return }
    setCode(inclusion.textOfOtherLanguage, info: block.language)
  }
}

extension Inclusion {
  /// Without what its markers hide.
  var textOfOtherLanguage: String {
    var isHidden = false
    var lines: [Substring] = []
    for line in texts {
      switch line.split(whereSeparator: \.isWhitespace).first(where: { $0.contains("snippet.") }) {
      case "snippet.hide"?: isHidden = true
      case "snippet.show"?: isHidden = false
      default: if !isHidden { lines.append(line) }
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

/// A notebook is read where the files of the book are not: it holds their lines, and its fences say no
/// more where they came from.
extension NotebookChapter {
  /// - Parameter lines: of the chapter, with their places as indices.
  func withFiles(_ lines: ArraySlice<Substring>) -> [Substring] {
    guard !chapter.inclusions.isEmpty else { return Array(lines) }
    return lines.indices.flatMap { place -> [Substring] in
      let line = lines[place]
      guard let inclusion = chapter.inclusion(atFence: place + chapter.firstLine) else {
        return [line]
      }
      let prefix = line.prefix { " \t>".contains($0) }
      return [Self.withoutFile(line)] + inclusion.texts.map { prefix + $0 }
    }
  }

  static func withoutFile(_ fence: Substring) -> Substring {
    Substring(
      fence.split(separator: " ", omittingEmptySubsequences: false)
        .filter { !$0.hasPrefix("from=") }.joined(separator: " "))
  }
}
