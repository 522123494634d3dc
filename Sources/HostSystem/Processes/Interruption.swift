import Glibc
import Synchronization

/// What ended the work from outside: the number of a signal, or 0.
private let interruption = Atomic<Int32>(0)

/// Work that started something which does not end with this process: where a signal asks it to end, its task
/// is cancelled, so that it can end that too, and the process then ends by that signal. A second signal,
/// or ten seconds, end it at once.
package func cancelledBySignals<Value: Sendable>(
  _ body: @escaping @Sendable () async -> Value
) async -> Value {
  // What was to be ignored, as hangups after `nohup`, stays so.
  let signals = [SIGINT, SIGTERM, SIGHUP].filter { !isIgnored($0) }
  // Made before a handler needs it, which may make nothing.
  _ = interruption.load(ordering: .relaxed)
  for number in signals {
    signal(number) { number in
      if interruption.exchange(number, ordering: .relaxed) != 0 { _exit(128 + number) }
    }
  }
  let work = Task { await body() }
  let watch = Task {
    while interruption.load(ordering: .relaxed) == 0 {
      try await Task.sleep(for: .milliseconds(50))
    }
    work.cancel()
    try await Task.sleep(for: .seconds(10))
    end()
  }
  let value = await work.value
  watch.cancel()
  if interruption.load(ordering: .relaxed) != 0 { end() }
  for number in signals { signal(number, SIG_DFL) }
  return value
}

private func isIgnored(_ number: Int32) -> Bool {
  var action = sigaction()
  sigaction(number, nil, &action)
  return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
    == unsafeBitCast(SIG_IGN, to: Int.self)
}

private func end() {
  let number = interruption.load(ordering: .relaxed)
  signal(number, SIG_DFL)
  // Threads that run tasks block signals: it is for the process, and another thread takes it.
  kill(getpid(), number)
  sleep(1)
  _exit(128 + number)
}
