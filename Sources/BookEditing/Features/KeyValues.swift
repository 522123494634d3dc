import BookModel
import ChapterParsing
import Foundation
import PageRendering

/// Completion after the colon of a key: the values that it may have, or the files and names that it takes.
extension LanguageServer {
  /// Of `book.yml`; nil where a key is typed.
  func settingsValues(_ file: OpenFile, _ place: EditorPlace) async -> [JSON]? {
    guard let value = KeyedValue(file.text, place), let key = BookKey(rawValue: value.key) else {
      return nil
    }
    switch key {
    case .language where !value.isBelow:
      return InterfaceWords.languages.map {
        valueItem($0, value, place, "Pages say their own words in this language.")
      }
    case .citations where !value.isBelow:
      return [
        valueItem("author-year", value, place, "Cites as (Rumelhart 1986)."),
        valueItem("numbered", value, place, "Cites as [1]."),
      ] + (await namedFiles(of: file, endingIn: [".csl"], value, place))
    case .pictures where !value.isBelow:
      return ["true", "false"].map { valueItem($0, value, place, key.meaning) }
    case .bibliography where !value.isBelow:
      return await namedFiles(of: file, endingIn: [".bib", ".json"], value, place)
    case .start where !value.isBelow:
      return await namedFiles(of: file, endingIn: [".md"], value, place)
    case .chapters, .parts:
      return await namedFiles(of: file, endingIn: [".md"], value, place)
    case .cover where !value.isBelow:
      return await index(of: file).allTargets.filter { $0.target.kind == .figure }.map {
        item(
          $0.key.id, ItemKind.reference, place, replacing: value.typed,
          with: value.blank + $0.key.id,
          detail: $0.target.label)
      }
    default: return []
    }
  }

  /// Of a chapter's front matter; nil where a key is typed.
  func frontMatterValues(_ place: EditorPlace) -> [JSON]? {
    guard let value = KeyedValue(place), let key = FrontMatterKey(rawValue: value.key) else {
      return nil
    }
    switch key {
    case .draft, .appendix, .glossary:
      return ["true", "false"].map { valueItem($0, value, place, key.meaning) }
    case .date:
      let day = Date.now.formatted(.iso8601.year().month().day())
      return [valueItem(day, value, place, "Today.")]
    case .unlinked: return [valueItem("all", value, place, key.meaning)]
    case .title, .id, .description, .movedFrom: return []
    }
  }

  private func valueItem(
    _ text: String, _ value: KeyedValue, _ place: EditorPlace, _ meaning: String
  ) -> JSON {
    item(
      text, ItemKind.value, place, replacing: value.typed, with: value.blank + text,
      meaning: meaning)
  }

  private func namedFiles(
    of file: OpenFile, endingIn endings: [String], _ value: KeyedValue, _ place: EditorPlace
  ) async -> [JSON] {
    await book(of: file).files().filter { name in
      !name.contains("/") && endings.contains(where: name.hasSuffix)
    }.map { item($0, ItemKind.file, place, replacing: value.typed, with: value.blank + $0) }
  }
}

/// The value that is typed at a place, and the key at the beginning of a line that it belongs to.
struct KeyedValue: Equatable {
  var key: String
  /// Of the value, before the place.
  var typed: String
  /// What has to stand between the colon and the value.
  var blank = ""
  /// Whether it stands on a line below its key: in a list, or after a name.
  var isBelow = false

  /// On the key's own line.
  init?(_ place: EditorPlace) {
    guard let colon = place.before.firstIndex(of: ":"), place.before.first?.isWhitespace == false,
      place.before.first != "-"
    else { return nil }
    let rest = place.before[place.before.index(after: colon)...]
    guard rest.isEmpty || rest.first == " " else { return nil }
    key = String(place.before[..<colon])
    typed = Self.typed(rest)
    if rest.isEmpty { blank = " " }
  }

  init?(_ text: EditedText, _ place: EditorPlace) {
    if let own = KeyedValue(place) {
      self = own
      return
    }
    guard let first = place.before.first, first == " " || first == "-" else { return nil }
    // After a name, or in a list.
    let inner = place.before.drop { $0 == " " }
    guard inner.first == "-" || inner.contains(":") else { return nil }
    let above = (0..<place.position.line).reversed().lazy.map { text.text(ofLine: $0) }
    guard let line = above.first(where: { !" -#".contains($0.first ?? " ") }),
      let colon = line.firstIndex(of: ":")
    else { return nil }
    key = String(line[..<colon])
    typed = Self.typed(inner.dropFirst())
    if inner == "-" || inner.hasSuffix(":") { blank = " " }
    isBelow = true
  }

  private static func typed(_ text: Substring) -> String {
    String(text.reversed().prefix { !" \t\"'[,:".contains($0) }.reversed())
  }
}
