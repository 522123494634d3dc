/// Digests of files, each with how its file looked then: one that looks the same is not read again.
///
/// What a file looks like is its size, its inode and its times. One of the times cannot be set by hand, so
/// that only a file that changes twice within a moment may pass for what it was; what changed just now is
/// therefore read each time.
package struct FileDigests: Hashable, Sendable {
  private struct Entry: Hashable {
    var look: Look
    var digest: String
  }

  private struct Look: Hashable {
    var size: Int
    var inode: UInt64
    var modified: Int
    var changed: Int
  }

  private let before: [String: Entry]
  private var now: [String: Entry] = [:]
  /// How many files had to be read.
  package private(set) var readCount = 0
  /// Whether the next one who knows these reads less than this one did.
  package private(set) var hasLearned = false

  /// Nanoseconds without a change after which the times of a file's next one are others.
  private let rest: Int

  package init(rest: Int = FileSystem.Status.rest) { self.init(after: [:], rest) }

  /// Knows what the other has learned.
  package init(after other: FileDigests) { self.init(after: other.now, other.rest) }

  private init(after entries: [String: Entry], _ rest: Int) {
    before = entries
    self.rest = rest
  }

  /// Nil where the file cannot be read.
  package mutating func digest(of path: String) -> String? {
    guard let status = FileSystem.status(path) else { return nil }
    let look = Look(
      size: status.size, inode: status.inode, modified: status.modified, changed: status.changed)
    if let known = before[path], known.look == look {
      now[path] = known
      return known.digest
    }
    readCount += 1
    guard let bytes = try? FileSystem.read(path) else { return nil }
    let digest = ContentHash.of(bytes)
    if status.hasRested(for: rest) {
      now[path] = Entry(look: look, digest: digest)
      hasLearned = true
    }
    return digest
  }
}

extension FileSystem.Status {
  /// Nanoseconds: what file systems take for one moment, and more.
  package static let rest = 3_000_000_000

  /// False for a file that changed just now: it may change again without its times showing it.
  package func hasRested(for nanoseconds: Int = rest) -> Bool {
    FileSystem.now() - max(modified, changed) > nanoseconds
  }
}

// MARK: - Keeping

extension FileDigests {
  package func write(to writer: inout ByteWriter) {
    writer.write(each: now.sorted { $0.key < $1.key }) { writer, file in
      writer.write(file.key)
      let look = file.value.look
      for number in [look.size, Int(bitPattern: UInt(look.inode)), look.modified, look.changed] {
        writer.write(number)
      }
      writer.write(file.value.digest)
    }
  }

  package init(
    from reader: inout ByteReader, rest: Int = FileSystem.Status.rest
  ) throws(ByteReader.Malformed) {
    self.init(rest: rest)
    let files = try reader.each { reader throws(ByteReader.Malformed) in
      (
        path: try reader.text(),
        entry: Entry(
          look: Look(
            size: try reader.number(), inode: UInt64(UInt(bitPattern: try reader.number())),
            modified: try reader.number(), changed: try reader.number()),
          digest: try reader.text())
      )
    }
    now = Dictionary(files.map { ($0.path, $0.entry) }, uniquingKeysWith: { $1 })
  }
}
