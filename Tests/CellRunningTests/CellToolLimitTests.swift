import BookModel
import HostSystem
import Testing

@testable import CellRunning

/// What a tool that works on a chapter may take, and what is said when it takes more.
@Suite struct CellToolLimitTests {
  private func refusal(
    _ script: String, _ change: (inout Limits) -> Void = { _ in }
  ) throws -> String {
    var limits = Limits()
    change(&limits)
    let (sandbox, _) = try Sandbox.choose(.auto, limits: limits, toolchain: setup().toolchain)
    let folder = try FileSystem.makeTemporaryFolder("nnbook-limits")
    defer { FileSystem.discard(folder) }
    FileSystem.openToAll(folder)
    do {
      _ = try CellTools(sandbox, chapter: "a.md").run(
        "/bin/sh", ["-c", script], in: folder + "/tool", with: [:])
      return ""
    } catch {
      return error.diagnostics.map { "\($0.summary) [\($0.id.rawValue)]" }.joined()
    }
  }

  @Test func aToolThatTakesTooMuchIsNamed() throws {
    #expect(
      try refusal("sleep 60") { $0.compilerSeconds = 1 }
        == "'sh' took more than 1 s for the cells of this chapter, which is the limit "
        + "[compiler-time-limit]")
    #expect(
      try refusal("head -c 200m /dev/zero | tail -c 190m | (sleep 5; wc -c)") {
        $0.compilerMemory = 100 << 20
      }
        == "'sh' took more than 100 MiB of memory for the cells of this chapter, "
        + "which is the limit [compiler-memory-limit]")
    #expect(
      try refusal("yes")
        == "'sh' said more about the cells of this chapter than anybody can read "
        + "[compiler-output-limit]")
  }
}
