/// A program such as the compiler that works on what a book says. It runs where it can do no harm: it
/// reads the system, its own installation and what it is given, writes one folder, has no network
/// and no home, and so much time and memory.
package struct ConfinedTool: Sendable {
  /// Absolute.
  package var program: String
  package var arguments: [String]
  /// The one folder that it may write. It starts there, and is given names of files within it.
  package var folder: String
  /// Folders and files that it reads besides the system's.
  package var readable: [String]
  package var environment: [String: String]
  package var input: [UInt8]
  package var limits: Limits

  package struct Limits: Sendable {
    package var seconds: UInt64
    /// Bytes, of all its processes together.
    package var memory: Int

    package init(seconds: UInt64 = 120, memory: Int = 4 << 30) {
      self.seconds = seconds
      self.memory = memory
    }
  }

  package enum Ending: Hashable, Sendable {
    case exited(Int32)
    case signaled(Signal)
    case tookTooLong
    case usedTooMuchMemory
    case saidTooMuch
  }

  package struct Outcome: Sendable {
    package var ending: Ending
    package var output: [UInt8]
    package var error: [UInt8]

    package init(ending: Ending, output: [UInt8], error: [UInt8]) {
      self.ending = ending
      self.output = output
      self.error = error
    }
  }

  package init(
    _ program: String, _ arguments: [String], folder: String, readable: [String],
    environment: [String: String] = [:], input: [UInt8] = [],
    limits: Limits = Limits()
  ) {
    self.program = program
    self.arguments = arguments
    self.folder = folder
    self.readable = readable
    self.environment = environment
    self.input = input
    self.limits = limits
  }

  /// Where the folder is seen from within a sandbox: the names of folders above it, whatever they
  /// are, reach no tool.
  private static let seenFolder = "/tmp/work"

  /// - Parameter bubblewrap: nil to run it with limits alone.
  package func run(in bubblewrap: Bubblewrap?) throws(ChildProcess.StartFailure) -> Outcome {
    var said = Said(limits)
    let child = process(in: bubblewrap)
    let ending = try child.run(&said)
    return Outcome(ending: said.ending(ending), output: said.output, error: said.error)
  }

  /// Not yet started.
  package func process(in bubblewrap: Bubblewrap?) -> ChildProcess {
    var variables = ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]
    guard let bubblewrap else {
      variables["PATH"] = Environment.value("PATH") ?? variables["PATH"]
      for name in ["HOME", "TMPDIR"] { variables[name] = folder }
      variables["LD_LIBRARY_PATH"] = Environment.value("LD_LIBRARY_PATH")
      variables.merge(environment) { $1 }
      return ChildProcess(
        executable: "/usr/bin/env",
        arguments: ["-C", folder] + Self.endingWithParent + [program] + arguments,
        environment: variables, input: input)
    }
    if bubblewrap.changesUser {
      // Whatever the user's mask is, that other user reads what is there.
      FileSystem.openToAll(folder)
      FileSystem.giveAway(folder, to: Bubblewrap.nobody)
      if bubblewrap.makesViewAsNobody { FileSystem.letPass(to: folder) }
    }
    for name in ["HOME", "TMPDIR"] { variables[name] = Self.seenFolder }
    variables.merge(environment) { $1 }
    var view = Bubblewrap.View(folder: Self.seenFolder)
    view.readable = readable.map { Bubblewrap.View.Place($0) }
    if let place = ownPlace { view.readable.append(place) }
    view.writable = [Bubblewrap.View.Place(folder, seenAs: Self.seenFolder)]
    return bubblewrap.command(
      [program] + arguments, in: view, environment: variables, input: input)
  }

  /// Of a program outside of what is readable, wherever its name leads.
  private var ownPlace: Bubblewrap.View.Place? {
    guard !readable.contains(where: { program.hasPrefix($0 + "/") }) else { return nil }
    return Bubblewrap.View.Place(FileSystem.resolved(program), seenAs: program)
  }

  /// Ends a program with the build that started it, where no sandbox does.
  package static let endingWithParent: [String] = {
    guard let setpriv = Environment.program("setpriv") else { return [] }
    let command = [setpriv, "--pdeathsig", "KILL", "--"]
    let child = ChildProcess(
      executable: setpriv, arguments: Array(command.dropFirst()) + ["/usr/bin/env"],
      environment: [:])
    return (try? child.collect(seconds: 10))?.0 == .exited(0) ? command : []
  }()

  /// Of a file that the tool wrote. A link that it left instead leads nowhere.
  package static func result(_ path: String) throws(FileError) -> [UInt8] {
    try FileSystem.read(path, followingLinks: false)
  }
}

/// What a tool said, until it has had enough.
private struct Said: ChildProcess.Observer {
  var output: [UInt8] = []
  var error: [UInt8] = []
  let deadline: UInt64?
  private var watch: MemoryWatch
  private var isOverMemory = false
  private static let limit = 1 << 28

  init(_ limits: ConfinedTool.Limits) {
    deadline = monotonicNow() + limits.seconds * 1_000_000_000
    watch = MemoryWatch(limit: limits.memory)
  }

  var wantsStop: Bool { isOverMemory || output.count + error.count > Self.limit }

  mutating func received(_ bytes: UnsafeRawBufferPointer, from stream: ChildProcess.Stream) {
    switch stream {
    case .output: output.append(contentsOf: bytes)
    case .error: error.append(contentsOf: bytes)
    }
  }

  mutating func runs(_ process: Int32) {
    if watch.isExceeded(by: process) { isOverMemory = true }
  }

  func ending(_ ending: ChildProcess.Ending) -> ConfinedTool.Ending {
    switch ending {
    case .stopped where isOverMemory: .usedTooMuchMemory
    case .stopped where wantsStop: .saidTooMuch
    case .stopped: .tookTooLong
    case .exited(let code): .exited(code)
    case .signaled(let signal): .signaled(signal)
    }
  }
}
