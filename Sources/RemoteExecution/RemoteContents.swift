#if Remote
  import BookModel
  import GRPCCore
  import HostSystem

  /// What the server holds, as far as this build knows. Many chapters need the same, which is sent once.
  actor RemoteContents {
    private let connection: RemoteConnection
    private let batch: Int
    private var known: Set<RemoteDigest> = []
    private var onTheirWay: [RemoteDigest: Task<Void, any Error>] = [:]

    /// - Parameter batch: bytes that the server takes in one message.
    init(_ connection: RemoteConnection, batch: Int) {
      self.connection = connection
      self.batch = batch
    }

    /// Sends what the server does not have.
    func ensure(_ contents: [RemoteDigest: RemoteAction.Content]) async throws {
      let new = contents.filter { !known.contains($0.key) && onTheirWay[$0.key] == nil }
      var waits = Set(contents.keys.compactMap { onTheirWay[$0] })
      if !new.isEmpty {
        // Of nobody's task: another chapter may wait for it when this one is cancelled.
        let sending = Task { [connection, batch] in
          try await Self.send(new, over: connection, batch: batch)
        }
        for digest in new.keys { onTheirWay[digest] = sending }
        waits.insert(sending)
        let result = await sending.result
        for digest in new.keys { onTheirWay[digest] = nil }
        if case .success = result { known.formUnion(new.keys) }
      }
      for sending in waits { try await sending.value }
    }

    /// For a server that came back, and may have come back with nothing.
    func forget() { known = [] }

    private static func send(
      _ contents: [RemoteDigest: RemoteAction.Content], over connection: RemoteConnection,
      batch: Int
    ) async throws {
      var missing: [RemoteDigest] = []
      let all = Array(contents.keys)
      for start in stride(from: 0, to: all.count, by: 4096) {
        missing += try await connection.missing(
          of: Array(all[start..<min(start + 4096, all.count)]))
      }
      for group in groups(missing.filter { $0.size <= batch }, batch: batch) {
        try await connection.upload(
          group.map { ($0, try bytes(of: contents[$0], digest: $0)) })
      }
      for digest in missing where digest.size > batch {
        try await connection.upload(large: digest, bytes(of: contents[digest], digest: digest))
      }
    }

    private static func bytes(
      of content: RemoteAction.Content?, digest: RemoteDigest
    ) throws -> [UInt8] {
      switch content {
      case .bytes(let bytes)?: return bytes
      case .file(let path)?:
        let bytes = try FileSystem.read(path)
        guard digest.fits(bytes) else {
          throw RPCError(code: .failedPrecondition, message: "'\(path)' changes during the build")
        }
        return bytes
      case nil:
        throw RPCError(code: .internalError, message: "it asks for what it was not told of")
      }
    }

    /// What the digests name, each held against its own.
    nonisolated func fetch(_ digests: [RemoteDigest]) async throws -> [RemoteDigest: [UInt8]] {
      guard digests.allSatisfy({ (0...Self.largest).contains($0.size) }) else { throw Excess() }
      var found: [RemoteDigest: [UInt8]] = [:]
      for digest in digests where digest.size == 0 { found[digest] = [] }
      let wanted = Set(digests.filter { $0.size > 0 })
      for group in Self.groups(wanted.filter { $0.size <= batch }, batch: batch) {
        for (digest, bytes) in try await connection.download(group) { found[digest] = bytes }
      }
      for digest in wanted where digest.size > batch {
        found[digest] = try await connection.download(large: digest)
      }
      for digest in digests {
        guard let bytes = found[digest] else {
          throw RPCError(code: .notFound, message: "it lacks what a command left")
        }
        guard digest.fits(bytes) else { throw Damage() }
      }
      return found
    }

    /// Bytes of one thing that a command leaves: as much as a tool may say on this machine.
    static let largest = 256 << 20

    /// A content that would be larger.
    struct Excess: Error {}

    /// A content that is not what its digest says.
    struct Damage: Error {}

    /// Each fits into one message, with some room for names.
    private static func groups(
      _ digests: some Sequence<RemoteDigest>, batch: Int
    ) -> [[RemoteDigest]] {
      var groups: [[RemoteDigest]] = []
      var size = batch
      for digest in digests {
        let needed = digest.size + 200
        if size + needed > batch || groups[groups.count - 1].count >= 1000 {
          groups.append([])
          size = 0
        }
        groups[groups.count - 1].append(digest)
        size += needed
      }
      return groups
    }
  }
#endif
