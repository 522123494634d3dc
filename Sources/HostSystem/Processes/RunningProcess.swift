import Glibc

/// A process of this machine, by its number.
package struct RunningProcess: Hashable, Sendable {
  package var id: Int32

  package init(id: Int32) { self.id = id }

  /// Nil where the text is no number of a process.
  package init?(number: some StringProtocol) {
    guard let id = Int32(number), id > 0 else { return nil }
    self.id = id
  }

  /// The number of this one.
  package static var own: Int32 { getpid() }

  /// Path of the program that this process runs, with links followed; nil where the system hides it.
  package static var executable: String? { FileSystem.realPath("/proc/self/exe") }

  /// Whether no process has the number any more.
  package var hasEnded: Bool { kill(id, 0) != 0 && errno == ESRCH }

  /// Files that came open from whoever started this process, but for the standard streams, go to no
  /// program that it starts.
  package static func keepFilesToItself() {
    for name in FileSystem.names(in: "/proc/self/fd") {
      guard let file = Int32(name), file > 2 else { continue }
      _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    }
  }

  package static func end(withCode code: Int32) -> Never { exit(code) }

  /// Number of the user that this process acts for.
  package static var user: UInt32 { geteuid() }

  package static var isRoot: Bool { user == 0 }

  /// Threads that run as this process's user, which the kernel counts as processes.
  package static var threadsOfUser: Int {
    FileSystem.names(in: "/proc").reduce(0) { count, name in
      guard RunningProcess(number: name) != nil,
        FileSystem.status("/proc/" + name, followingLinks: false)?.owner == user
      else { return count }
      return count + FileSystem.names(in: "/proc/\(name)/task").count
    }
  }

  /// Most bytes of memory that this process has used so far.
  package static var peakMemory: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Int(usage.ru_maxrss) << 10
  }
}
