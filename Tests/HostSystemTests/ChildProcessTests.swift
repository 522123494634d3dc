import Testing

@testable import HostSystem

@Suite struct ChildProcessTests {
  private func shell(_ script: String, input: [UInt8] = []) throws -> (
    ChildProcess.Ending, output: String, error: String
  ) {
    let child = ChildProcess(
      executable: "/bin/sh", arguments: ["-c", script], environment: ["WORD": "given"],
      input: input)
    let (ending, said) = try child.collect(seconds: 20)
    return (
      ending, String(decoding: said.output, as: UTF8.self),
      String(decoding: said.error, as: UTF8.self)
    )
  }

  @Test func `both streams, the environment and the exit code come back`() throws {
    let (ending, output, error) = try shell("echo out $WORD $HOME; echo err >&2; exit 7")
    #expect(ending == .exited(7))
    #expect(output == "out given\n")
    #expect(error == "err\n")
  }

  @Test func `a signal is told by its number`() throws {
    #expect(try shell("kill -SEGV $$").0 == .signaled(.segmentation))
    #expect(Signal.segmentation.text == "Segmentation fault")
  }

  @Test(arguments: [0, 1, 100, 1 << 20])
  func `what a process is given it reads to the end`(count: Int) throws {
    let input = [UInt8](repeating: UInt8(ascii: "x"), count: count)
    #expect(try shell("wc -c", input: input).output.filter(\.isNumber) == "\(count)")
    // One that reads nothing, and one that answers before it has read all.
    #expect(try shell("exit 0", input: input).0 == .exited(0))
    #expect(try shell("cat; echo end", input: input).output.utf8.count == count + 4)
  }

  @Test func `the input leaves no file behind`() throws {
    let before = FileSystem.names(in: FileSystem.temporaryFolder)
    _ = try shell("cat", input: [1, 2, 3])
    let new = Set(FileSystem.names(in: FileSystem.temporaryFolder)).subtracting(before)
    #expect(!new.contains { $0.hasPrefix("nnbook-input-\(RunningProcess.own)-") })
  }

  @Test func `a program that is not there says so`() {
    let child = ChildProcess(executable: "/nowhere/tool", arguments: [], environment: [:])
    #expect(throws: ChildProcess.StartFailure(code: .absent)) { try child.collect() }
  }

  @Test func `one that takes too long is ended, with its children`() throws {
    let child = ChildProcess(
      executable: "/bin/sh", arguments: ["-c", "sleep 300 & echo $!; wait"],
      environment: ["PATH": "/usr/bin:/bin"])
    let start = monotonicNow()
    let (ending, said) = try child.collect(seconds: 1)
    #expect(ending == .stopped)
    #expect(monotonicNow() - start < 10_000_000_000)
    let number = String(decoding: said.output, as: UTF8.self).filter(\.isNumber)
    let left = try #require(RunningProcess(number: number))
    for _ in 0..<100 where !left.hasEnded { _ = try shell("sleep 0.02") }
    #expect(left.hasEnded)
  }

  @Test(arguments: [0, 3]) func `one that ends with its parent is as any other until then`(
    code: Int32
  ) throws {
    var child = ChildProcess(
      executable: "/bin/sh", arguments: ["-c", "cat; echo $0 $1; exit \(code)", "a b", "$HOME"],
      environment: ["PATH": "/usr/bin:/bin"])
    child.endsWithParent = true
    let (ending, said) = try child.collect(seconds: 20)
    #expect(ending == .exited(code))
    #expect(String(decoding: said.output, as: UTF8.self) == "a b $HOME\n")
    #expect(said.error == [])
    child.executable = "/nowhere/tool"
    #expect(throws: ChildProcess.StartFailure(code: .absent)) { try child.collect() }
  }

  @Test func `one is spoken with until it ends`() throws {
    let environment = ["PATH": "/usr/bin:/bin"]
    let echo = try SpokenProcess(
      executable: "/bin/sh", arguments: ["-c", "sleep 1000 & echo $!; exec cat"],
      environment: environment)
    let left = try #require(
      RunningProcess(number: String(decoding: echo.read(), as: UTF8.self).dropLast()))
    for word in ["one", String(repeating: "two", count: 5000)] {
      #expect(echo.write(Array(word.utf8)))
      var said: [UInt8] = []
      while said.count < word.utf8.count { said += echo.read() }
      #expect(String(decoding: said, as: UTF8.self) == word)
    }
    #expect(!left.hasEnded)
    // What it has started ends with it, and a word to it is lost without harm.
    echo.end()
    #expect(echo.read() == [])
    for _ in 0..<3000 where !left.hasEnded { _ = try shell("/bin/sleep 0.02") }
    #expect(left.hasEnded)
    #expect(!echo.write(Array("lost".utf8)))
    echo.end()
    #expect(throws: ChildProcess.StartFailure(code: .absent)) {
      try SpokenProcess(executable: "/nowhere/tool", environment: environment)
    }
  }

  @Test func `no descriptor of ours is open in a child`() throws {
    let folder = try FileSystem.makeTemporaryFolder("nnbook-descriptor-test")
    defer { FileSystem.discard(folder) }
    let lock = try #require(FileLock(file: folder + "/lock", .givesUp))
    defer { lock.release() }
    #expect(!(try shell("PATH=/usr/bin:/bin ls -l /proc/self/fd").output.contains(folder)))
  }

  @Test func `programs are found on the search path`() throws {
    let shell = try #require(Environment.program("sh"))
    #expect(FileSystem.isExecutable(shell) && Path.name(of: shell) == "sh")
    #expect(Environment.program("no-such-program") == nil)
    #expect(Environment.all["PATH"] == Environment.value("PATH"))
    #expect(Environment.value("NNBOOK_NO_SUCH_VARIABLE") == nil)
  }
}
