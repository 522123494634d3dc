import BookModel
import HostSystem

/// A file of the book's `data/` folder that a chapter may read.
struct DataFile: Hashable, Sendable {
  /// Relative to `data/`.
  var name: String
  /// Absolute.
  var path: String

  /// The files that the cells of a chapter name. A chapter sees these and no others, so a change of
  /// another file cannot change its results.
  ///
  /// A cell names a file by its path below `data/`, or by the last part of it; one that says
  /// `data/` without naming a file of it, because it puts the name together, sees all.
  static func named(by chapter: Chapter, in book: String) -> [DataFile] {
    let folder = book + "/data"
    let code = chapter.cells.map(\.code) + chapter.inlineValues.map(\.expression)
    let all = FileSystem.files(below: folder).map { DataFile(name: $0, path: folder + "/" + $0) }
    if all.isEmpty { return [] }
    let named = all.filter { file in code.contains { $0.contains(Path.name(of: file.name)) } }
    let putsTogether = code.contains { code in
      code.ranges(of: "data/").contains { range in
        !all.contains { code[range.upperBound...].hasPrefix($0.name) }
      }
    }
    return putsTogether ? all : named
  }

  /// Paths below `data/` that a cell names and the book does not have, with the nearest it has.
  static func missing(from cell: Cell, in book: String) -> [(name: String, nearest: String?)] {
    let all = FileSystem.files(below: book + "/data")
    return cell.code.ranges(of: "\"data/").compactMap { range in
      let name = cell.code[range.upperBound...].prefix { $0 != "\"" && $0 != "\n" && $0 != "\\" }
      let isWhole = name.endIndex < cell.code.endIndex && cell.code[name.endIndex] == "\""
      guard isWhole, !name.isEmpty, !all.contains(String(name)) else { return nil }
      return (String(name), nearest(to: String(name), in: all))
    }
  }
}
