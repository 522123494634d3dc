import BookModel

/// What `book.yml` may say.
package enum BookKey: String, CaseIterable, Sendable {
  case title, author, language, description, chapters, macros
  case parts, start, cover, base, pictures, edit, issue
  case bibliography, citations, symbols

  /// Whether its value may name a file of the book.
  package var takesFile: Bool {
    switch self {
    case .chapters, .parts, .start, .bibliography, .citations: true
    default: false
    }
  }

  /// For an author who sees the key.
  package var meaning: String {
    switch self {
    case .title: "The title of the book."
    case .author: "Who wrote it."
    case .language: "A language tag, such as `en` or `de-CH`."
    case .description: "One sentence about the book."
    case .chapters:
      "File names of all chapters, where the order of the names is not the order of reading."
    case .parts: "Titles of parts, each with the file of its first chapter: `Basics: 01-a.md`."
    case .start: "The file of the chapter that a new reader should begin with."
    case .cover: "The id of the figure on the page of contents, such as `fig-xor`."
    case .base: "Where the site will be, such as `https://example.org/book/`."
    case .pictures:
      "`true` makes a picture of each page's first figure, for programs that show links."
    case .edit: "Address at which a file is edited, with `{path}` for its name."
    case .issue: "Address at which a mistake is told, with `{path}` for the file."
    case .bibliography: "The file of the works that are cited, such as `references.bib`."
    case .citations: "How works are cited: `author-year`, `numbered`, or a file such as `ieee.csl`."
    case .symbols:
      "Symbols of the formulas with what they mean, such as `$\\eta$: the learning rate`."
    case .macros: "Names for formulas, such as `\\loss: \\mathcal{L}`, for all chapters."
    }
  }
}

