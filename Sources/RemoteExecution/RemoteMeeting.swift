#if Remote
  import GRPCCore

  /// The connection to a server that has said what it can do.
  actor RemoteMeeting {
    struct Server: Sendable {
      var connection: RemoteConnection
      var contents: RemoteContents
    }

    private let request: RemoteRequest
    private var connection: RemoteConnection?
    private var meeting: Task<Server, any Error>?

    init(_ request: RemoteRequest) { self.request = request }

    /// The first that asks meets it; all others wait for that. Another try follows one that failed.
    func server() async throws -> Server {
      if let meeting { return try await meeting.value }
      let connection = try self.connection ?? RemoteConnection(request)
      self.connection = connection
      let meeting = Task { try await Self.meet(connection) }
      self.meeting = meeting
      do {
        return try await meeting.value
      } catch {
        self.meeting = nil
        throw error
      }
    }

    func end() async {
      await connection?.close()
      connection = nil
      meeting = nil
    }

    private static func meet(_ connection: RemoteConnection) async throws -> Server {
      let can = try await connection.capabilities(seconds: 10)
      guard can.hasExecutionCapabilities, can.executionCapabilities.execEnabled else {
        throw RPCError(code: .unimplemented, message: "it runs no commands")
      }
      let functions =
        can.cacheCapabilities.digestFunctions + can.executionCapabilities.digestFunctions
        + [can.executionCapabilities.digestFunction]
      guard functions.contains(.sha256) else {
        throw RPCError(
          code: .unimplemented, message: "it names contents by other digests than SHA-256")
      }
      // No message may be longer than 4 MiB where nothing else is agreed upon.
      let most = Int(can.cacheCapabilities.maxBatchTotalSizeBytes)
      let batch = min(most > 0 ? most : .max, 3 << 20)
      return Server(
        connection: connection, contents: RemoteContents(connection, batch: max(1024, batch)))
    }
  }
#endif
