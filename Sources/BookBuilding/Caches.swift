import Foundation

/// Where a build keeps what it need not make twice. Deleting either folder costs time, nothing else.
package struct Caches: Hashable, Sendable {
  /// Results of one book, in its own folder.
  package var results: String
  /// The compiled engine, shared by all books of a user.
  package var engine: String

  package static let resultsName = ".nnbook"

  package init(results: String, engine: String) {
    self.results = results
    self.engine = engine
  }

  /// `NNBOOK_CACHE` where it is set; else `.nnbook` in the book and the user's cache folder.
  package init(
    book: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    let inBook = book + "/" + Self.resultsName
    if let folder = environment["NNBOOK_CACHE"], !folder.isEmpty {
      self.init(results: inBook, engine: folder + "/engine")
    } else if let folder = environment["XDG_CACHE_HOME"], folder.hasPrefix("/") {
      self.init(results: inBook, engine: folder + "/nnbook/engine")
    } else if let home = environment["HOME"], home.hasPrefix("/") {
      self.init(results: inBook, engine: home + "/.cache/nnbook/engine")
    } else {
      self.init(results: inBook, engine: inBook + "/engine")
    }
  }
}
