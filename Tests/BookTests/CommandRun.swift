import Foundation

/// The real command, run as a process of its own.
struct CommandRun: Sendable {
  var status: Int32
  var output: String
  var errors: String

  /// - Parameters:
  ///   - folder: where it runs.
  ///   - environment: added to that of the tests.
  ///   - wrapper: a command that starts the tool, such as a sandbox; its path is absolute.
  init(
    _ arguments: [String], in folder: String, environment: [String: String] = [:],
    under wrapper: [String] = []
  ) async throws {
    let process = Self.process(arguments, in: folder, environment: environment, under: wrapper)
    let output = try Capture()
    let errors = try Capture()
    process.standardOutput = output.handle
    process.standardError = errors.handle
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in done.resume() }
      do { try process.run() } catch { done.resume(throwing: error) }
    }
    status = process.terminationStatus
    self.output = try output.text()
    self.errors = try errors.text()
  }

  /// Not yet started, its output thrown away.
  static func process(
    _ arguments: [String], in folder: String, environment: [String: String] = [:],
    under wrapper: [String] = []
  ) -> Process {
    // Without a sandbox, builds would say so, which most tests do not ask about.
    let sandbox =
      ["build", "check"].contains(arguments.first) && !Confinement.isForCells
        && !arguments.contains("--sandbox")
      ? ["--sandbox", "off"] : []
    let words = wrapper + [tool] + arguments + sandbox
    let process = Process()
    process.executableURL = URL(fileURLWithPath: words[0])
    process.arguments = Array(words.dropFirst())
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = Self.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    return process
  }

  /// As a golden file holds it: what is empty is left out.
  var transcript: String {
    var text = "exit \(status)\n"
    if !output.isEmpty { text += "--- output\n" + output }
    if !errors.isEmpty { text += "--- errors\n" + errors }
    return text
  }

  /// Beside the test bundle, where the build puts all products.
  static let tool: String = {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    while folder.path != "/" {
      let tool = folder.appendingPathComponent("nnbook").path
      if FileManager.default.isExecutableFile(atPath: tool) { return tool }
      folder.deleteLastPathComponent()
    }
    fatalError("no nnbook beside \(CommandLine.arguments[0])")
  }()

  static let packageRoot = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// The engine is compiled once for all tests, and once for all runs of them.
  static let environment: [String: String] = {
    var environment = ProcessInfo.processInfo.environment
    environment["NNBOOK_CACHE"] = packageRoot + "/.build/nnbook-cache"
    environment["NO_COLOR"] = "1"
    return environment
  }()
}

/// A stream into a file: a pipe would fill up and stop a process that prints much.
private struct Capture {
  let path = NSTemporaryDirectory() + "nnbook-capture-\(UInt64.random(in: 0 ... .max))"
  let handle: FileHandle

  init() throws {
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  }

  func text() throws -> String {
    defer { try? FileManager.default.removeItem(atPath: path) }
    try handle.close()
    return try String(contentsOfFile: path, encoding: .utf8)
  }
}
