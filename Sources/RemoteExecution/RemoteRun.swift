#if Remote
  import BookModel
  import GRPCCore
  import Synchronization

  /// One command on its way: asked for, run, and fetched, again where the server was away meanwhile.
  struct RemoteRun: Sendable {
    private let action: RemoteAction
    private let tree: RemoteTree
    private let meeting: RemoteMeeting

    init(_ action: RemoteAction, _ tree: RemoteTree, _ meeting: RemoteMeeting) {
      self.action = action
      self.tree = tree
      self.meeting = meeting
    }

    /// Seconds before the next try; a server that starts anew has some ten.
    private static let pauses = [0.2, 0.4, 0.8, 1.6, 3.2, 5]
    /// What a server may lose while it works, or damage.
    private static let mostLosses = 3

    func result() async -> Result<RemoteOutcome, RemoteFailure> {
      var pauses = Self.pauses[...]
      var losses = 0
      var skipsCache = action.isFresh
      while true {
        do {
          return .success(try await attempt(skipsCache: skipsCache))
        } catch let error as RPCError {
          if Task.isCancelled { return .failure(.cancelled) }
          // Who it is does not change in some seconds.
          if RemoteTrouble(error).isLasting { return .failure(RemoteTrouble(error).failure) }
          switch error.code {
          case .unavailable, .resourceExhausted, .aborted:
            guard let pause = pauses.popFirst() else {
              return .failure(RemoteTrouble(error).failure)
            }
            try? await meeting.server().contents.forget()
            try? await Task.sleep(for: .seconds(pause))
          case .failedPrecondition, .notFound:
            losses += 1
            guard losses < Self.mostLosses else { return .failure(RemoteTrouble(error).failure) }
            skipsCache = true
            try? await meeting.server().contents.forget()
          default: return .failure(RemoteTrouble(error).failure)
          }
        } catch is RemoteContents.Damage {
          losses += 1
          // What the action cache names may be damaged; a new run gives new contents.
          guard losses < Self.mostLosses else {
            return .failure(
              .failed("it sends other contents than the digests say for what a command left"))
          }
          skipsCache = true
        } catch is RemoteContents.Excess {
          return .failure(
            .failed("a command left more than \(RemoteContents.largest >> 20) MiB there"))
        } catch {
          if Task.isCancelled || error is CancellationError { return .failure(.cancelled) }
          return .failure(.failed("\(error)"))
        }
        if Task.isCancelled { return .failure(.cancelled) }
      }
    }

    private func attempt(skipsCache: Bool) async throws -> RemoteOutcome {
      let server = try await meeting.server()
      var skipsCache = skipsCache
      if !skipsCache, let known = try await known(to: server.connection) {
        if let outcome = try await outcome(of: known, at: server) { return outcome }
        skipsCache = true
      }
      try await server.contents.ensure(tree.contents)
      let response = try await execute(at: server.connection, skipsCache: skipsCache)
      let status = response.status
      if status.code == Int32(RPCError.Code.deadlineExceeded.rawValue) {
        // What was said until then tells which cell it was.
        var outcome = try? await outcome(of: response.result, at: server)
        outcome?.exitCode = nil
        return outcome ?? RemoteOutcome(exitCode: nil)
      }
      guard status.code == 0 else { throw RPCError(status) }
      guard let outcome = try await outcome(of: response.result, at: server) else {
        throw RPCError(code: .notFound, message: "it lacks what a command left")
      }
      return outcome
    }

    private func known(to connection: RemoteConnection) async throws -> Messages.ActionResult? {
      do {
        return try await connection.result(of: tree.action)
      } catch let error as RPCError where [.notFound, .unimplemented].contains(error.code) {
        return nil
      }
    }

    /// A command whose build was cancelled is not waited for, by us or by the server.
    private func execute(
      at connection: RemoteConnection, skipsCache: Bool
    ) async throws -> Messages.ExecuteResponse {
      let name = Name()
      do {
        return try await connection.execute(tree.action, skipsCache: skipsCache) { operation in
          name.text.withLock { $0 = operation }
        }
      } catch {
        let operation = name.text.withLock(\.self)
        if Task.isCancelled, !operation.isEmpty {
          await Task.detached { try? await connection.cancel(operation) }.value
        }
        throw error
      }
    }

    private final class Name: Sendable {
      let text = Mutex("")
    }

    /// Nil where the server no longer has what the command left.
    private func outcome(
      of result: Messages.ActionResult, at server: RemoteMeeting.Server
    ) async throws -> RemoteOutcome? {
      var outcome = RemoteOutcome(exitCode: result.exitCode)
      outcome.output = Array(result.stdoutRaw)
      outcome.error = Array(result.stderrRaw)
      var files: [String: RemoteDigest] = [:]
      for file in result.outputFiles where action.outputs.contains(file.path) {
        let digest = RemoteDigest(file.digest)
        if file.contents.isEmpty {
          files[file.path] = digest
        } else {
          let bytes = Array(file.contents)
          guard digest.fits(bytes) else { throw RemoteContents.Damage() }
          outcome.files[file.path] = bytes
        }
      }
      let output = result.stdoutRaw.isEmpty && result.hasStdoutDigest
      let error = result.stderrRaw.isEmpty && result.hasStderrDigest
      var wanted = Array(files.values)
      if output { wanted.append(RemoteDigest(result.stdoutDigest)) }
      if error { wanted.append(RemoteDigest(result.stderrDigest)) }
      let found: [RemoteDigest: [UInt8]]
      do {
        found = try await server.contents.fetch(wanted)
      } catch let error as RPCError where error.code == .notFound {
        return nil
      }
      for (path, digest) in files { outcome.files[path] = found[digest] }
      if output { outcome.output = found[RemoteDigest(result.stdoutDigest)] ?? [] }
      if error { outcome.error = found[RemoteDigest(result.stderrDigest)] ?? [] }
      return outcome
    }
  }
#endif
