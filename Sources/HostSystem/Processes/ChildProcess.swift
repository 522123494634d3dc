import Glibc

/// A process in its own group, read to its end by one poll loop.
///
/// Written on `posix_spawn` and `poll` because cells need what a general library does not give:
/// a deadline that moves with what the stream says, output in the order of two pipes, and an end
/// of reading that does not depend on grandchildren which keep a pipe open.
package struct ChildProcess: Sendable {
  package var executable: String
  package var arguments: [String]
  package var environment: [String: String]
  /// What it finds on standard input.
  package var input: [UInt8]
  /// What it finds on the descriptors after standard error; each no more than a pipe holds, 64 KiB.
  package var attachments: [[UInt8]]

  /// The descriptor of the first attachment.
  package static let firstAttachment: Int32 = 3
  /// Whether it ends when this process does, however that ends, with all the processes that it has
  /// started. One that does has nothing on standard input.
  package var endsWithParent = false

  package init(
    executable: String, arguments: [String], environment: [String: String], input: [UInt8] = [],
    attachments: [[UInt8]] = []
  ) {
    self.attachments = attachments
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.input = input
  }

  package enum Ending: Hashable, Sendable {
    case exited(Int32)
    case signaled(Signal)
    /// Ended by us, for the reason that the observer gave.
    case stopped
  }

  package enum Stream: Sendable { case output, error }

  /// Told about everything that arrives.
  package protocol Observer {
    mutating func received(_ bytes: UnsafeRawBufferPointer, from stream: Stream)
    /// Monotonic nanoseconds after which the process is ended; asked again after each event.
    var deadline: UInt64? { get }
    /// Asked several times a second, while the process of this number runs.
    mutating func runs(_ process: Int32)
    /// True to end the process now.
    var wantsStop: Bool { get }
  }

  /// Why there is no process: the program is missing, or the system has no room for one more.
  package struct StartFailure: Error, Hashable, Sendable {
    package var code: SystemCode

    package init(code: SystemCode) { self.code = code }
  }

  /// Runs to the end on the calling thread.
  /// - Parameter endsWithTask: whether it ends, as `.stopped`, when the thread's work is cancelled.
  package func run(
    _ observer: inout some Observer, endsWithTask: Bool = true
  ) throws(StartFailure) -> Ending {
    let started = try start()
    let process = started.process
    defer {
      for end in [started.output, started.error, started.leash] where end >= 0 { close(end) }
    }
    let wasStopped = follow(
      &observer, started, endsWithTask ? ThreadCancellation.ofThisThread : nil)
    // Children left behind go with the group.
    kill(-process, SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    if !wasStopped {
      drain(started.error, .error, &observer)
      drain(started.output, .output, &observer)
    }
    if wasStopped { return .stopped }
    let signal = status & 0x7F
    return signal == 0 ? .exited((status >> 8) & 0xFF) : .signaled(Signal(rawValue: signal))
  }

  /// Reads until the process ends or must be ended; true in the second case.
  private func follow(
    _ observer: inout some Observer, _ started: Started, _ cancellation: ThreadCancellation?
  ) -> Bool {
    var polled = [started.error, started.output].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    while true {
      if cancellation?.isCancelled == true { return true }
      // Both pipes end with the process, unless a child that it left behind keeps them open. Once they
      // have ended, the process itself is a moment away, and nothing else tells of it.
      var wait: Int32 = polled.allSatisfy { $0.fd < 0 } ? 1 : 50
      if let deadline = observer.deadline {
        let now = monotonicNow()
        if now >= deadline { return true }
        wait = min(wait, Int32(clamping: (deadline - now) / 1_000_000 + 1))
      }
      for index in polled.indices { polled[index].revents = 0 }
      let count = poll(&polled, nfds_t(polled.count), wait)
      if polled[0].revents != 0, !readOnce(started.error, .error, &observer) { polled[0].fd = -1 }
      if polled[1].revents != 0 {
        if !readOnce(started.output, .output, &observer) { polled[1].fd = -1 }
      }
      observer.runs(started.process)
      if observer.wantsStop { return true }
      let isQuiet = count == 0 || polled.allSatisfy { $0.fd < 0 }
      if isQuiet, hasEnded(started.process) { return false }
    }
  }

  /// Leaves the process to be waited for.
  private func hasEnded(_ process: pid_t) -> Bool {
    var info = siginfo_t()
    return waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT) == 0
      && info.si_signo == SIGCHLD
  }

  private static let chunk = 1 << 16

  private func readOnce(
    _ file: Int32, _ stream: Stream, _ observer: inout some Observer
  ) -> Bool {
    withUnsafeTemporaryAllocation(byteCount: Self.chunk, alignment: 1) { buffer in
      let count = read(file, buffer.baseAddress!, buffer.count)
      if count > 0 {
        observer.received(UnsafeRawBufferPointer(rebasing: buffer.prefix(count)), from: stream)
      }
      return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR))
    }
  }

  private func drain(_ file: Int32, _ stream: Stream, _ observer: inout some Observer) {
    var polled = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
    while !observer.wantsStop, poll(&polled, 1, 0) > 0, polled.revents & Int16(POLLIN) != 0 {
      if !readOnce(file, stream, &observer) { return }
    }
  }
}

extension ChildProcess.Observer {
  package mutating func runs(_ process: Int32) {}
}
