import BookModel
import ChapterParsing
import Foundation
import PageRendering

/// Completion around cells.
extension LanguageServer {
  func completion(_ file: OpenFile, _ place: EditorPlace) async -> JSON {
    let items: [JSON]
    switch place.part {
    case .swift: items = []
    case .fence: items = shownFiles(file, place) ?? fenceWords(place)
    case .option: items = shownFiles(file, place) ?? optionKeys(place)
    case .format: items = formats(place)
    case .frontMatter:
      items =
        frontMatterValues(place)
        ?? keys(FrontMatterKey.allCases.map { ($0.rawValue, $0.meaning) }, place)
    case .settings: items = await settingsKeys(file, place)
    case .link(let written): items = await destinations(written, file, place)
    case .prose: items = noteMarks(place) + proseStarts(place)
    }
    return ["isIncomplete": false, "items": .array(items)]
  }

  func item(
    _ label: String, _ kind: Int, _ place: EditorPlace, replacing typed: String, with text: String,
    detail: String? = nil, meaning: String? = nil, isSnippet: Bool = false
  ) -> JSON {
    let fillsIn = isSnippet && abilities.fillsIn
    var members: [String: JSON] = [
      "label": .string(label), "kind": .integer(kind), "filterText": .string(label),
      "insertTextFormat": .integer(fillsIn ? 2 : 1),
      "textEdit": [
        "range": EditorRange(
          EditorPosition(
            line: place.position.line, character: place.position.character - typed.utf16.count),
          place.position
        ).json,
        "newText": .string(isSnippet && !fillsIn ? Snippet(text).text : text),
      ],
    ]
    if let detail { members["detail"] = .string(detail) }
    if let meaning { members["documentation"] = ["kind": "markdown", "value": .string(meaning)] }
    return .object(members)
  }

  enum ItemKind {
    static let keyword = 14
    static let property = 10
    static let value = 12
    static let reference = 18
    static let file = 17
    static let field = 5
  }

  // MARK: Words of a cell

  private func fenceWords(_ place: EditorPlace) -> [JSON] {
    let typed = place.word { !$0.isWhitespace && $0 != "`" && $0 != "~" }
    let info = place.before.drop { " \t>".contains($0) }.drop { $0 == "`" || $0 == "~" }
    if !info.contains(where: \.isWhitespace) {
      return ["swift", "output", "math"].map {
        item($0, ItemKind.keyword, place, replacing: typed, with: $0, meaning: Self.fences[$0])
      }
    }
    guard info.hasPrefix("swift") else { return [] }
    if let equals = typed.firstIndex(of: "="),
      let word = CellWord(rawValue: String(typed[..<equals]))
    {
      let value = String(typed[typed.index(after: equals)...])
      return Self.values(of: word).map {
        item($0, ItemKind.value, place, replacing: value, with: $0, meaning: word.meaning)
      }
    }
    let given = Set(
      info.split(whereSeparator: \.isWhitespace).map { $0.prefix { $0 != "=" } }.map(String.init))
    return CellWord.allCases.filter { !given.contains($0.rawValue) || $0.rawValue == typed }.map {
      word in
      let text =
        word.takesValue
        ? (word.takesText ? "\(word.rawValue)=\"$1\"" : "\(word.rawValue)=$1") : word.rawValue
      return item(
        word.rawValue, ItemKind.keyword, place, replacing: typed, with: text, detail: word.example,
        meaning: word.meaning, isSnippet: word.takesValue)
    }
  }

  private static let fences = [
    "swift": "A cell: compiled, run, and shown with its result.",
    "output": "What the cell before must print; every build compares.",
    "math": "A formula in TeX, on lines of its own.",
  ]

  private static func values(of word: CellWord) -> [String] {
    switch word {
    case .id: ["fig-", "tbl-", "lst-"]
    case .timeout: ["60", "120", "300"]
    case .tol: ["1e-3", "1e-4", "1e-6"]
    case .cutOutput: ["16", "64"]
    default: []
    }
  }

  private func optionKeys(_ place: EditorPlace) -> [JSON] {
    let text = place.before.drop { " \t>".contains($0) }.dropFirst(3)
    guard !text.contains(":") else { return [] }
    let typed = place.word { $0.isLetter || $0 == "-" }
    return CellWord.allCases.filter(\.takesValue).map {
      item(
        $0.rawValue, ItemKind.property, place, replacing: typed, with: $0.rawValue + ": ",
        meaning: $0.meaning)
    }
  }

  private func formats(_ place: EditorPlace) -> [JSON] {
    let typed = place.word { "%.,0123456789fge".contains($0) }.drop { $0 == "," }
    return ValueFormat.examples.map {
      item(
        $0.format, ItemKind.value, place, replacing: String(typed), with: $0.format,
        detail: "1234.5678 → \($0.shows)")
    }
  }

  // MARK: Keys

