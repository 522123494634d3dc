import Synchronization

/// What cells look like, while a book is changed: of a chapter's cells a change touches one.
final class KnownLines: Sendable {
  private let lines = Mutex<[String: [HTML]]>([:])
  /// Of more cells than this nothing is kept but the latest.
  private static let most = 1000

  func lines(of code: String) -> [HTML]? { lines.withLock { $0[code] } }

  func add(_ new: [HTML], of code: String) {
    lines.withLock { lines in
      if lines.count >= Self.most { lines.removeAll() }
      lines[code] = new
    }
  }
}
