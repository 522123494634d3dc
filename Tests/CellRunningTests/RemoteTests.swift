import BookModel
import EngineBuilding
import HostSystem
import Synchronization
import Testing

@testable import CellRunning

/// Machines that run commands, as a folder of this one: each command finds what it was sent, and no more.
private final class FolderExecutor: RemoteExecutor {
  let address = "grpc://worker.example:8980"
  private let state = Mutex(State())
  private let program: @Sendable (String) -> String
  private let failing: Int
  private let version: String?

  private struct State {
    var asked: [RemoteAction] = []
    var count = 0
  }

  /// - Parameters:
  ///   - program: what stands there in the place of a program.
  ///   - failing: the number of the command from which on there is no answer.
  ///   - version: what the compiler says there of itself; empty for one that fails.
  init(
    program: @escaping @Sendable (String) -> String = { $0 }, failing: Int = .max,
    version: String? = nil
  ) {
    self.program = program
    self.failing = failing
    self.version = version
  }

  var asked: [RemoteAction] { state.withLock(\.asked) }

  func run(
    _ action: RemoteAction, isCancelled: @Sendable () -> Bool
  ) throws(RemoteFailure) -> RemoteOutcome {
    let number = state.withLock { state in
      state.count += 1
      if !action.isFresh { state.asked.append(action) }
      return state.count
    }
    if number >= failing { throw .failed("it gives no answer") }
    do {
      let scratch = try ScratchFolder()
      defer { scratch.remove() }
      let root = scratch.path
      for folder in action.folders { try FileSystem.makeFolder(root + "/" + folder) }
      for (path, input) in action.inputs {
        try FileSystem.makeFolder(Path.folder(of: root + "/" + path))
        let bytes =
          switch input.content {
          case .bytes(let bytes): bytes
          case .file(let file): try FileSystem.read(file)
          }
        try FileSystem.write(bytes, to: root + "/" + path)
        if input.isExecutable { try FileSystem.setMode(0o755, of: root + "/" + path) }
      }
      if action.isFresh, let version {
        var outcome = RemoteOutcome(exitCode: version.isEmpty ? 1 : 0)
        outcome.output = Array(version.utf8)
        return outcome
      }
      let command = action.arguments.map(program)
      // In the foreground of a shell, where the signal of a cell's clock is not ignored.
      let child = ChildProcess(
        executable: "/usr/bin/env", arguments: ["-C", root] + command,
        environment: action.environment)
      let (ending, said) = try child.collect(seconds: UInt64(action.seconds))
      var outcome: RemoteOutcome
      switch ending {
      case .exited(let code): outcome = RemoteOutcome(exitCode: code)
      case .signaled(let signal): outcome = RemoteOutcome(exitCode: 128 + signal.rawValue)
      case .stopped: outcome = RemoteOutcome(exitCode: nil)
      }
      outcome.output = said.output
      outcome.error = said.error
      for path in action.outputs {
        outcome.files[path] = try? FileSystem.read(root + "/" + path)
      }
      return outcome
    } catch {
      throw .failed("\(error)")
    }
  }
}

@Suite struct `Cells run on other machines` {
  private func runner(
    on executor: FolderExecutor, isRequired: Bool = false, isConfined: Bool = true,
    book: String? = nil
  ) throws -> (ChapterRunner, RemoteWorkers) {
    let workers = RemoteWorkers(
      executor, isRequired: isRequired, isConfined: isConfined, jobs: 2)
    let runner = try CellRunningTests.runner { settings in
      settings.remote = workers
      if let book { settings.book = book }
    }
    return (runner, workers)
  }

  private static let plain = """
    ```swift
    print("one")
    1 + 1
    ```
    """

  @Test func `and give what they give here`() async throws {
    let book = try FileSystem.makeTemporaryFolder("nnbook-remote-test")
    defer { FileSystem.discard(book) }
    try FileSystem.makeFolder(book + "/data/sub")
    try FileSystem.write("one two three", to: book + "/data/sub/words.txt")
    let chapter = try chapter(
      """
      ```swift
      import Foundation
      let text = try! String(contentsOfFile: "data/sub/words.txt", encoding: .utf8)
      FileHandle.standardError.write(Data("said aside\\n".utf8))
      print(text.split(separator: " ").count)
      ```

      There are `{swift} text.count` letters.

      ```swift fail
      let number: Int = "text"
      ```

      ```swift crash
      fatalError("on purpose")
      ```

      ```swift reset
      Set(1...20)
      ```

      ```swift live
      let x = slider("x", 0...10, default: 3)
      x * x
      ```
      """)
    let here = try await CellRunningTests.runner { $0.book = book }.rerun(chapter)
    #expect(!here.diagnostics.hasErrors)
    let executor = FolderExecutor()
    let (first, workers) = try runner(on: executor, book: book)
    let there = try await first.rerun(chapter)
    #expect(!there.diagnostics.hasErrors)
    #expect(there.result == here.result)
    #expect(workers.trouble == nil)
    // Two programs and their parts, what must not compile, and what goes to the page.
    #expect(executor.asked.count >= 6)
    // A command that is asked for once more is the same, whoever asks in this user's name.
    let again = FolderExecutor()
    let (second, _) = try runner(on: again, book: book)
    _ = try await second.rerun(chapter)
    let commands = [executor, again].map { executor in
      executor.asked.map {
        [$0.arguments.joined(separator: "\n"), $0.inputs.keys.sorted().joined()]
      }
    }
    #expect(commands[0] == commands[1])
    func texts(_ executor: FolderExecutor) -> [RemoteAction.Input?] {
      executor.asked.map { $0.inputs["work/main.swift"] }
    }
    #expect(texts(executor) == texts(again))
  }

