import Glibc
import Synchronization

/// Whether the task that waits for a thread's work has been cancelled. What runs a process on that
/// thread looks at it: a task's own flag does not reach a thread that is none of Swift's pool.
package final class ThreadCancellation: Sendable {
  private let flag = Atomic(false)

  package var isCancelled: Bool { flag.load(ordering: .relaxed) }

  func cancel() { flag.store(true, ordering: .relaxed) }

  /// Nil where nobody can cancel.
  package static var ofThisThread: ThreadCancellation? {
    get {
      pthread_getspecific(key).map {
        Unmanaged<ThreadCancellation>.fromOpaque($0).takeUnretainedValue()
      }
    }
    set {
      if let old = pthread_getspecific(key) {
        Unmanaged<ThreadCancellation>.fromOpaque(old).release()
      }
      pthread_setspecific(key, newValue.map { Unmanaged.passRetained($0).toOpaque() })
    }
  }

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { Unmanaged<ThreadCancellation>.fromOpaque($0!).release() }
    return key
  }()
}
