import BookModel
import ChapterParsing
import HostSystem

/// A book as far as it can be understood, and everything that is wrong with its text.
package struct ReadBook: Sendable {
  package var folder: BookFolder
  package var book: Book
  package var diagnostics: [Diagnostic]
  /// Of the files that were read, also those that are no text.
  package var chapterCount: Int
  /// Chapters marked `draft: true` that were left out.
  package var leftOut: [String]
  /// Since reading began.
  var clock = StageClock()

  /// Paths of files whose text has errors.
  var faulty: Set<String> {
    Set(diagnostics.filter { $0.severity == .error }.compactMap { $0.range?.file })
  }
}

/// Reads the files of a book folder and parses them.
struct BookReader: Sendable {
  var includesDrafts: Bool
  var jobs: Int
  var memory: BookMemory?

  func read(_ folder: BookFolder) async -> ReadBook {
    let leaving = LeavingLink.all(in: folder)
    if !leaving.isEmpty {
      return ReadBook(
        folder: folder, book: Book(settings: BookSettings(), chapters: []),
        diagnostics: leaving.map {
          $0.diagnostic(at: SourceRange(file: $0.path, line: 1))
        }, chapterCount: folder.chapterNames.count, leftOut: [])
    }
    let (settings, settingsProblems) = settings(of: folder)
    let (bibliography, citationProblems) = BibliographyReader(
      folder: folder.path, settings: settings
    ).read()
    let (theme, themeProblems) = ThemeReader(folder).read()
    let (names, orderProblems) = ordered(folder, by: settings)
    let files = IncludedFiles(ofBook: folder.path)
    let parsed = await parallelMap(names, width: jobs) { name in
      chapter(at: folder.file(name), files)
    }
    var result = ReadBook(
      folder: folder,
      book: Book(settings: settings, chapters: [], bibliography: bibliography, theme: theme),
      diagnostics: settingsProblems + citationProblems + themeProblems + orderProblems
        + folder.remarks.filter { $0.id != .chapterNumbersAlike || settings.chapterOrder == nil },
      chapterCount: names.count, leftOut: [])
    for (chapter, problems) in parsed {
      if let chapter, chapter.frontMatter.isDraft, !includesDrafts {
        result.leftOut.append(chapter.path)
        continue
      }
      result.diagnostics += problems
      if let chapter { result.book.chapters.append(chapter) }
    }
    return result
  }

  private func chapter(at path: String, _ files: IncludedFiles) -> (Chapter?, [Diagnostic]) {
    var bytes: [UInt8]
    do {
      bytes = try FileSystem.read(path, upTo: ChapterParser.mostBytes + 1)
    } catch {
      return (
        nil,
        [
          Diagnostic(
            .error, .chapterNotReadable, at: SourceRange(file: path, line: 1),
            "chapter cannot be read: \(error.reason)")
        ]
      )
    }
    if let drafts = memory?.drafts { bytes = drafts.text(of: path, file: bytes) }
    let (chapter, problems) = parsed(bytes, path, files)
    if let chapter, let scheme = Self.scheme(of: chapter.slug) {
      let clash = Diagnostic(
        .error, .reservedChapterName, at: SourceRange(file: path, line: 1),
        "chapter '\(chapter.slug).md' begins with '\(scheme)', so that a link to its page would not "
          + "lead there; give it another name")
      return (chapter, problems + [clash])
    }
    return (chapter, problems)
  }

  /// What makes an address of its own of a name, such as `mailto:`.
  private static func scheme(of slug: String) -> Substring? {
    guard let colon = slug.firstIndex(of: ":"), colon > slug.startIndex else { return nil }
    let word = slug[..<colon].utf8
    let isScheme = word.allSatisfy { byte in
      (0x61...0x7A).contains(byte | 0x20) || (0x2B...0x39).contains(byte) && byte != 0x2F
    }
    return isScheme ? slug[...colon] : nil
  }

  private func parsed(
    _ bytes: [UInt8], _ path: String, _ files: IncludedFiles
  ) -> (Chapter?, [Diagnostic]) {
    func parse() -> BookMemory.ParsedChapter {
      let (chapter, diagnostics) = ChapterParser(files: files).parse(bytes: bytes, path: path)
      return BookMemory.ParsedChapter(chapter: chapter, diagnostics: diagnostics)
    }
    var parsed = memory?.chapters.value(named: path, of: bytes, make: parse) ?? parse()
    // What it shows of other files may change while it stays.
    if memory != nil, parsed.showsFiles { parsed = parse() }
    return (parsed.chapter, parsed.diagnostics)
  }

  private func settings(of folder: BookFolder) -> (BookSettings, [Diagnostic]) {
    guard folder.hasSettings else { return (BookSettings(), []) }
    let path = folder.file(BookFolder.settingsName)
    do {
      return BookSettingsParser().parse(bytes: try FileSystem.readText(path), path: path)
    } catch {
      let problem = Diagnostic(
        .error, .settingsNotReadable, at: SourceRange(file: path, line: 1),
        "settings cannot be read: \(error.reason)")
      return (BookSettings(), [problem])
    }
  }

  /// The chapters in the order of `book.yml`, where it gives one. Every chapter is in the list then:
  /// one that nobody sees by mistake is worse than a line to write.
  private func ordered(_ folder: BookFolder, by settings: BookSettings) -> ([String], [Diagnostic])
  {
    guard let order = settings.chapterOrder else { return (folder.chapterNames, []) }
    var problems: [Diagnostic] = []
    let present = Set(folder.chapterNames)
    var listed: Set<String> = []
    var names: [String] = []
    for entry in order {
      if present.contains(entry.value) {
        if listed.insert(entry.value).inserted { names.append(entry.value) }
        continue
      }
      if problems.count > Diagnostic.mostOfAFile { continue }
      let hint = nearest(to: entry.value, in: folder.chapterNames)
        .map { "; did you mean '\($0)'?" }
      problems.append(
        Diagnostic(
          .error, .unknownChapter, at: entry.range,
          "chapter '\(entry.value)' is not in folder '\(folder.path)'\(hint ?? "")"))
    }
    let settingsPath = folder.file(BookFolder.settingsName)
    for name in folder.chapterNames where !listed.contains(name) {
      problems.append(
        Diagnostic(
          .error, .unlistedChapter, at: SourceRange(file: folder.file(name), line: 1),
          "chapter '\(name)' is not among the chapters of '\(settingsPath)'; the list names all "
            + "of them, and 'draft: true' keeps one out of the site"))
    }
    return (names, problems.withoutTooMany)
  }
}
