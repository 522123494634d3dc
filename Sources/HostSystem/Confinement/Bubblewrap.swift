import Synchronization

/// Bubblewrap as this machine lets it be used: it gives a program a view of the machine in which
/// there is nothing but what is named, no network, and no process but its own.
package struct Bubblewrap: Sendable {
  private let program: String
  private let privilege: Privilege
  private let forbidsNamespaces: Bool

  private enum Privilege: Hashable, Sendable {
    /// A user's build, in namespaces of the user's own.
    case user
    /// Root makes the view, which then need not be open to anybody else, and leaves its rights within
    /// it: the kernel does not count root's processes.
    case left(setpriv: String)
    /// Where root may make no namespaces, nobody may.
    case leftBefore(setpriv: String)
  }

  /// What a program sees and may write, besides the system's programs and libraries.
  package struct View: Sendable {
    package struct Place: Sendable {
      package var path: String
      /// Where it is seen; nil for its own path.
      package var seenAs: String?

      package init(_ path: String, seenAs: String? = nil) {
        self.path = path
        self.seenAs = seenAs
      }
    }

    package var readable: [Place] = []
    package var writable: [Place] = []
    /// Bytes of the files of `/tmp`, where that is to be a folder of its own.
    package var temporarySize: Int?
    /// Folders of `/tmp` to make.
    package var folders: [String] = []
    /// Folders, each empty but for what is named, that cannot be written.
    package var sealed: [String] = []
    /// Where the program starts.
    package var folder: String

    package init(folder: String) { self.folder = folder }
  }

  /// Number of the user and of the group that root's tools run as; programs of cells share the group.
  package static let nobody: UInt32 = 65534

  /// Whether programs run as another user than this one.
  package var changesUser: Bool { privilege != .user }
  /// Whether the view is made by that other user, who may not enter this one's folders.
  package var makesViewAsNobody: Bool {
    if case .leftBefore = privilege { true } else { false }
  }

  /// Nil where it is not installed, or may not make namespaces.
  package static let found = find()

  private static func find() -> Bubblewrap? {
    guard let program = Environment.program("bwrap") else { return nil }
    var candidates: [Bubblewrap] = []
    if !RunningProcess.isRoot {
      // Nested namespaces can be forbidden since version 0.8.
      candidates = [true, false].map {
        Bubblewrap(program: program, privilege: .user, forbidsNamespaces: $0)
      }
    } else if let setpriv = Environment.program("setpriv") {
      candidates = [.left(setpriv: setpriv), .leftBefore(setpriv: setpriv)].map {
        Bubblewrap(program: program, privilege: $0, forbidsNamespaces: false)
      }
    }
    return candidates.first(where: \.works)
  }

  private var works: Bool {
    let child = command(["/usr/bin/env"], in: View(folder: "/"), environment: [:])
    return (try? child.collect(seconds: 10))?.0 == .exited(0)
  }

  /// The process that runs a command within a view.
  /// - Parameter isCounted: whether limits that the kernel keeps by user, as that of processes, are for
  ///   this program alone. What it reads must be open to all.
  package func command(
    _ command: [String], in view: View, environment: [String: String], input: [UInt8] = [],
    isCounted: Bool = false
  ) -> ChildProcess {
    let filter = SystemCallFilter.bytes
    var words: [String] = []
    var drop: [String] = []
    switch privilege {
    case .user:
      words = [program, "--unshare-all", "--unshare-user"]
      if forbidsNamespaces { words.append("--disable-userns") }
      words += ["--cap-drop", "ALL"]
    case .left(let setpriv):
      words = [
        program, "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts",
        "--unshare-cgroup-try", "--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add",
        "CAP_SETGID", "--cap-add", "CAP_SETPCAP",
      ]
      drop =
        Self.become(isCounted ? Self.newUser() : Self.nobody, setpriv)
        + ["--bounding-set", "-all", "--inh-caps", "-all", "--"]
    case .leftBefore(let setpriv):
      words =
        Self.become(Self.nobody, setpriv) + ["--", program, "--unshare-all", "--cap-drop", "ALL"]
    }
    words += ["--die-with-parent", "--new-session", "--hostname", "nnbook"]
    if filter != nil { words += ["--seccomp", "\(ChildProcess.firstAttachment)"] }
    words += mounts(of: view) + ["--chdir", view.folder, "--"] + drop + command
    return ChildProcess(
      executable: words[0], arguments: Array(words.dropFirst()), environment: environment,
      input: input, attachments: filter.map { [$0] } ?? [])
  }

  private static func become(_ user: UInt32, _ setpriv: String) -> [String] {
    [setpriv, "--reuid", "\(user)", "--regid", "\(nobody)", "--clear-groups"]
  }

  /// A user's number that no other program of this build has, and hardly one of another: outside of a
  /// user namespace of its own, one that forks without end would use up the processes of all others. Of
  /// the numbers that systemd gives out for a while, which own no files and are mapped in containers.
  private static func newUser() -> UInt32 {
    let next = nextUser.withLock { next in
      next &+= 1
      return next
    }
    return 61184 + (UInt32(truncatingIfNeeded: RunningProcess.own) &* 61 &+ next) % 4336
  }
  private static let nextUser = Mutex<UInt32>(0)

  private static let systemFolders = ["/usr", "/lib", "/lib64", "/bin", "/sbin"]
  /// Which libraries there are, and which of several programs a name stands for.
  private static let systemFiles = ["/etc/ld.so.cache", "/etc/alternatives"]
  /// Bytes of memory that has the form of files.
  private static let sharedMemory = 16 << 20

  private func mounts(of view: View) -> [String] {
    var words = ["--dev", "/dev", "--size", "\(Self.sharedMemory)", "--perms", "1777", "--tmpfs"]
    words += ["/dev/shm", "--remount-ro", "/dev", "--proc", "/proc"]
    // Names of the user's keys.
    words += ["--ro-bind-try", "/dev/null", "/proc/keys"]
    var made: Set<String> = ["/", "."]
    func make(_ folder: String) {
      if made.contains(folder) || Self.isSystem(folder) { return }
      make(Path.folder(of: folder))
      made.insert(folder)
      words += ["--perms", "0755", "--dir", folder]
    }
    make("/etc")
    for path in Self.systemFolders + Self.systemFiles { words += ["--ro-bind-try", path, path] }
    if let size = view.temporarySize {
      words += ["--size", "\(size)", "--perms", "1777", "--tmpfs", "/tmp"]
      made.insert("/tmp")
    }
    for folder in view.folders {
      make(Path.folder(of: folder))
      words += ["--perms", "0777", "--dir", folder]
      made.insert(folder)
    }
    for folder in view.sealed {
      make(Path.folder(of: folder))
      words += ["--perms", "0755", "--tmpfs", folder]
      made.insert(folder)
    }
    func bind(_ place: View.Place, _ option: String) {
      let target = place.seenAs ?? place.path
      if Self.isSystem(target) { return }
      make(Path.folder(of: target))
      words += [option, place.path, target]
    }
    for place in view.readable { bind(place, "--ro-bind") }
    for place in view.writable { bind(place, "--bind") }
    for folder in view.sealed { words += ["--remount-ro", folder] }
    return words + ["--remount-ro", "/"]
  }

  private static func isSystem(_ path: String) -> Bool {
    systemFolders.contains { path == $0 || path.hasPrefix($0 + "/") }
  }
}
