#if !hasFeature(Embedded)

  @preconcurrency import Glibc
  import NeuralNetKernels

  /// Runs cells that are compiled one by one, on order, and stays as it was after each: the program of
  /// `nnbook serve`, in which a changed cell runs again without those above it. Not for authors.
  ///
  /// Its one argument is the folder of its pipes, in which `command-N` brings orders to the process
  /// that is known as N; the first is 0. An order is one line, `run N R LIBRARY ENTRY` or `try …`: the
  /// process makes a copy of itself, which runs the library's entry with `output-R` and `error-R` as
  /// its output. The copy of `run` then is N, and waits for orders of its own; that of `try` ends.
  /// `end R` ends the copy of that order. `status-R` tells how it went. A process has one copy that
  /// waits, and one that is tried beside it: an order ends the one before of its kind, with all that
  /// was made of it, and `run` ends both.
  public func _nnbookCheckpoints() -> Never {
    OutputChannel.start()
    Checkpoint(folder: CommandLine.arguments.dropFirst().first ?? ".").wait()
  }

  private struct Checkpoint {
    let folder: String
    /// By what orders for this process are known.
    var number = "0"
    private var commands: Int32 = -1
    private var copies: [Copy] = []
    private var buffer: [UInt8] = []

    /// A process that was made of this one.
    private struct Copy {
      var process: pid_t
      /// By what its order is known.
      var run: String
      var stays: Bool
      /// Ends with the last process that holds its other end.
      var life: Int32
      var status: Int32
    }

    init(folder: String) { self.folder = folder }

    consuming func wait() -> Never {
      var own = self
      own.open()
      while true {
        var polled = ([own.commands] + own.copies.map(\.life)).map {
          pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        if poll(&polled, nfds_t(polled.count), -1) < 0 { continue }
        for place in own.copies.indices.reversed() where polled[place + 1].revents != 0 {
          Self.tellOfEnd(own.copies.remove(at: place))
        }
        guard polled[0].revents != 0 else { continue }
        for order in own.orders() { own.follow(order) }
      }
    }

    private mutating func open() {
      commands = Glibc.open("\(folder)/command-\(number)", O_RDONLY | O_CLOEXEC)
      if commands < 0 { _exit(1) }
    }

    /// Whole lines, cut into words.
    private mutating func orders() -> [[String]] {
      var chunk = [UInt8](repeating: 0, count: 4096)
      let count = read(commands, &chunk, chunk.count)
      // Whoever gives orders holds the pipe open for as long as it lives.
      if count == 0 { _exit(0) }
      if count > 0 { buffer += chunk[..<count] }
      var found: [[String]] = []
      while let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        found.append(
          buffer[..<end].split(separator: UInt8(ascii: " ")).map {
            String(decoding: $0, as: UTF8.self)
          })
        buffer.removeFirst(end + 1)
      }
      return found
    }

    private mutating func follow(_ order: [String]) {
      if order.count == 2, order[0] == "end" { endCopies { $0.run == order[1] } }
      guard order.count == 5 else { return }
      let (stays, number, run) = (order[0] == "run", order[1], order[2])
      endCopies { stays || !$0.stays }
      let status = Glibc.open("\(folder)/status-\(run)", O_WRONLY | O_CLOEXEC)
      var life: [Int32] = [-1, -1]
      guard status >= 0, pipe(&life) == 0 else { return }
      for end in life { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      // Nobody listens any more to what an earlier copy could say.
      signal(SIGPIPE, SIG_IGN)
      let process = fork()
      if process > 0 {
        close(life[1])
        copies.append(
          Copy(process: process, run: run, stays: stays, life: life[0], status: status))
        return
      }
      if process < 0 { return Self.tell(status, "failed no process can be made") }
      nn_end_with_parent()
      signal(SIGPIPE, SIG_DFL)
      close(commands)
      close(life[0])
      for other in copies {
        close(other.life)
        close(other.status)
      }
      (commands, copies, buffer) = (-1, [], [])
      runs(library: order[3], entry: order[4], run, status)
      if !stays { _exit(0) }
      // Whatever the cell opened, and its own end of `life`, stay open: they are part of it.
      close(status)
      self.number = number
      open()
    }

    private func runs(library: String, entry: String, _ run: String, _ status: Int32) {
      for (name, descriptor) in [("output", Int32(1)), ("error", Int32(2))] {
        let file = Glibc.open("\(folder)/\(name)-\(run)", O_WRONLY | O_CLOEXEC)
        if file < 0 || dup2(file, descriptor) < 0 { _exit(1) }
        close(file)
      }
      OutputChannel.beginAnew()
      Self.tell(status, "started")
      guard let handle = dlopen(library, RTLD_NOW | RTLD_GLOBAL),
        let symbol = dlsym(handle, entry)
      else {
        Self.tell(status, "failed " + (dlerror().map { String(cString: $0) } ?? "no entry"))
        _exit(1)
      }
      typealias Entry =
        @convention(c) (Int32, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Int32
      _ = unsafeBitCast(symbol, to: Entry.self)(CommandLine.argc, CommandLine.unsafeArgv)
      fflush(stdout)
      Self.tell(status, Self.obstacle.map { "done " + $0 } ?? "done")
    }

    /// Why the process cannot be copied again as it is: other threads would be missing, and files
    /// would be those of a later cell.
    private static var obstacle: String? {
      if entries(of: "/proc/self/task").count > 1 + nn_worker_count() { return "threads" }
      let files = entries(of: ".").filter { $0 != "data" }
      return files.isEmpty ? nil : "files"
    }

    private static func entries(of folder: String) -> [String] {
      guard let stream = opendir(folder) else { return [] }
      defer { closedir(stream) }
      var names: [String] = []
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
          field.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { names.append(name) }
      }
      return names
    }

    private mutating func endCopies(where ends: (Copy) -> Bool) {
      for old in copies where ends(old) {
        kill(old.process, SIGKILL)
        Self.wait(for: old)
      }
      copies.removeAll(where: ends)
    }

    /// The copy, and all that was made of it, came to an end.
    private static func tellOfEnd(_ old: Copy) {
      wait(for: old) { tell(old.status, "ended \($0)") }
    }

    private static func wait(for old: Copy, then: (Int32) -> Void = { _ in }) {
      var status: Int32 = 0
      while waitpid(old.process, &status, 0) < 0, errno == EINTR {}
      then(status)
      close(old.life)
      close(old.status)
    }

    private static func tell(_ file: Int32, _ text: String) {
      let bytes = Array((text.split(separator: "\n").joined(separator: " ") + "\n").utf8)
      _ = write(file, bytes, bytes.count)
    }
  }

#endif
