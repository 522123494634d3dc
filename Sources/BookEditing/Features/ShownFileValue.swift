import BookBuilding
import ChapterParsing

/// The path after `from=` in a fence, or after `//| from:` in a cell, at a place.
struct ShownFileValue: Equatable {
  /// Before the place.
  var before: String
  var text: String

  /// Without the name of a snippet.
  var path: String { String(text.prefix { $0 != "#" }) }
}

extension EditorPlace {
  var shownFile: ShownFileValue? {
    let written: Substring
    switch part {
    case .fence:
      guard let word = before.split(whereSeparator: \.isWhitespace).last, word.hasPrefix("from="),
        before.last?.isWhitespace == false
      else { return nil }
      written = word.dropFirst("from=".count)
    case .option:
      let option = before.drop { " \t>".contains($0) }.dropFirst("//|".count).drop { $0 == " " }
      guard option.hasPrefix("from:") else { return nil }
      written = option.dropFirst("from:".count).drop { $0 == " " }
    default: return nil
    }
    let typed = written.drop { $0 == "\"" }
    return ShownFileValue(
      before: String(typed), text: String(typed) + after.prefix { !$0.isWhitespace && $0 != "\"" })
  }
}

/// Completion of what a fence shows.
extension LanguageServer {
  /// Paths, and after `#` the file's snippets; nil where something else is typed.
  func shownFiles(_ file: OpenFile, _ place: EditorPlace) -> [JSON]? {
    guard let value = place.shownFile else { return nil }
    let files = IncludedFiles.beside(chapter: file.path)
    guard let mark = value.before.firstIndex(of: "#") else {
      return files.paths.map {
        item($0, ItemKind.file, place, replacing: value.before, with: $0)
      }
    }
    let typed = String(value.before[value.before.index(after: mark)...])
    return files.snippets(of: String(value.before[..<mark])).map {
      item(
        $0.name, ItemKind.reference, place, replacing: typed, with: $0.name,
        detail: "line \($0.line + 1)")
    }
  }
}
