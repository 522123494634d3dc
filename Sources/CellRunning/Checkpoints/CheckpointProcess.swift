import BookModel
import HostSystem
import Synchronization

/// A running program that keeps what it was after each cell: its process, the pipes that lead to the
/// copies of it, and the folder of the libraries that they load.
final class CheckpointProcess: Sendable {
  /// Why orders come to nothing.
  struct Broken: Error {
    var reason: String
  }

  /// How a cell's code came to its end.
  enum Ending: Hashable {
    /// - Parameter obstacle: why nothing can follow it in the same process.
    case done(obstacle: String?)
    case process(ChildProcess.Ending)
  }

  private let scratch: ScratchFolder
  /// Where both sides see the pipes and the libraries.
  private let seenAs: (control: String, modules: String)
  private let watcher: Watcher
  private let numbers = Mutex((slot: 0, run: 0))
  private let root: Slot

  /// A copy of the program that waits for orders.
  final class Slot: Sendable {
    fileprivate let number: Int
    fileprivate let commands: NamedPipe

    fileprivate init(_ number: Int, in folder: String) throws(FileError) {
      self.number = number
      commands = try NamedPipe("\(folder)/command-\(number)", .fromUs)
    }
  }

  /// The program as it is before the first cell.
  var start: Slot { root }

  /// - Parameter program: an executable that calls `_nnbookCheckpoints`.
  init(
    program: String, sandbox: Sandbox, data: [DataFile]
  ) throws(DiagnosticError) {
    do throws(FileError) {
      scratch = try ScratchFolder()
      try FileSystem.setMode(0o755, of: scratch.path)
      for name in ["control", "modules", "scratch", "scratch/data"] {
        try FileSystem.makeFolder(scratch.path + "/" + name)
        try FileSystem.setMode(0o755, of: scratch.path + "/" + name)
      }
      root = try Slot(0, in: scratch.path + "/control")
    } catch {
      throw DiagnosticError(ScratchFolder.unusable(error))
    }
    let folder = scratch.path
    seenAs =
      sandbox.bubblewrap == nil
      ? (folder + "/control", folder + "/modules") : ("/tmp/.control", "/tmp/.modules")
    let child = try sandbox.process(
      program: program, arguments: [seenAs.control], scratch: folder + "/scratch", data: data,
      readable: [
        .init(folder + "/control", seenAs: seenAs.control),
        .init(folder + "/modules", seenAs: seenAs.modules),
      ], isAlone: false)
    watcher = Watcher(memory: sandbox.limits.memory)
    startThread { [watcher] in watcher.follow(child) }
  }

  /// Ends it with all its copies.
  func end() {
    watcher.end()
    scratch.remove()
  }

  deinit { end() }

  /// Makes a library known to the copies; what they call it.
  func add(_ library: [UInt8], named name: String) throws(FileError) -> String {
    let path = path(ofLibrary: name)
    try FileSystem.write(library, to: path)
    try FileSystem.setMode(0o755, of: path)
    return "\(seenAs.modules)/\(name)"
  }

  func path(ofLibrary name: String) -> String { "\(scratch.path)/modules/\(name)" }

  /// Nobody loads it any more.
  func removeLibrary(named name: String) { FileSystem.discard(path(ofLibrary: name)) }

  /// Runs a library's entry in a copy of what is at `slot`.
  /// - Parameter stays: whether the copy is kept; then what was kept of it before ends.
  /// - Returns: the copy that is kept, and how its cell ended.
  func run(
    _ library: String, entry: String, at slot: Slot, stays: Bool, into outputs: inout CellOutputs
  ) throws -> (Slot?, Ending) {
    let (number, run) = numbers.withLock { numbers in
      numbers.slot += 1
      numbers.run += 1
      return (numbers.slot, numbers.run)
    }
    let control = scratch.path + "/control"
    let next = stays ? try Slot(number, in: control) : nil
    let (output, error, status) = (
      try NamedPipe("\(control)/output-\(run)", .toUs),
      try NamedPipe("\(control)/error-\(run)", .toUs),
      try NamedPipe("\(control)/status-\(run)", .toUs)
    )
    slot.commands.write("\(stays ? "run" : "try") \(number) \(run) \(library) \(entry)\n")
    let start = monotonicNow()
    let cancellation = ThreadCancellation.ofThisThread
    var said = ""
    var hasStarted = false
    while true {
      NamedPipe.wait(for: [output, error, status], milliseconds: 50)
      said += String(decoding: status.read(), as: UTF8.self)
      // Before what it said is taken for all of it, what it wrote is read.
      for (pipe, stream) in [(error, ChildProcess.Stream.error), (output, .output)] {
        while true {
          let bytes = pipe.read()
          if bytes.isEmpty { break }
          bytes.withUnsafeBytes { outputs.received($0, from: stream) }
          if outputs.wantsStop { break }
        }
      }
      hasStarted = hasStarted || said.hasPrefix("started\n")
      for line in said.split(separator: "\n").map(String.init) where said.hasSuffix("\n") {
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        switch words[0] {
        case "done":
          return (next, .done(obstacle: words.count > 1 ? words[1] : nil))
        case "ended":
          let code = Int32(words.last ?? "") ?? 0
          let signal = code & 0x7F
          return (
            nil,
            .process(
              signal == 0 ? .exited(code >> 8 & 0xFF) : .signaled(Signal(rawValue: signal)))
          )
        case "failed": throw Broken(reason: words.count > 1 ? words[1] : "it does not load")
        default: break
        }
      }
      let now = monotonicNow()
      let isOver = outputs.deadline.map { now >= $0 } ?? false
      if cancellation?.isCancelled == true || outputs.wantsStop || isOver || watcher.hasEnded {
        slot.commands.write("end \(run)\n")
        if watcher.hasEnded { throw Broken(reason: watcher.reason) }
        return (nil, .process(.stopped))
      }
      if !hasStarted, now - start > 10_000_000_000 { throw Broken(reason: "it does not answer") }
    }
  }
}

/// Keeps the process, its output, and its limits.
private final class Watcher: Sendable {
  private struct State: ChildProcess.Observer {
    let wantsEnd: @Sendable () -> Bool
    var memory: MemoryWatch
    var isOverMemory = false
    var error: [UInt8] = []

    var deadline: UInt64? { nil }
    var wantsStop: Bool { wantsEnd() || isOverMemory }

    mutating func received(_ bytes: UnsafeRawBufferPointer, from stream: ChildProcess.Stream) {
      if stream == .error, error.count < 1 << 16 { error.append(contentsOf: bytes) }
    }

    mutating func runs(_ process: Int32) {
      if memory.isExceeded(by: process) { isOverMemory = true }
    }
  }

  private let memory: Int
  private let wantsEnd = Atomic(false)
  private let ended = Mutex<String?>(nil)

  init(memory: Int) { self.memory = memory }

  var hasEnded: Bool { ended.withLock { $0 != nil } }
  var reason: String { ended.withLock { $0 ?? "" } }

  func end() { wantsEnd.store(true, ordering: .relaxed) }

  func follow(_ child: ChildProcess) {
    var state = State(
      wantsEnd: { self.wantsEnd.load(ordering: .relaxed) }, memory: MemoryWatch(limit: memory))
    let ending = try? child.run(&state, endsWithTask: false)
    let said = String(decoding: state.error, as: UTF8.self)
    ended.withLock {
      $0 =
        state.isOverMemory
        ? "its processes used too much memory together"
        : ending == nil ? "it does not start" : "it ended: \(said.prefix(200))"
    }
  }
}