/// Reads `book.yml`.
package struct BookSettingsParser: Sendable {
  package init() {}

  /// - Parameter path: as the author would type it; it names the file in messages.
  /// - Returns: what the file says, and what is wrong with it; defaults for the rest.
  package func parse(bytes: [UInt8], path: String) -> (BookSettings, [Diagnostic]) {
    var settings = BookSettings()
    let (source, unreadable) = SourceText.read(bytes, path: path)
    guard let source else { return (settings, unreadable) }
    var problems = Problems(source)
    guard
      let yaml = YAMLMapping(1..<source.lines.count + 1, of: source, name: "book.yml", &problems)
    else { return (settings, problems.found) }
    var pictures: Located<String>?
    for entry in yaml.entries {
      guard let key = BookKey(rawValue: entry.key.value) else {
        problems.add(
          .unknownKey, at: entry.key.range,
          unknownKey(entry.key.value, in: "book.yml", BookKey.allCases.map(\.rawValue)))
        continue
      }
      switch key {
      case .title: settings.title = yaml.words(entry, &problems)?.value ?? settings.title
      case .author: settings.author = yaml.words(entry, &problems)?.value
      case .description: settings.description = yaml.words(entry, &problems)?.value
      case .language: readLanguage(entry, yaml, &settings, &problems)
      case .chapters: readChapters(entry, yaml, &settings, &problems)
      case .macros: readMacros(entry, yaml, &settings, &problems)
      case .parts:
        settings.parts = yaml.pairs(entry, example: "Basics: 01-a.md", &problems).map {
          BookSettings.Part(title: $0.key.value, first: $0.value)
        }
      case .start: settings.start = yaml.words(entry, &problems)
      case .cover: settings.cover = yaml.words(entry, &problems)
      case .base:
        settings.base = address(entry, yaml, &problems).map { $0.hasSuffix("/") ? $0 : $0 + "/" }
      case .pictures:
        settings.pictures = yaml.bool(entry, &problems) ?? false
        if settings.pictures { pictures = entry.key }
      case .edit: settings.editAddress = address(entry, yaml, &problems)
      case .issue: settings.issueAddress = address(entry, yaml, &problems)
      case .bibliography: settings.bibliography = bibliography(entry, yaml, &problems)
      case .symbols: settings.symbols = symbols(entry, yaml, &problems)
      case .citations:
        if let style = citationStyle(entry, yaml, &problems) { settings.citationStyle = style }
      }
    }
    if let pictures, settings.base == nil, !problems.found.hasErrors {
      problems.add(
        .yamlValue, at: pictures.range,
        "'pictures' needs 'base', such as 'base: https://example.org/book/'; pictures of links have "
          + "whole addresses")
    }
    return (settings, problems.found)
  }

  /// An address that a browser opens.
  private func address(
    _ entry: YAMLMapping.Entry, _ yaml: YAMLMapping, _ problems: inout Problems
  ) -> String? {
    guard let text = yaml.string(entry, &problems) else { return nil }
    let rest = ["https://", "http://"].compactMap { scheme in
      text.value.hasPrefix(scheme) ? text.value.dropFirst(scheme.count) : nil
    }
    guard let host = rest.first, let first = host.first, first != "/",
      !text.value.contains(where: { $0.isWhitespace || "\"<>".contains($0) })
    else {
      problems.add(
        .yamlValue, at: text.range,
        "value '\(text.value)' of '\(entry.key.value)' must be an address, such as "
          + "'https://example.org/book/'")
      return nil
    }
    return text.value
  }

  private func bibliography(
    _ entry: YAMLMapping.Entry, _ yaml: YAMLMapping, _ problems: inout Problems
  ) -> Located<String>? {
    guard let name = yaml.string(entry, &problems) else { return nil }
    if Bibliography.Format(ofFile: name.value) != nil { return name }
    problems.add(
      .yamlValue, at: name.range,
      "value '\(name.value)' of 'bibliography' must name a file of BibTeX or CSL-JSON, such as "
        + "'references.bib' or 'references.json'")
    return nil
  }

  private func citationStyle(
    _ entry: YAMLMapping.Entry, _ yaml: YAMLMapping, _ problems: inout Problems
  ) -> CitationStyle? {
    guard let style = yaml.string(entry, &problems) else { return nil }
    switch style.value {
    case "author-year": return .authorYear
    case "numbered": return .numbered
    case let name where name.hasSuffix(".csl"): return .file(style)
    case let name:
      let hint = nearest(to: name, in: ["author-year", "numbered"])
        .map { "; did you mean '\($0)'?" }
      problems.add(
        .yamlValue, at: style.range,
        "value '\(name)' of 'citations' must be 'author-year', 'numbered' or the name of a file "
          + "that ends in '.csl'\(hint ?? "")")
      return nil
    }
  }

  private func readLanguage(
    _ entry: YAMLMapping.Entry, _ yaml: YAMLMapping, _ settings: inout BookSettings,
    _ problems: inout Problems
  ) {
    guard let language = yaml.string(entry, &problems) else { return }
    let parts = language.value.utf8.split(
      separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let isTag =
      (2...3).contains(parts.first?.count ?? 0)
      && parts.allSatisfy { part in
        (1...8).contains(part.count)
          && part.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) }
      }
    if isTag {
      settings.language = language.value
    } else {
      problems.add(
        .yamlValue, at: language.range,
        "value '\(language.value)' of 'language' must be a language tag, such as 'en' or 'pt-BR'")
    }
  }

  private func readMacros(
    _ entry: YAMLMapping.Entry, _ yaml: YAMLMapping, _ settings: inout BookSettings,
    _ problems: inout Problems
  ) {
    for (name, meaning) in yaml.pairs(entry, example: "\\R: \\mathbb{R}", &problems) {
      let letters = name.value.utf8.drop { $0 == UInt8(ascii: "\\") }
      guard name.value.utf8.count - letters.count <= 1, !letters.isEmpty,
        letters.allSatisfy({ (0x61...0x7A).contains($0 | 0x20) })
      else {
        problems.add(
          .yamlValue, at: name.range,
          "macro '\(name.value)' must be named by a backslash and letters, such as '\\R'")
        continue
      }
      settings.macros["\\" + String(Substring(letters))] = meaning.value
    }
  }

  private func symbols(
    _ entry: YAMLMapping.Entry, _ yaml: YAMLMapping, _ problems: inout Problems
  ) -> [BookSettings.Symbol] {
    yaml.pairs(entry, example: "$\\eta$: the learning rate", &problems).compactMap {
      name, meaning in
      let tex = name.value.dropFirst().dropLast()
      guard name.value.count > 2, name.value.hasPrefix("$"), name.value.hasSuffix("$"),
        !tex.contains("$"), tex.contains(where: { !$0.isWhitespace })
      else {
        problems.add(
          .yamlValue, at: name.range,
          "symbol '\(name.value)' must be a formula between dollars, such as '$\\eta$'")
        return nil
      }
      if meaning.value.isEmpty {
        problems.add(
          .yamlValue, at: name.range,
          "symbol '\(name.value)' has no meaning; it stands after the colon")
      }
      return BookSettings.Symbol(
        formula: Located(String(tex), at: name.range), meaning: meaning)
    }
  }

  private func readChapters(
    _ entry: YAMLMapping.Entry, _ yaml: YAMLMapping, _ settings: inout BookSettings,
    _ problems: inout Problems
  ) {
    guard let names = yaml.strings(entry, &problems) else { return }
    var seen: [String: SourceRange] = [:]
    for name in names {
      if let first = seen[name.value] {
        problems.add(
          .duplicateChapter, at: name.range, "chapter '\(name.value)' is listed twice",
          notes: [Diagnostic.Note("first listed here", range: first)])
      } else if !name.value.hasSuffix(".md") {
        problems.add(
          .yamlValue, at: name.range,
          "chapter '\(name.value)' must be the name of a file, such as '\(name.value).md'")
      }
      seen[name.value] = seen[name.value] ?? name.range
    }
    settings.chapterOrder = names
  }
}
