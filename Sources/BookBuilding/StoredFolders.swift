import BookModel
import HostSystem

/// What `nnbook clean` removes: folders that nnbook made, and nothing beside them.
package struct StoredFolders: Sendable {
  /// Those that are there.
  package let paths: [String]

  package init(book: String, includingEngine: Bool) throws(DiagnosticError) {
    // A book without a chapter left may still have results.
    if FileSystem.kind(of: book) != .folder { _ = try BookFolder(book) }
    let caches = Caches(book: book)
    let candidates = [caches.book] + (includingEngine ? caches.engineParts : [])
    paths = candidates.filter { FileSystem.kind(of: $0) != nil }
  }

  /// The paths of what is gone.
  package func remove() throws(DiagnosticError) -> [String] {
    for path in paths {
      do throws(FileError) {
        try FileSystem.remove(path)
      } catch {
        throw DiagnosticError(
          Diagnostic(
            .error, .notRemovable, "'\(error.path)' cannot be removed: \(error.reason)"))
      }
    }
    return paths
  }
}
