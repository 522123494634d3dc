import BookModel
import HostSystem

/// The output folder as it stands: what nnbook wrote there, and what it did not.
///
/// A list of the files written lies in the folder itself, so that a later build knows its own, also
/// in a fresh clone of a repository that the site is committed to.
package struct SiteFolder: Sendable {
  /// Name of the list within the folder.
  package static let listName = ".nnbook-files"

  /// Name of a folder within it that holds new files for a moment, where the whole cannot be swapped.
  static let stagingName = ".nnbook-new"

  /// As the user typed it, for messages.
  package var name: String
  /// With links followed: where the folder really is.
  package var path: String
  package var exists: Bool
  /// Relative paths of the files that the folder holds, the list itself among them, sorted.
  package var files: [String]
  /// Files of the host that publishes the site, which stay where they are.
  package var kept: [String]

  private static let ofHost: Set<String> = [".nojekyll", "CNAME"]

  /// Looks, changes nothing. Throws where the folder is no folder, cannot be read, or holds files
  /// that are not nnbook's to replace.
  package init(_ name: String) throws(DiagnosticError) {
    self.name = name
    path = Self.place(of: name)
    exists = FileSystem.kind(of: path) != nil
    files = []
    kept = []
    guard exists else { return }
    guard FileSystem.kind(of: path) == .folder else {
      throw DiagnosticError(
        Diagnostic(.error, .outputIsAFile, "output '\(name)' is a file; the site is a folder"))
    }
    do {
      files = try FileSystem.everyFile(below: path).filter { !$0.hasPrefix(Self.stagingName + "/") }
    } catch {
      throw DiagnosticError(
        Diagnostic(
          .error, .outputNotReadable, "output '\(name)' cannot be read: \(error.reason)"))
    }
    let foreign = Set(files).subtracting(listed()).subtracting(Self.ofHost).sorted()
    guard foreign.isEmpty else { throw DiagnosticError(Self.refusal(of: name, foreign: foreign)) }
    kept = Self.ofHost.subtracting(listed()).intersection(files).sorted()
    files.removeAll(where: kept.contains)
  }

  /// Text of the list for these files.
  package static func list(of files: some Sequence<String>) -> String {
    "# Files of this site that nnbook wrote and may replace or remove\n"
      + files.sorted().map { $0 + "\n" }.joined()
  }

  private func listed() -> Set<String> {
    guard let bytes = try? FileSystem.read(path + "/" + Self.listName) else { return [] }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    return Set(lines.filter { !$0.hasPrefix("#") }.map(String.init)).union([Self.listName])
  }

  private static func refusal(of name: String, foreign: [String]) -> Diagnostic {
    let others = foreign.count - 1
    let more = others == 0 ? "" : others == 1 ? " and 1 other file" : " and \(others) other files"
    return Diagnostic(
      .error, .foreignFiles,
      "output '\(name)' holds '\(foreign[0])'\(more) that nnbook did not write; the output is "
        + "an empty or new folder, or one that nnbook wrote (nothing was changed)")
  }

  /// Where a folder really is that the user typed so.
  static func place(of name: String) -> String {
    FileSystem.resolved(withoutTrailingSlashes(name))
  }

  private static func withoutTrailingSlashes(_ path: String) -> String {
    var path = Substring(path)
    while path.count > 1, path.last == "/" { path.removeLast() }
    return String(path)
  }
}
