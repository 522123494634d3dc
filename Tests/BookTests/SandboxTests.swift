import BookBuilding
import Foundation
import Testing

/// What outlives a build: nothing that its cells started. What the cells try, and what they are told,
/// is the tiny book `sandbox`.
@Suite struct SandboxTests {
  let folder = try! TemporaryFolder()

  @Test(
    .timeLimit(.minutes(15)), arguments: Confinement.isForCells ? ["required", "off"] : ["off"])
  func noProcessOutlivesItsCell(_ sandbox: String) async throws {
    // The seconds to sleep are the mark that the processes are found by.
    let mark = "\(UInt32.random(in: 1_000_000...9_999_999)).5"
    let scripts = [
      "child": "exec sleep \(mark)", "grandchild": "sleep \(mark) & sleep \(mark)",
      "deaf": "trap '' TERM HUP INT; sleep \(mark)",
    ]
    for (name, script) in scripts {
      try folder.write(
        """
        ---
        title: \(name)
        ---

        ```swift
        import Glibc
        var words = [strdup("sh"), strdup("-c"), strdup("\(script)"), nil]
        var shell: pid_t = 0
        posix_spawn(&shell, "/bin/sh", nil, nil, &words, nil)
        usleep(100_000)
        ```

        """, to: "chapters/\(name).md")
    }
    let run = try await CommandRun(["build", "-q", "--sandbox", sandbox], in: folder.path)
    #expect(run.status == 1)
    let errors = run.errors.split(separator: "\n").map(String.init)
      .filter { $0.contains("error: ") }
    let told = ["child", "deaf", "grandchild"].map { "chapters/\($0).md:6:1" }
    #expect(errors.map { String($0.prefix { $0 != " " }.dropLast()) } == told, "\(errors)")
    for error in errors {
      #expect(error.hasSuffix("running; a cell waits for what it starts [cell-leaves-process]"))
    }
    #expect(try await eventually { try processes(with: mark).isEmpty })
  }

  @Test(.timeLimit(.minutes(15))) func aProcessThatWasWaitedForIsNoMatter() async throws {
    try folder.write(
      """
      ---
      title: A
      ---

      ```swift
      import Foundation
      let date = Process()
      date.executableURL = URL(fileURLWithPath: "/bin/echo")
      date.arguments = ["said by a child"]
      try date.run()
      date.waitUntilExit()
      ```

      ```swift
      print("and by its parent")
      ```

      """, to: "chapters/a.md")
    let run = try await CommandRun(["build", "-q"], in: folder.path)
    #expect(run.transcript == "exit 0\n")
    let page = try folder.read("site/a.html")
    #expect(page.contains("said by a child") && page.contains("and by its parent"))
  }
}
