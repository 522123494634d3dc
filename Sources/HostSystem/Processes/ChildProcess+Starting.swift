import Glibc
import Synchronization

extension ChildProcess {
  /// A process, and our ends of what connects us to it.
  struct Started {
    var process: pid_t
    var output: Int32
    var error: Int32
    /// The process and its group end when this is closed; -1 where they don't.
    var leash: Int32
  }

  func start() throws(StartFailure) -> Started {
    // The shell of the leash would say so in words.
    if endsWithParent, !FileSystem.isExecutable(executable) {
      throw StartFailure(code: FileSystem.kind(of: executable) == nil ? .absent : .accessDenied)
    }
    // One at a time: between making a pipe and marking it, another start would inherit it.
    return try Self.starting.withLock { _ throws(StartFailure) -> Started in
      var open: [Int32] = []
      func pipe() throws(StartFailure) -> Pipe {
        let pipe = try Pipe()
        open += [pipe.reading, pipe.writing]
        return pipe
      }
      do throws(StartFailure) {
        let (output, error) = (try pipe(), try pipe())
        let leash = endsWithParent ? try pipe() : nil
        let input: Int32
        if let leash { input = leash.reading } else { input = try openInput() }
        if leash == nil { open.append(input) }
        let process = try spawn(input: input, output: output.writing, error: error.writing)
        for end in [input, output.writing, error.writing] { close(end) }
        return Started(
          process: process, output: output.reading, error: error.reading,
          leash: leash?.writing ?? -1)
      } catch {
        for end in open { close(end) }
        throw error
      }
    }
  }

  /// A process that is spoken with: our ends of its input and of its output.
  func startSpoken() throws(StartFailure) -> (process: pid_t, input: Int32, output: Int32) {
    try Self.starting.withLock { _ throws(StartFailure) in
      var open: [Int32] = []
      do throws(StartFailure) {
        let input = try Pipe()
        open += [input.reading, input.writing]
        let output = try Pipe()
        open += [output.reading, output.writing]
        let nothing = Glibc.open("/dev/null", O_WRONLY | O_CLOEXEC)
        guard nothing >= 0 else { throw StartFailure(code: .last) }
        open.append(nothing)
        let process = try spawn(input: input.reading, output: output.writing, error: nothing)
        for end in [input.reading, output.writing, nothing] { close(end) }
        return (process, input.writing, output.reading)
      } catch {
        for end in open { close(end) }
        throw error
      }
    }
  }

  private static let starting = Mutex(())

  private func spawn(
    input: Int32, output: Int32, error: Int32
  ) throws(StartFailure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, error, 2)
    let attached = try attachedPipes()
    defer { for descriptor in attached { close(descriptor) } }
    for (index, descriptor) in attached.enumerated() {
      posix_spawn_file_actions_adddup2(
        &actions, descriptor, Self.firstAttachment + Int32(index))
    }
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
    let command = [executable] + arguments
    let words = endsWithParent ? ["/bin/sh", "-c", Self.leashed, "sh"] + command : command
    let argv = words.map { strdup($0) } + [nil]
    let envp =
      environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, words[0], &actions, &attributes, argv, envp)
    if code != 0 { throw StartFailure(code: SystemCode(rawValue: code)) }
    return process
  }

  /// Runs its arguments, and ends the whole group when standard input does. The system has a signal
  /// for a parent's end, but tells it the child alone, and a compiler's work is done by its children.
  private static let leashed = """
    exec 3<&0
    "$@" </dev/null 3<&- &
    child=$!
    { read -r _ <&3; kill -9 0; } >/dev/null 2>&1 &
    exec 3<&-
    wait "$child"
    code=$?
    kill -9 $!
    wait $! 2>/dev/null
    exit $code
    """

  /// A file that has no name any more: nobody has to feed a pipe while reading two others.
  private func openInput() throws(StartFailure) -> Int32 {
    if input.isEmpty {
      let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
      guard nothing >= 0 else { throw StartFailure(code: .last) }
      return nothing
    }
    let path =
      FileSystem.temporaryFolder + "/nnbook-input-\(getpid())-\(UInt64.random(in: 0 ... .max))"
    let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw StartFailure(code: .last) }
    unlink(path)
    let failure = FileSystem.write(input, to: file)
    if failure == nil, lseek(file, 0, SEEK_SET) == 0 { return file }
    close(file)
    throw StartFailure(code: failure ?? .last)
  }

  /// The reading ends of pipes that hold the attachments, above the descriptors that those get.
  private func attachedPipes() throws(StartFailure) -> [Int32] {
    var ends: [Int32] = []
    do throws(StartFailure) {
      for bytes in attachments {
        let pipe = try Pipe()
        let failure = FileSystem.write(bytes, to: pipe.writing)
        close(pipe.writing)
        let end = fcntl(
          pipe.reading, F_DUPFD_CLOEXEC, Self.firstAttachment + Int32(attachments.count))
        let code = SystemCode.last
        close(pipe.reading)
        guard failure == nil, end >= 0 else { throw StartFailure(code: failure ?? code) }
        ends.append(end)
      }
    } catch {
      for end in ends { close(end) }
      throw error
    }
    return ends
  }

  private struct Pipe {
    var reading: Int32
    var writing: Int32

    init() throws(StartFailure) {
      var ends: [Int32] = [0, 0]
      guard Glibc.pipe(&ends) == 0 else { throw StartFailure(code: .last) }
      (reading, writing) = (ends[0], ends[1])
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }
  }
}
