import Foundation

extension OpenFile.Kind {
  /// What a file is to a book; nil for one that is no part of any, such as a README, whose code nobody
  /// wants to have run when it is saved.
  ///
  /// - Parameters:
  ///   - path: as the author would type it; absolute where it is not below the root.
  ///   - root: where the author stands.
  init?(of path: String, root: String) {
    let parts = path.split(separator: "/")
    guard let name = parts.last else { return nil }
    if name == "book.yml" {
      self = .settings
      return
    }
    guard name.hasSuffix(".md") else { return nil }
    // As a build finds them: in the folder that it takes unless it is told another, and by their numbers.
    let isChapter =
      parts.dropLast().last == "chapters" || name.first?.isNumber == true
      || Self.exists("book.yml", beside: path)
      || !path.hasPrefix("/") && !Self.exists("chapters", beside: root + "/.")
    guard isChapter else { return nil }
    self = .chapter
  }

  private static func exists(_ name: String, beside path: String) -> Bool {
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    return FileManager.default.fileExists(atPath: folder + name)
  }
}
