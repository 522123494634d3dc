import BookBuilding
import Foundation
import HostSystem
import Testing

/// Chapters larger than any that a person would write, and ones that need nothing to be run.
@Suite struct HardChapterTests {
  let folder = try! TemporaryFolder()

  struct Cost {
    var seconds: Double
    var mebibytes: Double
    var run: CommandRun
  }

  /// Builds and says what it took: processor time, which a busy machine does not change, and memory.
  func cost(_ arguments: String...) async throws -> Cost {
    let timed = "TIMEFORMAT='%U %S'; time \"$0\" \"$@\""
    var run = try await CommandRun(
      arguments, in: folder.path, under: ["/bin/bash", "-c", timed])
    var lines = run.errors.split(separator: "\n")
    let times = (lines.popLast() ?? "").split(separator: " ").compactMap { Double($0) }
    try #require(times.count == 2)
    run.errors = lines.map { $0 + "\n" }.joined()
    let memory = run.output.split(separator: "\n").first { $0.hasPrefix("  memory: ") }
    return Cost(
      seconds: times.reduce(0, +),
      mebibytes: memory?.split(separator: " ").compactMap { Double($0) }.first ?? 0, run: run)
  }

  /// The costs of a small and of a four times larger chapter, built to Markdown.
  func growth(_ name: String, _ small: String, _ large: String) async throws -> Cost {
    var costs: [Cost] = []
    for text in [small, large] {
      try folder.write("---\ntitle: Long\n---\n\n" + text, to: "chapters/long.md")
      let cost = try await cost("build", "--verbose", "--format", "markdown")
      #expect(cost.run.status == 0, "\(cost.run.errors)")
      costs.append(cost)
    }
    print(
      "\(name):", costs.map { String(format: "%.2f s %.0f MiB", $0.seconds, $0.mebibytes) })
    // Four times the text; the square would be sixteen times.
    #expect(costs[1].seconds < costs[0].seconds * 7 + 0.5)
    #expect(costs[1].mebibytes < costs[0].mebibytes * 5)
    return costs[1]
  }

  @Test(.timeLimit(.minutes(15))) func twoMegabytesOfProseTakeLinearTimeAndMemory() async throws {
    let paragraph = """
      ## A heading, number

      Plain *words* of a long chapter with `code`, [a link](#a-heading-number), a formula $x^2$ and
      é 漢字, again and again. And a "quotation", and a list:

      - one item
      - another item with **bold words**

      > A quotation of one line.


      """
    let count = 2_000_000 / paragraph.utf8.count
    let cost = try await growth(
      "2 MB of prose", String(repeating: paragraph, count: count / 4),
      String(repeating: paragraph, count: count))
    #expect(cost.mebibytes < 600)
    // As a page it is too large to be read, and that is said in one sentence.
    let page = try await CommandRun(["build", "--quiet"], in: folder.path)
    #expect(page.status == 1)
    #expect(page.errors.split(separator: "\n").count == 1, "\(page.errors)")
    #expect(page.errors.contains("chapters/long.md:1:1: error: page"))
  }

  @Test(.timeLimit(.minutes(15))) func tenThousandRowsOfATableTakeLinearTime() async throws {
    func table(_ rows: Int) -> String {
      "| number | square | name |\n|--:|--:|:--|\n"
        + (1...rows).map { "| \($0) | \($0 * $0) | *row* `\($0)` |\n" }.joined()
    }
    _ = try await growth("10,000 rows", table(2_500), table(10_000))
    let markdown = try folder.read("site-markdown/long.md")
    #expect(markdown.contains("10000"))
  }

  @Test(.timeLimit(.minutes(15))) func twoHundredCellsAreOneProgram() async throws {
    var text = "---\ntitle: Cells\n---\n\n```swift\nvar sum = 0\n```\n"
    for number in 1...200 {
      text += """

        Cell \(number).

        ```swift
        func step\(number)(_ value: Int) -> Int { value + \(number) }
        sum = step\(number)(sum)
        let values\(number) = [sum, \(number)].map { Double($0) / 2 }
        values\(number)
        ```

        Half of it is `{swift} values\(number)[0], %.1f`.

        """
    }
    try folder.write(text, to: "chapters/cells.md")
    let cost = try await cost("build", "--verbose", "--format", "markdown")
    #expect(cost.run.transcript.hasPrefix("exit 0\n") && cost.run.errors.isEmpty)
    print(String(format: "200 cells: %.2f s", cost.seconds))
    #expect(try folder.read("site-markdown/cells.md").contains("Half of it is 10050.0."))
    // A mistake in the last one is told at its place, and alone.
    try folder.write(
      text.replacing("value + 200 }", with: "value + missing }"), to: "chapters/cells.md")
    let run = try await CommandRun(
      ["build", "--quiet", "--format", "markdown"], in: folder.path)
    let line =
      text.split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex { $0.hasPrefix("func step200") }! + 1
    #expect(
      run.errors.hasPrefix(
        "chapters/cells.md:\(line):45: error: cannot find 'missing' in scope [swift-error]\n"))
    #expect(run.errors.split(separator: "error: ").count == 2)
  }

  @Test(.timeLimit(.minutes(15))) func proseAloneStartsNothing() async throws {
    for name in ["swiftc", "swift", "bwrap", "setpriv", "prlimit", "clang", "node"] {
      try folder.write(
        "#!/bin/sh\necho \(name) >>'\(folder.file("called"))'\nexit 1\n", to: "bin/" + name)
      chmod(folder.file("bin/" + name), 0o755)
    }
    try folder.write(
      """
      ---
      title: Prose
      ---

      Words about swift, `swift`, ```swift``` and `let swift = {swift}()`.

      ````markdown
      ```swift
      let code = "that shows how a cell is written"
      ```
      ````

      ```swift ignore
      this is not looked at
      ```

          ```text
          let code = "that shows a fence"
          ```

      ```python
      print("nor is this")
      ```

      ```
      plain
      ```

      """, to: "chapters/prose.md")
    for _ in 1...2 {
      let run = try await CommandRun(
        ["build", "--quiet"], in: folder.path,
        environment: ["PATH": folder.file("bin") + ":/usr/bin:/bin", "NNBOOK_SWIFTC": ""])
      #expect(run.transcript == "exit 0\n")
      #expect(FileSystem.kind(of: folder.file("called")) == nil)
    }
    // A cell does start it, which shows that it would have been found.
    try folder.write("---\ntitle: Cell\n---\n\n```swift\n1\n```\n", to: "chapters/cell.md")
    let run = try await CommandRun(
      ["build", "--quiet"], in: folder.path,
      environment: ["PATH": folder.file("bin") + ":/usr/bin:/bin"])
    #expect(run.status == 1)
    #expect(try folder.read("called") == "swiftc\n")
  }
}
