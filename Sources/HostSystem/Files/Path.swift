/// The parts of a path of the file system.
package enum Path {
  /// `a/b` of `a/b/c`, `.` of `c`, `/` of `/c`.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// `c` of `a/b/c`.
  package static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// The folders above a path, the nearest first: `/a/b`, `/a` and `/` of `/a/b/c`.
  package static func folders(above path: String) -> [String] {
    var folders = [folder(of: path)]
    while let last = folders.last, last != "/", last != "." { folders.append(folder(of: last)) }
    return folders
  }
}
