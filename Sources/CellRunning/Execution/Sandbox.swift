import BookModel
import EngineBuilding
import HostSystem

/// How a cell program is started: what it sees of the machine, and what it may use.
package struct Sandbox: Sendable {
  /// Nil where programs run without one.
  var bubblewrap: Bubblewrap?
  var prlimit: String?
  var limits: Limits
  /// Folder of the Swift runtime libraries and of the backtracer.
  var toolchain: Toolchain

  /// Where cells find themselves.
  static let bookFolder = "/tmp/book"

  /// The process that runs `program`, not yet started: in a scratch folder of its own, in which
  /// `data/` holds the given files of the book, and nothing else of the book can be seen.
  /// - Parameters:
  ///   - readable: what it sees besides, where there is a sandbox.
  ///   - isAlone: whether every process that it sees is one that its cells have started.
  func process(
    program: String, arguments: [String] = [], scratch: String, data: [DataFile],
    readable: [Bubblewrap.View.Place] = [], isAlone: Bool = true
  ) throws(DiagnosticError) -> ChildProcess {
    var environment = environment
    if !isAlone { environment["NNBOOK_ALONE"] = nil }
    guard let bubblewrap else {
      for file in data { try put(file, in: scratch) }
      return ChildProcess(
        executable: Self.env,
        arguments: ["-C", scratch] + ConfinedTool.endingWithParent
          + limits.wrapping([program] + arguments, prlimit: prlimit),
        environment: environment)
    }
    var view = Bubblewrap.View(folder: Self.bookFolder)
    view.temporarySize = limits.fileSize
    view.folders = [Self.bookFolder]
    // What a cell wrote there would be gone, so that it may not.
    view.sealed = [Self.bookFolder + "/data"]
    for folder in [toolchain.resources, toolchain.resources + "/../../libexec"] {
      if let path = FileSystem.realPath(folder) { view.readable.append(.init(path)) }
    }
    for (index, file) in data.enumerated() {
      let path =
        bubblewrap.changesUser ? try copy(file, to: "\(program).data\(index)") : file.path
      view.readable.append(.init(path, seenAs: Self.bookFolder + "/data/" + file.name))
    }
    view.readable.append(.init(program, seenAs: "/tmp/.program"))
    view.readable += readable
    return bubblewrap.command(
      limits.wrapping(["/tmp/.program"] + arguments, prlimit: prlimit), in: view,
      environment: environment, isCounted: true)
  }

  /// Nobody may not read a file of root's own, so what a cell reads is copied beside its program.
  private func copy(_ file: DataFile, to path: String) throws(DiagnosticError) -> String {
    do throws(FileError) {
      try FileSystem.write(try FileSystem.read(file.path), to: path)
      try FileSystem.setMode(0o444, of: path)
    } catch {
      let reads = error.path == file.path
      throw DiagnosticError(
        Diagnostic(
          .error, .dataNotReadable,
          reads
            ? "data file 'data/\(file.name)' cannot be read: \(error.reason)"
            : "data file 'data/\(file.name)' cannot be copied for the cells to '\(path)': "
              + error.reason))
    }
    return path
  }

  /// Without a sandbox cells have copies: what they write is not the author's file.
  private func put(_ file: DataFile, in scratch: String) throws(DiagnosticError) {
    let path = scratch + "/data/" + file.name
    // That of an earlier program. A folder that cannot be made shows as the copy that cannot be.
    FileSystem.discard(path)
    try? FileSystem.makeFolder(Path.folder(of: path))
    _ = try copy(file, to: path)
  }

  /// Everything that a program finds in its environment.
  private var environment: [String: String] {
    let backtracer = toolchain.resources + "/../../libexec/swift/linux/swift-backtrace-static"
    var backtrace =
      "enable=yes,color=no,interactive=no,threads=crashed,images=mentioned,registers=none,limit=400,"
      + "top=4,sanitize=no,timeout=10s"
    if let path = FileSystem.realPath(backtracer) { backtrace += ",swift-backtrace=" + path }
    var variables = [
      "SWIFT_DETERMINISTIC_HASHING": "1", "SWIFT_BACKTRACE": backtrace, "LC_ALL": "C.UTF-8",
      "TZ": "UTC", "PATH": "/usr/bin:/bin", "HOME": "/tmp", "TMPDIR": "/tmp",
    ]
    // In a sandbox a program sees no processes but its own.
    if bubblewrap != nil { variables["NNBOOK_ALONE"] = "1" }
    return variables
  }

  /// On another machine, where the folders are the worker's and its sandbox holds what else there is.
  var remoteEnvironment: [String: String] {
    environment.filter { !["HOME", "TMPDIR", "NNBOOK_ALONE"].contains($0.key) }
  }

  private static let env = "/usr/bin/env"

  /// Decides once for a build; the second value says what is missing.
  static func choose(
    _ policy: Requirement, limits: Limits, toolchain: Toolchain
  ) throws(DiagnosticError) -> (Sandbox, Diagnostic?) {
    let bubblewrap = policy == .off ? nil : Bubblewrap.found
    var limits = limits
    // Without a sandbox the kernel counts whatever else the user runs.
    if bubblewrap == nil { limits.processes += RunningProcess.threadsOfUser }
    let sandbox = Sandbox(
      bubblewrap: bubblewrap,
      prlimit: Environment.program("prlimit"), limits: limits, toolchain: toolchain)
    if policy == .off || sandbox.bubblewrap != nil { return (sandbox, nil) }
    let (reason, remedy) = lack
    if policy == .required {
      throw DiagnosticError(
        Diagnostic(
          .error, .sandboxMissing, "\(reason), and this build requires the sandbox",
          notes: [.init(remedy)]))
    }
    return (
      sandbox,
      Diagnostic(
        .warning, .sandboxMissing,
        "\(reason); cells run with limits on time, memory and output only",
        notes: [.init(remedy)])
    )
  }

  /// Why there is no sandbox, where there is none, and what helps.
  private static var lack: (reason: String, remedy: String) {
    Environment.program("bwrap") == nil
      ? ("bubblewrap is not installed", "on Debian and Ubuntu: apt install bubblewrap")
      : (
        "bubblewrap may not make namespaces on this machine",
        "unprivileged user namespaces may be turned off; see kernel.unprivileged_userns_clone"
      )
  }

  /// What is typed into pages runs in the sandbox or not at all; nil where there is one.
  package static var editingRefusal: Diagnostic? {
    if isAvailable { return nil }
    return Diagnostic(
      .error, .editingNeedsSandbox,
      "\(lack.reason), and '--edit' runs what is typed into pages in the sandbox only",
      notes: [.init(lack.remedy)])
  }

  /// Whether this machine lets bubblewrap start programs.
  package static var isAvailable: Bool { Bubblewrap.found != nil }
}
