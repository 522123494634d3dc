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
  var linesOfOtherLanguage: [Substring] {
    var isHidden = false
    return texts.filter { line in
      switch line.split(whereSeparator: \.isWhitespace).first(where: { $0.contains("snippet.") }) {
      case "snippet.hide"?: isHidden = true
      case "snippet.show"?: isHidden = false
      default: return !isHidden
      }
      return false
    }
  }

  var textOfOtherLanguage: String { linesOfOtherLanguage.map { $0 + "\n" }.joined() }
}

/// A notebook is read where the files of the book are not: it holds their lines, and its fences say no
/// more where they came from.
extension NotebookChapter {
  /// - Parameter lines: of the chapter, with their places as indices.
  func withFiles(_ lines: ArraySlice<Substring>) -> [Substring] {
    guard !chapter.inclusions.isEmpty else { return Array(lines) }
    var written: [Substring] = []
    var open: (marks: Substring, longer: String)?
    for place in lines.indices {
      let line = lines[place]
      if let inclusion = chapter.inclusion(atFence: place + chapter.firstLine),
        let start = line.firstIndex(where: { "`~".contains($0) })
      {
        let marks = line[start...].prefix { $0 == line[start] }
        let longest = inclusion.linesOfOtherLanguage.map {
          Self.longestRun(of: line[start], in: $0)
        }
        let longer = String(
          repeating: line[start], count: max(marks.count, (longest.max() ?? 0) + 1))
        let rest = Self.withoutFile(line[marks.endIndex...])
        // What stands before it is a quote's mark, or blanks in the place of an item's.
        let prefix = String(line[..<start].map { ">\t".contains($0) ? $0 : " " })
        written.append(line[..<start] + longer + rest)
        written += inclusion.linesOfOtherLanguage.map { prefix + $0 }
        open = (marks, longer)
      } else if let fence = open {
        if Self.isOption(line, of: "from") { continue }
        if line.drop(while: { " \t>".contains($0) }).hasPrefix(fence.marks) {
          written.append(line.prefix { " \t>".contains($0) } + fence.longer)
          open = nil
        } else {
          written.append(line)
        }
      } else {
        written.append(line)
      }
    }
    return written
  }

  /// The words of a fence but for that of the file; texts in quotation marks stay whole.
  static func withoutFile(_ words: Substring) -> Substring {
    var kept = ""
    for word in words.matches(of: /\s*(?:[^\s"]*"[^"]*"|\S+)/) {
      if word.output.drop(while: \.isWhitespace).hasPrefix("from=") { continue }
      kept += word.output
    }
    return kept[...]
  }

  /// Whether an option line of a cell, such as `//| from: a.swift`, has this key.
  static func isOption(_ line: Substring, of key: String) -> Bool {
    guard let mark = line.firstRange(of: "//|") else { return false }
    let rest = line[mark.upperBound...].drop(while: \.isWhitespace)
    return rest.hasPrefix(key)
      && rest.dropFirst(key.count).drop(while: \.isWhitespace).first == ":"
  }

  private static func longestRun(of mark: Character, in line: Substring) -> Int {
    line.split { $0 != mark }.map(\.count).max() ?? 0
  }
}
