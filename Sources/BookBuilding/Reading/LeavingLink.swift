import BookModel
import HostSystem

/// A file of a book that is a symbolic link, or lies behind one, and is in truth somewhere else on the
/// machine. A book that came from somebody must not carry the reader's own files onto its pages.
struct LeavingLink: Hashable {
  /// As the book calls it.
  var path: String
  /// Where it leads.
  var target: String

  /// Nil for what is a file of the book, or nothing.
  init?(_ path: String, book: String) {
    let root = FileSystem.resolved(book)
    // What the user named may lie behind links of the user's own.
    let written = path.hasPrefix(book + "/") ? root + path.dropFirst(book.count) : path
    guard let target = FileSystem.realPath(path), target != Self.plain(written),
      !Self.isWithin(target, root)
    else { return nil }
    self.path = path
    self.target = target
  }

  /// From the root of the disk, without `..`; links stay what they are.
  private static func plain(_ path: String) -> String {
    var parts: [Substring] = []
    let whole = path.hasPrefix("/") ? path : FileSystem.resolved(".") + "/" + path
    for part in whole.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  private static func isWithin(_ path: String, _ folder: String) -> Bool {
    path == folder || path.hasPrefix(folder == "/" ? "/" : folder + "/")
  }

  func diagnostic(at range: SourceRange?) -> Diagnostic {
    Diagnostic(
      .error, .linkLeavesBook, at: range,
      "'\(path)' is a symbolic link that leads out of the book, to '\(target)'; copy what the book "
        + "needs into its folder")
  }

  /// Of the chapters, the settings and the data of a book.
  static func all(in folder: BookFolder) -> [LeavingLink] {
    let own = folder.chapterNames + (folder.hasSettings ? [BookFolder.settingsName] : [])
    let data = folder.file(BookFolder.dataName)
    let links = FileSystem.isFolder(data) ? ((try? FileSystem.everyFile(below: data)) ?? []) : []
    // What is no link, and lies in the book's own folder, is where it seems to be.
    let isApart = FileSystem.isLink(data)
    let found = links.map { data + "/" + $0 }
    return
      (own.map(folder.file).filter(FileSystem.isLink)
      + (isApart ? [data] + found : found.filter(FileSystem.isLink)))
      .compactMap { LeavingLink($0, book: folder.path) }
  }
}
