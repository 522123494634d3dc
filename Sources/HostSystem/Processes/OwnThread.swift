import Glibc

/// Runs blocking work on a thread of its own, so that waiting for processes never takes threads
/// from Swift's pool.
/// - Parameter endsWithTask: whether the processes that the work starts end at once when the task is
///   cancelled, as `.stopped`; nothing else of the work notices.
package func onOwnThread<Value: Sendable, Failure: Error>(
  endsWithTask: Bool = true, _ body: @escaping @Sendable () throws(Failure) -> Value
) async throws(Failure) -> Value {
  let cancellation = endsWithTask ? ThreadCancellation() : nil
  let result: Result<Value, Failure> = await withTaskCancellationHandler {
    await withCheckedContinuation { continuation in
      startThread {
        ThreadCancellation.ofThisThread = cancellation
        do throws(Failure) {
          continuation.resume(returning: .success(try body()))
        } catch {
          continuation.resume(returning: .failure(error))
        }
      }
    }
  } onCancel: {
    cancellation?.cancel()
  }
  return try result.get()
}

/// Starts a thread that nobody waits for.
package func startThread(_ body: @escaping @Sendable () -> Void) {
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
  // Parsing deep expressions needs more than the default of some C libraries.
  pthread_attr_setstacksize(&attributes, 8 << 20)
  var thread = pthread_t()
  let code = pthread_create(
    &thread, &attributes,
    { argument in
      Unmanaged<ThreadStart>.fromOpaque(argument!).takeRetainedValue().body()
      return nil
    }, Unmanaged.passRetained(ThreadStart(body)).toOpaque())
  pthread_attr_destroy(&attributes)
  precondition(code == 0, "no thread: \(SystemCode(rawValue: code).text)")
}

private final class ThreadStart: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
