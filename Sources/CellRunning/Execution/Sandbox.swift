import BookModel
import HostSystem

/// How a cell program is started: what it sees of the machine, and what it may use.
package struct Sandbox: Sendable {
  /// Nil where programs run without one.
  var bubblewrap: String?
  var prlimit: String?
  /// Ends a program with the build that started it, where no sandbox does.
  var endingWithParent: [String] = []
  var limits: Limits
  /// Folder of the Swift runtime libraries and of the backtracer.
  var toolchain: Toolchain

  /// The command that runs `program` in a scratch folder of its own, in which `data/` holds the
  /// given files of the book and nothing else of the book can be seen.
  func command(
    program: String, scratch: String, data: [DataFile]
  ) throws(DiagnosticError) -> [String] {
    guard let bubblewrap else {
      for file in data { link(file, in: scratch) }
      return [Self.env, "-C", scratch] + endingWithParent
        + limits.wrapping([program], prlimit: prlimit)
    }
    let withoutRoot = Self.withoutRoot()
    var arguments =
      withoutRoot + [
        bubblewrap, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL",
        "--hostname", "nnbook", "--dev", "/dev", "--proc", "/proc",
      ]
    for folder in ["/usr", "/lib", "/lib64", "/bin", "/sbin", "/etc/ld.so.cache"] {
      arguments += ["--ro-bind-try", folder, folder]
    }
    for folder in [toolchain.resources, toolchain.resources + "/../../libexec"] {
      guard let path = FileSystem.realPath(folder), !path.hasPrefix("/usr/") else { continue }
      arguments += ["--ro-bind", path, path]
    }
    arguments += ["--size", "\(limits.fileSize)", "--tmpfs", "/tmp", "--dir", "/tmp/book"]
    for (index, file) in data.enumerated() {
      let path = withoutRoot.isEmpty ? file.path : try copy(file, to: "\(program).data\(index)")
      arguments += ["--ro-bind", path, "/tmp/book/data/" + file.name]
    }
    arguments += [
      "--ro-bind", program, "/tmp/.program", "--remount-ro", "/", "--chdir", "/tmp/book",
    ]
    return arguments + ["--"] + limits.wrapping(["/tmp/.program"], prlimit: prlimit)
  }

  /// The kernel does not count the processes of root, so a build by root starts the sandbox as
  /// nobody.
  private static func withoutRoot() -> [String] {
    guard RunningProcess.isRoot, let setpriv = Environment.program("setpriv") else { return [] }
    return [setpriv, "--reuid", "65534", "--regid", "65534", "--clear-groups", "--"]
  }

  /// Nobody may not enter a book in a folder of root's own, so what a cell reads is copied beside its
  /// program.
  private func copy(_ file: DataFile, to path: String) throws(DiagnosticError) -> String {
    do throws(FileError) {
      try FileSystem.write(try FileSystem.read(file.path), to: path)
      try FileSystem.setMode(0o444, of: path)
    } catch {
      let reads = error.path == file.path
      throw DiagnosticError(
        Diagnostic(
          .error, "data-not-readable",
          reads
            ? "data file 'data/\(file.name)' cannot be read: \(error.reason)"
            : "data file 'data/\(file.name)' cannot be copied for the cells to '\(path)': "
              + error.reason))
    }
    return path
  }

  /// Without a sandbox the files of the book are links in the scratch folder.
  private func link(_ file: DataFile, in scratch: String) {
    let path = scratch + "/data/" + file.name
    // A link that cannot be made shows as the cell's own failure to open the file.
    try? FileSystem.makeFolder(Path.folder(of: path))
    FileSystem.makeLink(path, to: file.path)
  }

  /// Everything that a program finds in its environment.
  func environment(token: String) -> [String: String] {
    let backtracer = toolchain.resources + "/../../libexec/swift/linux/swift-backtrace-static"
    var backtrace =
      "enable=yes,color=no,interactive=no,threads=crashed,images=none,registers=none,limit=400,"
      + "top=4,sanitize=no,timeout=10s"
    if let path = FileSystem.realPath(backtracer) { backtrace += ",swift-backtrace=" + path }
    var variables = [
      "NNBOOK_TOKEN": token, "SWIFT_DETERMINISTIC_HASHING": "1", "SWIFT_BACKTRACE": backtrace,
      "LC_ALL": "C.UTF-8", "TZ": "UTC", "PATH": "/usr/bin:/bin", "HOME": "/tmp", "TMPDIR": "/tmp",
    ]
    // In a sandbox a program sees no processes but its own.
    if bubblewrap != nil { variables["NNBOOK_ALONE"] = "1" }
    return variables
  }

  private static let env = "/usr/bin/env"

  /// Decides once for a build; the second value says what is missing.
  static func choose(
    _ policy: Requirement, limits: Limits, toolchain: Toolchain
  ) throws(DiagnosticError) -> (Sandbox, Diagnostic?) {
    var sandbox = Sandbox(
      bubblewrap: nil, prlimit: Environment.program("prlimit"), limits: limits, toolchain: toolchain
    )
    if policy != .off, let bubblewrap {
      sandbox.bubblewrap = bubblewrap
      return (sandbox, nil)
    }
    if let setpriv = Environment.program("setpriv") {
      let command = [setpriv, "--pdeathsig", "KILL", "--"]
      if succeeds(command + [env]) { sandbox.endingWithParent = command }
    }
    if policy == .off { return (sandbox, nil) }
    let isMissing = Environment.program("bwrap") == nil
    let reason =
      isMissing
      ? "bubblewrap is not installed" : "bubblewrap may not make namespaces on this machine"
    let remedy =
      isMissing
      ? "on Debian and Ubuntu: apt install bubblewrap"
      : "unprivileged user namespaces may be turned off; see kernel.unprivileged_userns_clone"
    if policy == .required {
      throw DiagnosticError(
        Diagnostic(
          .error, "sandbox-missing", "\(reason), and this build requires the sandbox",
          notes: [.init(remedy)]))
    }
    return (
      sandbox,
      Diagnostic(
        .warning, "sandbox-missing",
        "\(reason); cells run with limits on time, memory and output only",
        notes: [.init(remedy)])
    )
  }

  /// Whether this machine lets bubblewrap start programs.
  package static var isAvailable: Bool { bubblewrap != nil }

  private static var bubblewrap: String? {
    guard let bubblewrap = Environment.program("bwrap") else { return nil }
    let works = succeeds(
      withoutRoot() + [
        bubblewrap, "--ro-bind", "/", "/", "--unshare-all", "--proc", "/proc", "--", env,
      ])
    return works ? bubblewrap : nil
  }

  private static func succeeds(_ command: [String]) -> Bool {
    let child = ChildProcess(
      executable: command[0], arguments: Array(command.dropFirst()), environment: [:])
    return (try? child.collect(seconds: 10))?.0 == .exited(0)
  }
}
