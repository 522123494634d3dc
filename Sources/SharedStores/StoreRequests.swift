import HostSystem
import Synchronization

/// Sends requests and collects their answers, each up to so many bytes, over a few connections that are
/// kept. Does not follow redirections: a store does not send its clients, and what proves who they are,
/// elsewhere.
final class StoreRequests: Sendable {
  struct Request: Sendable {
    var url: String
    var headers: [String]
    /// What is to be put there; nil for a request that gets.
    var content: [UInt8]?
  }

  struct Answer: Sendable {
    var status: Int
    var body: [UInt8]
  }

  enum Failure: Error, Sendable {
    /// No whole answer came in time.
    case noAnswer
    /// No machine has the name that the address gives, or none has the proxy's.
    case unknownName(ofProxy: Bool)
    /// Nobody takes connections there.
    case nobodyListens
    case noTLS
    /// The answer is longer than what was asked for can be.
    case tooLong(begins: [UInt8])
    case untrusted(Certificate)
  }

  /// What is wrong with a server's certificate.
  enum Certificate: Sendable {
    case expired, ofAnotherServer
    /// Of nobody whom this machine trusts.
    case unknown
  }

  private struct Job: Sendable {
    var request: Request
    var limit: Int
    var continuation: CheckedContinuation<Result<Answer, Failure>, Never>
  }

  private struct State {
    /// Whoever gets waits for it; what is put goes beside the work.
    var gets: [Job] = []
    var puts: [Job] = []
    var threads = 0
    var idle: [StoreConnection] = []
    var hasEnded = false
  }

  private let state = Mutex(State())
  private let deadline: Double
  private let authorities: String?

  private static let mostConnections = 8

  /// - Parameters:
  ///   - deadline: seconds for an answer to begin, and between parts of one; six times as many for all
  ///     of it.
  ///   - authorities: a file of certificates to trust; nil for those of the system.
  init(deadline: Double, authorities: String?) {
    self.deadline = deadline
    self.authorities = authorities
    StoreConnection.prepare()
  }

  /// - Parameter limit: bytes of the answer's body; a longer one is not read to its end.
  func send(_ request: Request, limit: Int) async -> Result<Answer, Failure> {
    await withCheckedContinuation { continuation in
      let job = Job(request: request, limit: limit, continuation: continuation)
      let starts = state.withLock { state in
        if request.content == nil { state.gets.append(job) } else { state.puts.append(job) }
        guard state.threads < Self.mostConnections else { return false }
        state.threads += 1
        return true
      }
      if starts { startThread { self.work() } }
    }
  }

  /// On a thread of its own, until there is nothing more to do.
  private func work() {
    var connection: StoreConnection?
    while true {
      let job = state.withLock { state -> Job? in
        if let job = state.gets.popLast() ?? state.puts.popLast() {
          if connection == nil { connection = state.idle.popLast() }
          return job
        }
        state.threads -= 1
        if let connection, !state.hasEnded { state.idle.append(connection) }
        return nil
      }
      guard let job else { return }
      let own = connection ?? StoreConnection()
      connection = own
      job.continuation.resume(
        returning: own.perform(
          job.request, limit: job.limit, deadline: deadline, authorities: authorities))
    }
  }

  /// Closes the connections.
  func end() {
    state.withLock { state in
      state.hasEnded = true
      state.idle = []
    }
  }
}