  /// A message and its place, whatever ends a cell.
  @Test(arguments: [
    "let zero = 0\nprint(\"before\")\nprint(1 / [1, zero][1])",
    "for _ in 0..<100_000 { print(\"more than is allowed, again and again\") }",
    "import Glibc\nexit(127)",
    "let word: Int = \"no number\"",
  ])
  func `and stop as they stop here`(code: String) async throws {
    let chapter = try chapter("```swift\n\(code)\n```\n")
    func message(_ runner: ChapterRunner) async -> String {
      do {
        let run = try await runner.rerun(chapter)
        return DiagnosticPrinter().text(for: run.diagnostics)
      } catch {
        return DiagnosticPrinter().text(for: error.diagnostics)
      }
    }
    let here = try await message(CellRunningTests.runner())
    #expect(here.contains("error"))
    let there = try await message(runner(on: FolderExecutor()).0)
    #expect(there == here)
  }

  @Test func `and end at the limits of their cells`() async throws {
    let chapter = try chapter("```swift timeout=1\nwhile true {}\n```\n")
    let run = try await runner(on: FolderExecutor()).0.rerun(chapter)
    #expect(
      run.diagnostics.map(\.summary) == ["the cell ran longer than 1 s, which is its limit"])
  }

  /// A program that others made, or its parts, would have the user's own rights.
  @Test func `and not here after all, where nothing confines what they made`() async throws {
    let chapter = try chapter(Self.plain)
    let (runner, workers) = try runner(on: FolderExecutor(failing: 3), isConfined: false)
    let error = await #expect(throws: DiagnosticError.self) { try await runner.rerun(chapter) }
    #expect(
      DiagnosticPrinter().text(for: error?.diagnostics ?? [])
        == "error: cells cannot run on 'grpc://worker.example:8980': it gives no answer; without a "
        + "sandbox this machine runs nothing that others made [remote-failed]\n")
    #expect(workers.trouble == nil)
    // Of machines that never answered there is nothing.
    let (other, silent) = try self.runner(on: FolderExecutor(failing: 1), isConfined: false)
    #expect(try await other.rerun(chapter).diagnostics.isEmpty)
    #expect(silent.trouble?.severity == .warning)
  }

  /// What a build says where the machines are of no use, and that it goes on here.
  @Test func `or here, where those are of no use`() async throws {
    let chapter = try chapter(Self.plain)
    let compiler = try setup().toolchain.confinedCompiler
    func trouble(_ executor: FolderExecutor) async throws -> String {
      let (runner, workers) = try runner(on: executor)
      let run = try await runner.rerun(chapter)
      #expect(run.result.cells[0].outputs == [.console("one\n"), .text("2")])
      #expect(run.diagnostics.isEmpty)
      return workers.trouble.map { DiagnosticPrinter().text(for: [$0]) } ?? "none"
    }
    func message(_ reason: String) -> String {
      "warning: cells cannot run on 'grpc://worker.example:8980': \(reason); this machine runs them "
        + "[remote-failed]\n"
    }
    #expect(try await trouble(FolderExecutor(failing: 1)) == message("it gives no answer"))
    // In the middle of a chapter, between compiling and linking.
    #expect(try await trouble(FolderExecutor(failing: 3)) == message("it gives no answer"))
    #expect(
      try await trouble(FolderExecutor { $0 == compiler ? "/nowhere/swiftc" : $0 })
        == message(
          "its workers have no '\(compiler)'; they need the toolchain of this machine, at the same place"
        ))
    #expect(
      try await trouble(FolderExecutor(version: "Swift version 5.0 (swift-5.0)\nTarget: x\n"))
        == message(
          "its workers have another compiler, 'Swift version 5.0 (swift-5.0)'; they need the toolchain "
            + "of this machine, at the same place"))
    #expect(
      try await trouble(FolderExecutor(version: ""))
        == message("'\(compiler) --version' fails there: it says nothing"))
  }

  @Test func `or nowhere, where they are required`() async throws {
    let chapter = try chapter(Self.plain)
    let (runner, workers) = try runner(on: FolderExecutor(failing: 1), isRequired: true)
    let first = await #expect(throws: DiagnosticError.self) { try await runner.rerun(chapter) }
    #expect(
      DiagnosticPrinter().text(for: first?.diagnostics ?? [])
        == "error: cells cannot run on 'grpc://worker.example:8980': it gives no answer "
        + "[remote-failed]\n")
    // One message says it for all chapters.
    let second = await #expect(throws: DiagnosticError.self) { try await runner.rerun(chapter) }
    #expect(second?.diagnostics == [])
    #expect(workers.trouble == nil)
  }
}
