import EngineBuilding
import HostSystem

/// Where a build keeps what it need not make twice. Deleting either folder costs time, nothing else.
package struct Caches: Hashable, Sendable {
  /// Results and formulas of one book, in its own folder.
  package var book: String
  /// The compiled engine, shared by all books of a user.
  package var engines: String

  /// What of the engines' folder is nnbook's to remove: the user may have named a folder that holds
  /// other things too.
  package var engineParts: [String] {
    ["engines", "live", "toolchains"].map { engines + "/" + $0 }
  }

  package static let bookName = ".nnbook"

  package init(
    book: String, environment: [String: String] = Environment.all
  ) {
    self.book = book + "/" + Self.bookName
    engines = EngineCache.folder(environment) ?? self.book + "/shared"
  }
}
