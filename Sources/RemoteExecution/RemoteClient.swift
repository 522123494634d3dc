#if Remote
  import BookModel
  import Dispatch
  import GRPCCore
  import Synchronization

  /// Runs commands on the machines behind one address, by the Remote Execution API, version 2. What a
  /// command gave is asked for first; then what it needs is sent, as far as it is missing, and it is run.
  package final class RemoteClient: RemoteExecutor {
    private let request: RemoteRequest
    private let digests = FileDigests()
    private let meeting: RemoteMeeting

    package var address: String { request.address.text }

    package init(_ request: RemoteRequest) {
      self.request = request
      meeting = RemoteMeeting(request)
    }

    /// Leaves the server.
    package func finish() async { await meeting.end() }

    package func run(
      _ action: RemoteAction, isCancelled: @Sendable () -> Bool
    ) throws(RemoteFailure) -> RemoteOutcome {
      let tree: RemoteTree
      do {
        tree = try RemoteTree(action, platform: request.platform, digests)
      } catch {
        throw .failed("what a command needs cannot be read: \(error)")
      }
      let answer = Answer()
      let task = Task { [meeting] in
        let result = await RemoteRun(action, tree, meeting).result()
        answer.result.withLock { $0 = result }
        answer.isThere.signal()
      }
      while answer.isThere.wait(timeout: .now() + .milliseconds(50)) == .timedOut {
        if isCancelled() { task.cancel() }
      }
      guard let result = answer.result.withLock(\.self) else { throw .cancelled }
      return try result.get()
    }

    private final class Answer: Sendable {
      let isThere = DispatchSemaphore(value: 0)
      let result = Mutex<Result<RemoteOutcome, RemoteFailure>?>(nil)
    }
  }
#endif
