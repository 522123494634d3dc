#if !hasFeature(Embedded)

  @preconcurrency import Glibc

  /// Processes that a cell started and that still run when it ends. The builder ends them with the
  /// program; what they would have done by then differs from run to run.
  enum LeftProcesses {
    /// Whether this program is the only one that it can see: then a process that has left its
    /// parents is found too.
    nonisolated(unsafe) static var isAlone = false

    /// The name of one of them; nil where there are none.
    static func nameOfOne() -> [UInt8]? {
      if !isAlone, !hasChildren { return nil }
      guard let stream = opendir("/proc") else { return nil }
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let number = withUnsafePointer(to: &entry.pointee.d_name) { field in
          field.withMemoryRebound(to: CChar.self, capacity: 256) { atoi($0) }
        }
        // The first process of a sandbox is the sandbox.
        guard number > 1, number != getpid(), let process = Process(number) else { continue }
        if process.runs, isAlone || process.parent == getpid() { return process.name }
      }
      return nil
    }

    private static var hasChildren: Bool {
      var info = siginfo_t()
      return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0
    }

    /// From `/proc/PID/stat`: number, name in parentheses, state, parent.
    private struct Process {
      var name: [UInt8]
      var runs: Bool
      var parent: pid_t

      init?(_ number: pid_t) {
        guard let file = fopen("/proc/\(number)/stat", "r") else { return nil }
        defer { fclose(file) }
        let text = [UInt8](unsafeUninitializedCapacity: 512) { buffer, count in
          count = fread(buffer.baseAddress, 1, 512, file)
        }
        guard let open = text.firstIndex(of: UInt8(ascii: "(")),
          let close = text.lastIndex(of: UInt8(ascii: ")")), open < close
        else { return nil }
        let words = text[(close + 1)...].split(separator: UInt8(ascii: " "))
        guard words.count > 1, let state = words[0].first,
          let parent = pid_t(String(decoding: words[1], as: UTF8.self))
        else { return nil }
        name = Array(text[(open + 1)..<close])
        // Ended, and not waited for: harmless.
        runs = state != UInt8(ascii: "Z") && state != UInt8(ascii: "X")
        self.parent = parent
      }
    }
  }

#endif
