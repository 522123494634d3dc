import BookModel
import HostSystem

// Files of a book's folder that are not what their author may take them for.
extension BookFolder {
  private static let markdownEndings = [
    ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd", ".md",
  ]

  /// Chapters by another ending.
  func unreadNames(_ files: [String]) -> [Diagnostic] {
    files.filter { name in
      !name.hasPrefix(".") && !name.hasSuffix(".md")
        && Self.markdownEndings.contains { name.lowercased().hasSuffix($0) }
    }.map { name in
      Diagnostic(
        .warning, .chapterNotRead, at: SourceRange(file: file(name), line: 1),
        "file '\(name)' is not read; the name of a chapter ends in '.md'")
    }
  }

  func deadLinks(_ entries: [FileSystem.Entry]) -> [Diagnostic] {
    entries.filter {
      $0.name.hasSuffix(".md") && !$0.name.hasPrefix(".") && $0.kind == .other
        && FileSystem.status(file($0.name)) == nil
    }.map { entry in
      Diagnostic(
        .error, .chapterNotReadable, at: SourceRange(file: file(entry.name), line: 1),
        "chapter '\(entry.name)' is a link to a file that is not there")
    }
  }

  /// Folders below with chapters in them.
  func unreadFolders(_ entries: [FileSystem.Entry]) -> [Diagnostic] {
    // A book in the folder of a whole project has many folders beside it.
    guard path != "." else { return [] }
    let ours = [Self.dataName, Self.staticName, Self.themeName]
    return entries.compactMap { entry in
      guard entry.kind == .folder, !entry.name.hasPrefix("."), !ours.contains(entry.name)
      else { return nil }
      let names = FileSystem.names(in: file(entry.name)).filter { $0.hasSuffix(".md") }
      guard let first = names.first else { return nil }
      let others =
        names.count == 1
        ? "is not read" : "and \(names.count - 1) more of its folder are not read"
      return Diagnostic(
        .warning, .chapterNotRead,
        at: SourceRange(file: file("\(entry.name)/\(first)"), line: 1),
        "file '\(entry.name)/\(first)' \(others); chapters stand in '\(path)' itself")
    }
  }

  /// What other tools look for one folder above.
  func misplaced() -> [Diagnostic] {
    guard Path.name(of: path) == "chapters" else { return [] }
    let parent = Path.folder(of: path)
    let prefix = parent == "." ? "" : parent + "/"
    let here = (try? FileSystem.list(parent)) ?? []
    var problems: [Diagnostic] = []
    if !hasSettings, let settings = here.first(where: { Self.settingsNames.contains($0.name) }),
      settings.kind == .file
    {
      problems.append(
        Diagnostic(
          .warning, .settingsName,
          "settings '\(prefix + settings.name)' are not read; they stand beside the "
            + "chapters, as '\(file(Self.settingsName))'"))
    }
    for name in [Self.staticName, Self.themeName]
    where here.contains(where: { $0.name == name && $0.kind == .folder })
      && FileSystem.status(file(name)) == nil
    {
      problems.append(
        Diagnostic(
          .warning, .notBesideChapters,
          "folder '\(prefix + name)' is not read; it stands beside the chapters, as "
            + "'\(file(name))'"))
    }
    return problems
  }

  /// Names that people, or other machines, take for one another.
  func alikeNames() -> [Diagnostic] {
    var problems: [Diagnostic] = []
    var byLowercase: [String: String] = [:]
    var byNumber: [Substring: String] = [:]
    for name in chapterNames {
      let place = SourceRange(file: file(name), line: 1)
      if let other = byLowercase.updateValue(name, forKey: name.lowercased()) {
        problems.append(
          Diagnostic(
            .error, .chapterNamesAlike, at: place,
            "chapters '\(other)' and '\(name)' differ in capital letters alone, and many machines take "
              + "them for one file; give one another name"))
        continue
      }
      let number = name.prefix { $0.isASCII && $0.isNumber }.drop { $0 == "0" }
      if !number.isEmpty, let other = byNumber.updateValue(name, forKey: number) {
        problems.append(
          Diagnostic(
            .warning, .chapterNumbersAlike, at: place,
            "chapters '\(other)' and '\(name)' have one number, so their letters decide which comes "
              + "first"))
      }
    }
    if chapterNames.contains("README.md") {
      problems.append(
        Diagnostic(
          .warning, .readmeAsChapter, at: SourceRange(file: file("README.md"), line: 1),
          "'README.md' is a chapter of the book, as every file here that ends in '.md'; one that is "
            + "none stands outside of '\(path)'"))
    }
    return problems
  }
}
