import BookModel
import EngineBuilding
import Glibc
import HostSystem
import Testing

@testable import CellRunning

@Suite struct `The sandbox` {
  @Test func `says which program does not start`() throws {
    let folder = try FileSystem.makeTemporaryFolder("nnbook-sandbox-test")
    defer { FileSystem.discard(folder) }
    let sandbox = Sandbox(
      bubblewrap: nil, prlimit: nil, limits: Limits(),
      toolchain: try Toolchain(compiler: nil, cache: folder))
    let chapter = try chapter("```swift\n1\n```\n")
    let scope = Scope.all(of: chapter)[0]
    let program = ProgramRunner(
      sandbox: sandbox, scope: scope, program: CellProgram(scope), book: folder)
    do throws(DiagnosticError) {
      // Longer than an argument may be.
      let scratch = String(repeating: "a", count: 200_000)
      _ = try program.run(executable: "/bin/true", data: [], scratch: scratch)
      Issue.record("nothing thrown")
    } catch {
      #expect(
        DiagnosticPrinter().text(for: error.diagnostics)
          == "error: the program of 'chapters/01-test.md' does not start: Argument list too long "
          + "[program-not-started]\n")
    }
  }

  @Test(.enabled(if: geteuid() == 0 && hasSandbox, "only a build by root copies data"))
  func `says which data file cannot be copied`() throws {
    let folder = try FileSystem.makeTemporaryFolder("nnbook-sandbox-test")
    defer { FileSystem.discard(folder) }
    let sandbox = Sandbox(
      bubblewrap: Bubblewrap.found, prlimit: nil, limits: Limits(),
      toolchain: try Toolchain(compiler: nil, cache: folder))
    func message(_ file: DataFile, _ program: String) -> String {
      do {
        _ = try sandbox.process(program: program, scratch: folder, data: [file])
        return "nothing thrown"
      } catch {
        return DiagnosticPrinter().text(for: error.diagnostics)
      }
    }
    #expect(
      message(DataFile(name: "a.csv", path: folder + "/a.csv"), folder + "/program")
        == "error: data file 'data/a.csv' cannot be read: no such file or directory "
        + "[data-not-readable]\n")
    try FileSystem.write([1], to: folder + "/b.csv")
    #expect(
      message(DataFile(name: "b.csv", path: folder + "/b.csv"), "/nowhere/program")
        == "error: data file 'data/b.csv' cannot be copied for the cells to "
        + "'/nowhere/program.data0': no such file or directory [data-not-readable]\n")
  }

  @Test func `is not what keeps the author's data from what cells write`() async throws {
    let book = try FileSystem.makeTemporaryFolder("nnbook-sandbox-test")
    defer { FileSystem.discard(book) }
    try FileSystem.makeFolder(book + "/data/sub")
    try FileSystem.write(Array("a\n1\n".utf8), to: book + "/data/sub/x.csv")
    let runner = try runner {
      $0.book = book
      $0.sandbox = .off
    }
    let run = try await runner.run(
      chapter(
        """
        ```swift
        import Foundation
        let before = try String(contentsOfFile: "data/sub/x.csv", encoding: .utf8)
        try? Data("gone".utf8).write(to: URL(filePath: "data/sub/x.csv"))
        try? FileManager.default.removeItem(atPath: "data/sub/x.csv")
        before.count
        ```
        """))
    #expect(run.result.cells[0].outputs == [.text("4")])
    #expect(try FileSystem.read(book + "/data/sub/x.csv") == Array("a\n1\n".utf8))
  }
}
