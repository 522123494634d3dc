import Foundation

/// The files of this repository, for tests of rules that hold for all of them.
public enum Repository {
  public static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Paths relative to the root, in order, of the files below a folder whose names end so.
  public static func files(below folder: String, endings: [String]) -> [String] {
    let start = root.appending(path: folder)
    guard let all = FileManager.default.enumerator(atPath: start.path) else { return [] }
    return all.compactMap { $0 as? String }
      .filter { path in endings.contains { path.hasSuffix($0) } }
      .map { folder + "/" + $0 }.sorted()
  }

  public static func text(of path: String) throws -> String {
    String(decoding: try Data(contentsOf: root.appending(path: path)), as: UTF8.self)
  }
}
