import Foundation
import FoundationNetworking
import Synchronization

/// Sends requests and collects their answers, each up to so many bytes. Does not follow redirections: a
/// store does not send its clients, and what proves who they are, elsewhere.
final class StoreRequests: NSObject, URLSessionDataDelegate, Sendable {
  struct Answer: Sendable {
    var status: Int
    var body: [UInt8]
  }

  private struct Waiting {
    var body: [UInt8] = []
    let limit: Int
    let continuation: CheckedContinuation<Answer?, Never>
  }

  private let waiting = Mutex<[Int: Waiting]>([:])
  private let session = Mutex<URLSession?>(nil)

  /// - Parameter deadline: seconds for an answer to begin, and between parts of one; six times as many
  ///   for all of it.
  init(deadline: Double) {
    super.init()
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = deadline
    configuration.timeoutIntervalForResource = deadline * 6
    configuration.httpMaximumConnectionsPerHost = 8
    configuration.httpCookieStorage = nil
    configuration.urlCache = nil
    let session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
    self.session.withLock { $0 = session }
  }

  /// Nil where no whole answer came.
  /// - Parameter limit: bytes of the answer's body; a longer one counts as none.
  func send(_ request: URLRequest, limit: Int) async -> Answer? {
    await withCheckedContinuation { continuation in
      guard let task = session.withLock({ $0?.dataTask(with: request) }) else {
        return continuation.resume(returning: nil)
      }
      waiting.withLock {
        $0[task.taskIdentifier] = Waiting(limit: limit, continuation: continuation)
      }
      task.resume()
    }
  }

  func end() {
    session.withLock { session in
      session?.finishTasksAndInvalidate()
      session = nil
    }
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let tooLong = waiting.withLock { waiting -> Waiting? in
      // Taken out for the time, so that its bytes are not copied.
      guard var answer = waiting.removeValue(forKey: dataTask.taskIdentifier) else { return nil }
      if answer.body.count + data.count > answer.limit { return answer }
      answer.body += data
      waiting[dataTask.taskIdentifier] = answer
      return nil
    }
    guard let tooLong else { return }
    tooLong.continuation.resume(returning: nil)
    dataTask.cancel()
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
  ) {
    guard let answer = waiting.withLock({ $0.removeValue(forKey: task.taskIdentifier) }) else {
      return
    }
    let status = (task.response as? HTTPURLResponse)?.statusCode
    answer.continuation.resume(
      returning: error == nil
        ? status.map { Answer(status: $0, body: answer.body) } : nil)
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask,
    willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
    completionHandler: @escaping (URLRequest?) -> Void
  ) {
    completionHandler(nil)
  }
}
