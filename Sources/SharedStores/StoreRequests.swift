import CCurl
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
    /// The answer is longer than what was asked for can be.
    case tooLong
    /// The server's certificate is of nobody whom this machine trusts, or is another server's.
    case untrusted
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
    var idle: [Connection] = []
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
    Connection.prepare()
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
    var connection: Connection?
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
      let own = connection ?? Connection()
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

/// One of curl's handles, which keeps a connection from request to request. Used by one thread at a time.
private final class Connection: @unchecked Sendable {
  private let handle = curl_easy_init()

  private static let isPrepared = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// Before there are threads that use it.
  static func prepare() { _ = isPrepared }

  deinit { curl_easy_cleanup(handle) }

  private struct Sink {
    var body: [UInt8] = []
    var limit: Int
    var isFull = false
  }

  func perform(
    _ request: StoreRequests.Request, limit: Int, deadline: Double, authorities: String?
  ) -> Result<StoreRequests.Answer, StoreRequests.Failure> {
    guard let handle else { return .failure(.noAnswer) }
    // Of what was set, not of the connection.
    curl_easy_reset(handle)
    let milliseconds = Int(deadline * 1000)
    curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
    curl_keep_sockets(handle)
    curl_set_number(handle, CURLOPT_CONNECTTIMEOUT_MS, milliseconds)
    curl_set_number(handle, CURLOPT_TIMEOUT_MS, milliseconds * 6)
    // Bytes a second, and for how long fewer may come.
    curl_set_number(handle, CURLOPT_LOW_SPEED_LIMIT, 1)
    curl_set_number(handle, CURLOPT_LOW_SPEED_TIME, max(1, Int(deadline.rounded())))
    curl_set_text(handle, CURLOPT_URL, request.url)
    if let authorities { curl_set_text(handle, CURLOPT_CAINFO, authorities) }

    var headers: UnsafeMutablePointer<curl_slist>?
    for header in request.headers { headers = curl_slist_append(headers, header) }
    defer { curl_slist_free_all(headers) }
    curl_set_pointer(handle, CURLOPT_HTTPHEADER, headers)

    curl_set_writer(handle) { bytes, size, count, place in
      guard let bytes, let sink = place?.assumingMemoryBound(to: Sink.self) else { return 0 }
      let length = size * count
      // Fewer bytes than came end the request.
      guard sink.pointee.body.count + length <= sink.pointee.limit else {
        sink.pointee.isFull = true
        return 0
      }
      sink.pointee.body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: length))
      return length
    }
    var sink = Sink(limit: limit)
    let code = withUnsafeMutablePointer(to: &sink) { sink in
      curl_set_pointer(handle, CURLOPT_WRITEDATA, sink)
      guard let content = request.content else { return curl_easy_perform(handle) }
      curl_set_text(handle, CURLOPT_CUSTOMREQUEST, "PUT")
      curl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(content.count))
      // Not copied.
      return content.withUnsafeBytes { bytes in
        curl_set_pointer(handle, CURLOPT_POSTFIELDS, bytes.baseAddress ?? UnsafeRawPointer(handle))
        return curl_easy_perform(handle)
      }
    }
    switch code {
    case CURLE_OK:
      return .success(StoreRequests.Answer(status: Int(curl_status(handle)), body: sink.body))
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
      return .failure(.untrusted)
    default: return .failure(sink.isFull ? .tooLong : .noAnswer)
    }
  }
}
