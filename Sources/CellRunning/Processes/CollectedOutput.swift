import Glibc

/// What a tool such as the compiler wrote, as a whole.
struct CollectedOutput: ChildProcess.Observer {
  private(set) var output: [UInt8] = []
  private(set) var error: [UInt8] = []
  private(set) var deadline: UInt64?
  var wantsStop: Bool { false }

  /// - Parameter seconds: the time that the tool may take.
  init(seconds: UInt64) { deadline = monotonicNow() + seconds * 1_000_000_000 }

  mutating func received(_ bytes: UnsafeRawBufferPointer, from stream: ChildProcess.Stream) {
    switch stream {
    case .output: output.append(contentsOf: bytes)
    case .error: error.append(contentsOf: bytes)
    }
  }
}

extension ChildProcess {
  /// Runs a tool to its end.
  func collect(seconds: UInt64 = 600) throws(SpawnFailure) -> (Ending, CollectedOutput) {
    var collected = CollectedOutput(seconds: seconds)
    let ending = try run(&collected)
    return (ending, collected)
  }
}

/// Runs blocking work on a thread of its own, so that waiting for processes never takes threads
/// from Swift's pool.
func onOwnThread<Value: Sendable, Failure: Error>(
  _ body: @escaping @Sendable () throws(Failure) -> Value
) async throws(Failure) -> Value {
  let result: Result<Value, Failure> = await withCheckedContinuation { continuation in
    let start = ThreadStart {
      do throws(Failure) {
        continuation.resume(returning: .success(try body()))
      } catch {
        continuation.resume(returning: .failure(error))
      }
    }
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
      }, Unmanaged.passRetained(start).toOpaque())
    pthread_attr_destroy(&attributes)
    precondition(code == 0, "no thread for a process: \(String(cString: strerror(code)))")
  }
  return try result.get()
}

private final class ThreadStart: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
