import BookModel

/// The site as the last build left it, held in memory, and the pages that wait for the next one.
package actor ServedSite {
  package struct Update: Hashable, Sendable {
    /// Grows by one with every build.
    package var version: Int
    /// Paths of the files that the build changed.
    package var changed: [String]
    /// Printed diagnostics of the build; empty where it has none.
    package var problems: String
    /// Of cells whose results are not theirs, by the page's path.
    package var states: [String: CellStates] = [:]
    /// For an editor in the page.
    package var edited = EditorNews()
  }

  /// One of two servers tells its versions from those of the other.
  nonisolated let run = String(UInt64.random(in: 0 ... .max), radix: 36)
  package private(set) var files: [String: [UInt8]] = [:]
  package private(set) var latest = Update(version: 0, changed: [], problems: "")
  /// The latest results of each chapter, by slug, also of chapters that have errors now.
  package private(set) var known: [String: KnownResults] = [:]
  /// Version of the last change of each file that there is or was.
  private var changedAt: [String: Int] = [:]
  private var readers: [Int: AsyncStream<Update>.Continuation] = [:]
  private var nextReader = 0
  private var latestRound = 0

  package init() {}

  /// Takes the result of a build; without files (the book has errors) the pages stay as they were.
  /// False, and nothing taken, where a later round has been published already.
  @discardableResult
  package func publish(
    _ new: [String: [UInt8]]?, problems: String, states: [String: CellStates] = [:],
    edited: EditorNews = EditorNews(), round: Int = .max
  ) -> Bool {
    if round < latestRound { return false }
    latestRound = round == .max ? latestRound : round
    var changed: [String] = []
    if let new {
      changed = Set(new.keys).union(files.keys).filter { new[$0] != files[$0] }.sorted()
      files = new
    }
    let update = Update(
      version: latest.version, changed: latest.changed, problems: problems, states: states,
      edited: edited)
    if changed.isEmpty, update == latest, latest.version > 0 { return true }
    latest = update
    latest.version += 1
    latest.changed = changed
    for path in changed { changedAt[path] = latest.version }
    for reader in readers.values { reader.yield(latest) }
    return true
  }

  /// The latest update at once, then every one that follows.
  /// - Parameter version: that the reader has; the first update tells of all that changed since.
  package func updates(since version: Int? = nil) -> AsyncStream<Update> {
    let (stream, continuation) = AsyncStream<Update>.makeStream()
    let reader = nextReader
    nextReader += 1
    readers[reader] = continuation
    continuation.onTermination = { _ in Task { await self.leave(reader) } }
    var first = latest
    if let version { first.changed = changedAt.filter { $0.value > version }.keys.sorted() }
    continuation.yield(first)
    return stream
  }

  package func remember(_ new: [String: KnownResults]) { known.merge(new) { $1 } }

  private func leave(_ reader: Int) { readers[reader] = nil }
}
