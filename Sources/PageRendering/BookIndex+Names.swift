import BookModel

extension BookIndex {
  /// Pages that are no chapter's.
  private static let ownPages = [
    "index": "the list of chapters", "figures": "the list of figures",
    "404": "the page for addresses that are none",
  ]

  private func ownPage(_ slug: String) -> String? {
    slug == Self.symbolsName && !settings.symbols.isEmpty
      ? "the list of symbols" : Self.ownPages[slug]
  }

  /// Checks the names of pages, and what `book.yml` says of chapters and figures.
  mutating func checkNames() {
    for chapter in chapters {
      guard let own = ownPage(chapter.slug) else { continue }
      diagnostics.append(
        Diagnostic(
          .error, .reservedChapterName, at: SourceRange(file: chapter.path, line: 1),
          "chapter '\(chapter.slug).md' would take the place of \(own); give it another name"))
    }
    let files = chapters.map { String($0.path.split(separator: "/").last ?? "") }
    let places = Dictionary(
      files.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    for part in settings.parts {
      guard let place = places[part.first.value] else {
        tellUnknown(part.first, of: files, "part '\(part.title)'")
        continue
      }
      if let other = parts[place] {
        diagnostics.append(
          Diagnostic(
            .error, .duplicatePart, at: part.first.range,
            "chapter '\(part.first.value)' begins two parts, '\(other)' and '\(part.title)'; each "
              + "part begins with a chapter of its own"))
      }
      parts[place] = part.title
    }
    if let start = settings.start, places[start.value] == nil {
      tellUnknown(start, of: files, "key 'start'")
    }
    checkCover()
    checkOldNames()
  }

  /// Of a chapter that `book.yml` names by its file.
  private mutating func tellUnknown(
    _ name: Located<String>, of files: [String], _ user: String
  ) {
    let hint = nearest(to: name.value, in: files).map { "; did you mean '\($0)'?" } ?? ""
    diagnostics.append(
      Diagnostic(
        .error, .unknownChapter, at: name.range,
        "\(user) names '\(name.value)', which is no chapter of the book" + hint))
  }

  /// The chapter whose figure stands on the page of contents.
  package var coverChapter: String? {
    settings.cover.flatMap { target($0.value, from: "") }?.slug
  }

  private mutating func checkCover() {
    guard let cover = settings.cover else { return }
    if let target = target(cover.value, from: ""), target.kind == .figure { return }
    let figures = targets.values.filter { $0.kind == .figure }.map(\.id).sorted()
    let hint = nearest(to: cover.value, in: figures).map { "; did you mean '\($0)'?" } ?? ""
    diagnostics.append(
      Diagnostic(
        .error, .unknownReference, at: cover.range,
        "cover '\(cover.value)' is no figure of the book; it is the id of one, such as 'fig-xor'"
          + hint))
  }

  private mutating func checkOldNames() {
    var seen: [String: SourceRange] = [:]
    for chapter in chapters {
      for name in chapter.movedFrom {
        if titles[name.value] != nil || ownPage(name.value) != nil {
          diagnostics.append(
            Diagnostic(
              .error, .movedPage, at: name.range,
              "page '\(name.value).html' is there; 'moved from' names pages that are gone"))
        } else if let first = seen[name.value] {
          diagnostics.append(
            Diagnostic(
              .error, .movedPage, at: name.range,
              "page '\(name.value).html' has moved twice; one chapter names it",
              notes: [Diagnostic.Note("first named here", range: first)]))
        }
        seen[name.value] = seen[name.value] ?? name.range
      }
    }
  }

  /// Where each page that is gone has moved to.
  var moves: [(old: String, chapter: ChapterOutline)] {
    chapters.flatMap { chapter in chapter.movedFrom.map { ($0.value, chapter) } }
  }
}
