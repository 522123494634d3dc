import Glibc

/// A folder that nnbook made within a book, and marked as a thing that can be made anew. A book may
/// come from anywhere, so that no link in it is followed: neither the folder itself nor one below it
/// leads elsewhere.
package struct StoreFolder: Hashable, Sendable {
  package let path: String

  package init(_ path: String) { self.path = path }

  /// The mark that backup programs know (https://bford.info/cachedir).
  private static let markName = "CACHEDIR.TAG"
  private static let mark = """
    Signature: 8a477f597d28d172789f06886806bc55
    # What nnbook stores of this book. It is made anew where it is missing.

    """

  /// A path within it, unless a link or a file stands on the way.
  package func place(_ folders: [String], _ name: String) -> String? {
    var place = path
    for folder in folders.map({ Optional($0) }) + [nil] {
      var status = stat()
      if lstat(place, &status) == 0, status.st_mode & S_IFMT != S_IFDIR { return nil }
      if let folder { place += "/" + folder }
    }
    return place + "/" + name
  }

  /// Makes the folders that are missing; a path within them.
  package func made(_ folders: [String], _ name: String) throws(FileError) -> String {
    guard let place = place(folders, name) else {
      throw FileError(path: path, code: .notFolder)
    }
    if FileSystem.status(path, followingLinks: false) == nil {
      try FileSystem.makeFolder(path)
    }
    if !isMarked { try FileSystem.write(Self.mark, to: path + "/" + Self.markName) }
    try FileSystem.makeFolder(Path.folder(of: place))
    return place
  }

  /// Whether nnbook made it.
  package var isMarked: Bool {
    let bytes = try? FileSystem.read(path + "/" + Self.markName, followingLinks: false)
    return bytes.map { $0.starts(with: Self.mark.utf8.prefix(43)) } ?? false
  }

  /// Regular files two folders deep whose names fit, such as `results/ab/abcd`.
  package func files(
    in folder: String, _ fits: (_ folder: String, _ name: String) -> Bool
  ) -> [String] {
    guard isMarked, place([folder], "") != nil else { return [] }
    let root = path + "/" + folder
    return FileSystem.names(in: root).flatMap { part -> [String] in
      guard FileSystem.status(root + "/" + part, followingLinks: false)?.kind == .folder else {
        return []
      }
      return FileSystem.names(in: root + "/" + part).filter { fits(part, $0) }
        .map { root + "/" + part + "/" + $0 }
        .filter { FileSystem.status($0, followingLinks: false)?.kind == .file }
    }
  }

  /// Removes what builds left half-written that were killed, in whatever folder.
  package func removeAbandonedParts() {
    guard isMarked, place([], "") != nil else { return }
    var folders = [path]
    while let folder = folders.popLast() {
      for name in FileSystem.names(in: folder) {
        let entry = folder + "/" + name
        switch FileSystem.status(entry, followingLinks: false)?.kind {
        case .folder: folders.append(entry)
        case .file where FileSystem.isAbandonedPart(entry): FileSystem.discard(entry)
        default: continue
        }
      }
    }
  }
}
