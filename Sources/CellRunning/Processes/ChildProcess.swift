import Glibc
import Synchronization

/// A process in its own group, read to its end by one poll loop.
///
/// Written on `posix_spawn` and `poll` because cells need what a general library does not give:
/// a deadline that moves with what the stream says, output in the order of two pipes, and an end
/// of reading that does not depend on grandchildren which keep a pipe open.
struct ChildProcess {
  var executable: String
  var arguments: [String]
  var environment: [String: String]

  enum Ending: Hashable {
    case exited(Int32)
    case signaled(Int32)
    /// Ended by us, for the reason that the observer gave.
    case stopped
  }

  enum Stream { case output, error }

  /// Told about everything that arrives.
  protocol Observer {
    mutating func received(_ bytes: UnsafeRawBufferPointer, from stream: Stream)
    /// Monotonic nanoseconds after which the process is ended; asked again after each event.
    var deadline: UInt64? { get }
    /// True to end the process now.
    var wantsStop: Bool { get }
  }

  struct SpawnFailure: Error { var code: Int32 }

  /// Runs to the end on the calling thread.
  func run(_ observer: inout some Observer) throws(SpawnFailure) -> Ending {
    let (process, output, error) = try start()
    defer {
      close(output)
      close(error)
    }
    let wasStopped = follow(&observer, output: output, error: error, process: process)
    // Children left behind go with the group.
    kill(-process, SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    if !wasStopped {
      drain(error, .error, &observer)
      drain(output, .output, &observer)
    }
    if wasStopped { return .stopped }
    let signal = status & 0x7F
    return signal == 0 ? .exited((status >> 8) & 0xFF) : .signaled(signal)
  }

  /// Reads until the process ends or must be ended; true in the second case.
  private func follow(
    _ observer: inout some Observer, output: Int32, error: Int32, process: pid_t
  ) -> Bool {
    var polled = [error, output].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    while true {
      // Both pipes end with the process, unless a child that it left behind keeps them open.
      var wait: Int32 = 50
      if let deadline = observer.deadline {
        let now = monotonicNow()
        if now >= deadline { return true }
        wait = min(wait, Int32(clamping: (deadline - now) / 1_000_000 + 1))
      }
      for index in polled.indices { polled[index].revents = 0 }
      let count = poll(&polled, nfds_t(polled.count), wait)
      if polled[0].revents != 0, !readOnce(error, .error, &observer) { polled[0].fd = -1 }
      if polled[1].revents != 0 {
        if !readOnce(output, .output, &observer) { polled[1].fd = -1 }
      }
      if observer.wantsStop { return true }
      let isQuiet = count == 0 || polled.allSatisfy { $0.fd < 0 }
      if isQuiet, hasEnded(process) { return false }
      if count != 0, polled.allSatisfy({ $0.fd < 0 }) { usleep(1000) }
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

  /// The process and the reading ends of its two pipes.
  private func start() throws(SpawnFailure) -> (pid_t, output: Int32, error: Int32) {
    // One at a time: between making a pipe and marking it, another start would inherit it.
    try Self.starting.withLock { _ throws(SpawnFailure) in
      let output = try Pipe()
      let errors: Pipe
      do throws(SpawnFailure) {
        errors = try Pipe()
      } catch {
        output.closeBoth()
        throw error
      }
      do throws(SpawnFailure) {
        let process = try spawn(output: output.writing, error: errors.writing)
        close(output.writing)
        close(errors.writing)
        return (process, output.reading, errors.reading)
      } catch {
        output.closeBoth()
        errors.closeBoth()
        throw error
      }
    }
  }

  private static let starting = Mutex(())

  private func spawn(output: Int32, error: Int32) throws(SpawnFailure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, error, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var defaults = sigset_t()
    sigfillset(&defaults)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let argv = ([executable] + arguments).map { strdup($0) } + [nil]
    let envp =
      environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, executable, &actions, &attributes, argv, envp)
    if code != 0 { throw SpawnFailure(code: code) }
    return process
  }

  private struct Pipe {
    var reading: Int32
    var writing: Int32

    init() throws(SpawnFailure) {
      var ends: [Int32] = [0, 0]
      guard pipe(&ends) == 0 else { throw SpawnFailure(code: errno) }
      (reading, writing) = (ends[0], ends[1])
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }

    func closeBoth() {
      close(reading)
      close(writing)
    }
  }
}

func monotonicNow() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
