import BookModel
import HostSystem

/// The files of a book as they lie in its folder; nothing of them is understood yet.
package struct BookFolder: Hashable, Sendable {
  /// As the user typed it, without a slash at the end.
  package var path: String
  /// File names of the chapters, in natural order: `2-loss.md` before `10-width.md`.
  package var chapterNames: [String]
  package var hasSettings: Bool
  /// What of it an author may believe to be read, or may not know to be.
  package var remarks: [Diagnostic]

  package static let settingsName = "book.yml"
  static let settingsNames: Set = [settingsName, "book.yaml"]
  package static let dataName = "data"
  /// Holds files that go to the site as they are.
  package static let staticName = "static"
  /// Holds the look that a book gives itself.
  package static let themeName = "theme"

  package init(_ path: String) throws(DiagnosticError) {
    var trimmed = Substring(path)
    while trimmed.count > 1, trimmed.last == "/" { trimmed.removeLast() }
    remarks = []
    self.path = trimmed.isEmpty ? "." : String(trimmed)
    let entries: [FileSystem.Entry]
    do {
      entries = try FileSystem.list(self.path)
    } catch {
      throw DiagnosticError(Self.unreadable(self.path, error))
    }
    let files = entries.filter { $0.kind == .file }.map(\.name)
    chapterNames = files.filter { $0.hasSuffix(".md") && !$0.hasPrefix(".") }
      .sorted(by: precedesNaturally)
    hasSettings = files.contains(Self.settingsName)
    if !hasSettings, files.contains("book.yaml") {
      throw DiagnosticError(
        Diagnostic(
          .error, .settingsName,
          "settings '\(file("book.yaml"))' are not read; the file is named book.yml"))
    }
    if chapterNames.isEmpty {
      throw DiagnosticError(
        Diagnostic(
          .error, .noChapters,
          "folder '\(self.path)' holds no chapters; "
            + (Self.holdsChapters(file("chapters"))
              ? "did you mean '\(file("chapters"))'?"
              : "a chapter is a file whose name ends in .md"),
          notes: unreadNames(files).map { .init($0.summary, range: $0.range) }))
    }
    remarks =
      unreadNames(files) + deadLinks(entries) + unreadFolders(entries) + misplaced()
      + alikeNames()
  }

  /// The path of one of the folder's files, as the author would type it.
  package func file(_ name: String) -> String { path == "." ? name : path + "/" + name }

  /// Paths below `static/` of the files that go to the site as they are.
  package var staticNames: [String] {
    ((try? FileSystem.everyFile(below: file(Self.staticName))) ?? []).filter {
      Path.name(of: $0) != ".DS_Store"
    }
  }

  /// Paths below `theme/` of the files that are not hidden.
  package var themeNames: [String] {
    ((try? FileSystem.everyFile(below: file(Self.themeName))) ?? []).filter {
      !$0.split(separator: "/").contains { $0.hasPrefix(".") }
    }
  }

  private static func holdsChapters(_ folder: String) -> Bool {
    ((try? FileSystem.list(folder)) ?? []).contains {
      $0.kind == .file && $0.name.hasSuffix(".md") && $0.name.first?.isNumber == true
    }
  }

  private static func unreadable(_ path: String, _ error: FileError) -> Diagnostic {
    if error.code == .notFolder {
      return Diagnostic(
        .error, .bookIsAFile, "'\(path)' is a file; a book is a folder of chapters")
    }
    if error.isAbsence {
      return Diagnostic(
        .error, .noSuchFolder,
        holdsChapters(".") && !path.contains("/")
          ? "no folder '\(path)' here; the chapters here are the book '.'"
          : "no folder '\(path)' here; a book is a folder of chapters ('nnbook init' makes one)")
    }
    return Diagnostic(
      .error, .folderNotReadable, "folder '\(path)' cannot be read: \(error.reason)")
  }
}

/// Runs of digits compare as numbers, all else by bytes.
func precedesNaturally(_ a: String, _ b: String) -> Bool {
  var x = Substring(a).utf8
  var y = Substring(b).utf8
  while let p = x.first, let q = y.first {
    if isDigit(p), isDigit(q) {
      let i = x.prefix(while: isDigit).drop { $0 == UInt8(ascii: "0") }
      let j = y.prefix(while: isDigit).drop { $0 == UInt8(ascii: "0") }
      if i.count != j.count { return i.count < j.count }
      if !i.elementsEqual(j) { return i.lexicographicallyPrecedes(j) }
      x = x.drop(while: isDigit)
      y = y.drop(while: isDigit)
    } else {
      if p != q { return p < q }
      x.removeFirst()
      y.removeFirst()
    }
  }
  if x.isEmpty != y.isEmpty { return x.isEmpty }
  // `01` and `1` are equal as numbers; the order of two names is never left open.
  return a.utf8.lexicographicallyPrecedes(b.utf8)
}

private func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
