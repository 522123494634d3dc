import BookBuilding
import Foundation
import HostSystem
import Support
import Testing

/// Builds with cells, killed at any moment: while a compiler works, while a cell runs, while results
/// are stored, while the site is written.
@Suite struct KilledBuildTests {
  let folder = try! TemporaryFolder()
  let temporary: [String: String]

  init() throws {
    try FileSystem.makeFolder(folder.file("tmp"))
    temporary = ["TMPDIR": folder.file("tmp")]
  }

  func writeBook(_ version: Int) throws {
    try folder.write(
      """
      ---
      title: Cells
      ---

      ```swift
      let version = \(version)
      print("this is version \\(version)")
      ```

      It has $x^{\(version)}$.

      """, to: "chapters/1-cells.md")
    for number in 2...6 {
      try folder.write(
        "---\ntitle: Prose \(number)\n---\n\nThis is version \(version).\n",
        to: "chapters/\(number)-prose.md")
    }
  }

  /// The versions that the site's pages are of.
  func versions() throws -> Set<Int> {
    var found: Set<Int> = []
    for name in ["1-cells"] + (2...6).map({ "\($0)-prose" }) {
      let page = try folder.read("site/\(name).html")
      #expect(page.hasSuffix("</html>\n"))
      let text = page.lowercased()
      let start = try #require(text.ranges(of: "this is version ").last, "\(name)")
      found.insert(try #require(Int(text[start.upperBound...].prefix { $0.isNumber })))
    }
    return found
  }

  @Test(.timeLimit(.minutes(15))) func twentyKillsLeaveOneWholeSiteAndAStoreThatWorks() async throws
  {
    try writeBook(0)
    let first = try await CommandRun(
      ["build", "--quiet"], in: folder.path, environment: temporary)
    #expect(first.transcript == "exit 0\n")
    try writeBook(1)
    let start = ContinuousClock.now
    let second = try await CommandRun(
      ["build", "--quiet"], in: folder.path, environment: temporary)
    #expect(second.transcript == "exit 0\n")
    // How long a build takes changes with what else the machine does.
    var whole = (ContinuousClock.now - start) / .milliseconds(1)
    var onSite = 1
    var interrupted = 0
    var moments = SeededGenerator()
    for round in 2...21 {
      try writeBook(round)
      let process = CommandRun.process(
        ["build", "--quiet"], in: folder.path, environment: temporary)
      try process.run()
      try await Task.sleep(for: .milliseconds(Double.random(in: 0...1.1, using: &moments) * whole))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let versions = try versions()
      #expect(versions == [onSite] || versions == [round], "round \(round)")
      if versions == [onSite] { interrupted += 1 }
      whole *= versions == [onSite] ? 1.1 : 0.7
      onSite = versions.first ?? onSite
    }
    #expect(interrupted > 0)
    try writeBook(22)
    let last = try await CommandRun(
      ["build", "--verbose"], in: folder.path, environment: temporary)
    #expect(last.status == 0 && last.errors.isEmpty, "\(last.transcript)")
    #expect(!last.output.contains("damaged"))
    #expect(try versions() == [22])
    let check = try await CommandRun(
      ["build", "--no-exec", "--check", "--quiet"], in: folder.path, environment: temporary)
    #expect(check.transcript == "exit 0\n")
    // What the killed ones left is gone.
    let left = try folder.files.filter { $0.hasPrefix(".site") || $0.contains(".part") }
    #expect(left == [])
    // What is killed may take a moment to die; the next build that runs cells tidies then.
    func scratch() -> [String] {
      FileSystem.names(in: folder.file("tmp"))
        .filter { $0.hasPrefix("nnbook-") && !$0.hasPrefix("nnbook-new-") }
    }
    for _ in 0..<20 where !scratch().isEmpty {
      let again = try await CommandRun(
        ["build", "--rerun", "--quiet"], in: folder.path, environment: temporary)
      #expect(again.transcript == "exit 0\n")
    }
    #expect(scratch() == [])
  }

  @Test(
    .timeLimit(.minutes(15)), arguments: Confinement.isForCells ? ["required", "off"] : ["off"])
  func theCellsOfAKilledBuildEndWithIt(_ sandbox: String) async throws {
    // The first build of all waits for the engine, which takes a minute to compile.
    try writeBook(0)
    #expect(try await CommandRun(["build", "--quiet"], in: folder.path).status == 0)
    // The name shows in the list of processes, in a sandbox too.
    let mark = "61.\(UInt32.random(in: 1_000_000...9_999_999))"
    try folder.write(
      """
      ---
      title: A
      ---

      ```swift
      import Foundation
      let sleeper = Process()
      sleeper.executableURL = URL(fileURLWithPath: "/bin/sleep")
      sleeper.arguments = ["\(mark)"]
      try sleeper.run()
      while true { sleep(60) }
      ```

      """, to: "chapters/a.md")
    let process = CommandRun.process(
      ["build", "--sandbox", sandbox], in: folder.path, environment: temporary)
    try process.run()
    #expect(try await eventually { try !processes(with: mark).isEmpty })
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    // Without a sandbox only the program itself is sure to end; its child is told of nothing.
    let program = folder.file("tmp")
    #expect(
      try await eventually {
        try processes(with: sandbox == "off" ? program : mark).isEmpty
      })
    for left in try processes(with: mark) { kill(left, SIGKILL) }
  }

  /// A compiler has children that do its work, and an engine takes them most of a minute.
  @Test(.timeLimit(.minutes(15))) func theCompilersOfAKilledBuildEndWithIt() async throws {
    try writeBook(0)
    let mark = "62.\(UInt32.random(in: 1_000_000...9_999_999))"
    let real = try #require(Environment.program("swiftc"))
    try folder.write(
      """
      #!/bin/sh
      case "$1" in -print-target-info) exec '\(real)' "$@" ;; esac
      sleep \(mark) &
      wait
      """, to: "swiftc")
    try FileSystem.setMode(0o755, of: folder.file("swiftc"))
    for module in ["NeuralNetKernels", "NeuralNet", "Notebook"] {
      try folder.write("", to: "engine/\(module)/empty.h")
    }
    let environment = [
      "NNBOOK_SWIFTC": folder.file("swiftc"), "NNBOOK_ENGINE": folder.file("engine"),
      "NNBOOK_CACHE": folder.file("cache"),
    ]
    let process = CommandRun.process(
      ["build"], in: folder.path, environment: temporary.merging(environment) { $1 })
    try process.run()
    #expect(try await eventually { try !processes(with: mark).isEmpty })
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(try await eventually { try processes(with: mark).isEmpty })
    for left in try processes(with: mark) { kill(left, SIGKILL) }
  }
}