  private func keys(_ keys: [(name: String, meaning: String)], _ place: EditorPlace) -> [JSON] {
    let typed = place.word { $0.isLetter || $0 == "-" || $0 == "_" }
    guard typed.count == place.before.count else { return [] }
    return keys.map {
      item(
        $0.name, ItemKind.property, place, replacing: typed, with: $0.name + ": ",
        meaning: $0.meaning)
    }
  }

  private func settingsKeys(_ file: OpenFile, _ place: EditorPlace) async -> [JSON] {
    if let values = await settingsValues(file, place) { return values }
    return keys(BookKey.allCases.map { ($0.rawValue, $0.meaning) }, place)
  }

  // MARK: Links

  private func destinations(
    _ written: String, _ file: OpenFile, _ place: EditorPlace
  ) async -> [JSON] {
    let (index, book) = (await index(of: file), await book(of: file))
    let slug = file.slug
    if let hash = written.firstIndex(of: "#") {
      let target = String(written[..<hash])
      let typed = String(written[written.index(after: hash)...])
      let page =
        target.isEmpty ? slug : String(target.split(separator: "/").last ?? "").dropSuffix(".md")
      return index.allTargets.filter {
        target.isEmpty ? $0.key.slug == nil || $0.key.slug == slug : $0.target.slug == page
      }.map { key, target in
        item(
          key.id, ItemKind.reference, place, replacing: typed, with: key.id, detail: target.label,
          meaning: preview(of: target))
      }
    }
    return book.files().filter { $0 != file.name }.map {
      item($0, ItemKind.file, place, replacing: written, with: $0)
    }
      + index.allTargets.filter { $0.key.slug == nil || $0.key.slug == slug }.map { key, target in
        item(
          "#" + key.id, ItemKind.reference, place, replacing: written, with: "#" + key.id,
          detail: target.label)
      }
  }

  /// After `> [!`.
  private func noteMarks(_ place: EditorPlace) -> [JSON] {
    let typed = place.before.drop { " >\t".contains($0) }
    guard place.before.contains(">"), typed.hasPrefix("[!"),
      typed.dropFirst(2).allSatisfy(\.isLetter)
    else { return [] }
    return NoteMark.all.map {
      item(
        $0.mark, ItemKind.keyword, place, replacing: String(typed),
        with: $0.mark + ($0.fields ?? ""),
        meaning: $0.meaning, isSnippet: $0.fields != nil)
    }
  }

  private func proseStarts(_ place: EditorPlace) -> [JSON] {
    guard let opening = place.before.lastRange(of: "`{") else { return [] }
    let typed = String(place.before[opening.lowerBound...])
    guard typed.dropFirst(2).allSatisfy({ $0.isLetter || $0 == " " }) else { return [] }
    return [
      ("swift", "A value of a cell above, put into the sentence."),
      (
        "swift live",
        "A value of a live cell above, computed anew at every move of the cell's controls."
      ),
    ].map { words, meaning in
      item(
        "`{\(words)} …`", ItemKind.keyword, place, replacing: typed, with: "`{\(words)} $1`",
        meaning: meaning, isSnippet: true)
    }
  }

  // MARK: Data files

  /// In `Dataset.csv("data/…")`: the book's files; in what follows it: the columns.
  func dataCompletion(_ file: OpenFile, _ place: EditorPlace) async -> [JSON] {
    guard let typed = place.quoted?.before,
      let cell = file.scanned.cell(withLine: place.position.line)
    else { return [] }
    // The call may have begun on a line above.
    let above = (cell.codeLines.lowerBound..<place.position.line).suffix(20)
      .map { file.text.text(ofLine: $0) + "\n" }.joined()
    let code = above + place.before.dropLast(typed.count + 1)
    guard let call = code.lastRange(of: ".csv(") else { return [] }
    let arguments = code[call.upperBound...]
    if arguments.allSatisfy(\.isWhitespace) {
      return await book(of: file).files().filter { $0.hasPrefix("data/") }.map {
        item($0, ItemKind.file, place, replacing: String(typed), with: $0)
      }
    }
    guard Self.isOpen(arguments), arguments.drop(while: \.isWhitespace).first == "\"",
      let path = arguments.split(separator: "\"", omittingEmptySubsequences: false)
        .dropFirst().first
    else { return [] }
    let full = file.folder == "." ? String(path) : file.folder + "/" + path
    return TableHeader(ofFile: full).columns.map { name in
      item(
        name, ItemKind.field, place, replacing: String(typed), with: name,
        detail: "column of \(path)")
    }
  }

  /// Whether the bracket of a call is not closed yet.
  private static func isOpen(_ arguments: Substring) -> Bool {
    var depth = 1
    var isQuoted = false
    for character in arguments {
      if character == "\"" { isQuoted.toggle() }
      if isQuoted { continue }
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if depth == 0 { return false }
    }
    return true
  }
}

extension OpenFile {
  /// Of the chapter's page.
  var slug: String { name.dropSuffix(".md") }
}

extension String {
  func dropSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
