import BookModel
import HostSystem

/// How one file of the output folder is not what the chapters give.
package enum SiteDifference: Hashable, Sendable {
  case missing(String)
  /// Line of the first byte that differs.
  case changed(String, line: Int)
  /// Written by an earlier build; the chapters no longer give it.
  case extra(String)

  /// Every difference, sorted by path.
  static func all(in folder: SiteFolder, from files: [String: SiteFile]) throws(FileError)
    -> [SiteDifference]
  {
    let present = Set(folder.files)
    var differences: [SiteDifference] = []
    for path in Set(files.keys).union(present).sorted() {
      guard let file = files[path] else {
        differences.append(.extra(path))
        continue
      }
      guard present.contains(path) else {
        differences.append(.missing(path))
        continue
      }
      let place = folder.path + "/" + path
      if case .staged(let staged) = file, FileSystem.areOne(staged, place) { continue }
      let (found, wanted) = (try FileSystem.read(place), try file.read())
      if found != wanted { differences.append(.changed(path, line: firstLine(found, wanted))) }
    }
    return differences
  }

  package var path: String {
    switch self {
    case .missing(let path), .changed(let path, _), .extra(let path): path
    }
  }

  /// As `nnbook build --check` reports it.
  package func diagnostic(output: String) -> Diagnostic {
    let file = output + "/" + path
    return switch self {
    case .missing:
      Diagnostic(.error, .siteDiffers, "'\(file)' is missing; 'nnbook build' writes it")
    case .changed(_, let line):
      Diagnostic(
        .error, .siteDiffers, at: SourceRange(file: file, line: line),
        "page is not what the chapters give from here on; 'nnbook build' writes it anew")
    case .extra:
      Diagnostic(
        .error, .siteDiffers, "'\(file)' is left from an earlier build; 'nnbook build' removes it"
      )
    }
  }

  private static func firstLine(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var line = 1
    for (x, y) in zip(a, b) {
      if x != y { break }
      if x == UInt8(ascii: "\n") { line += 1 }
    }
    return line
  }
}
