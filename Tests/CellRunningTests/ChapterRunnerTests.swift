import BookModel
import HostSystem
import Testing

@testable import CellRunning

@Suite struct `A chapter runs` {
  @Test func `Output and values come back by cell, in order`() async throws {
    let (runner, chapter) = (
      try runner(),
      try chapter(
        """
        Six is `{swift} 2 * 3` before any cell.

        ```swift
        let numbers = [1, 2, 3]
        print("hello")
        numbers.count
        ```

        There are `{swift} numbers.count` numbers, mean `{swift} 2.0 / 3.0, %.2f`.

        ```swift
        let total = numbers.reduce(0, +); total // the sum
        ```
        """)
    )
    let run = try await runner.run(chapter)
    #expect(run.result.cells[0].outputs == [.console("hello\n"), .text("3")])
    #expect(run.result.cells[1].outputs == [.text("6")])
    #expect(run.result.inlineValues == ["6", "3", "0.67"])
    #expect(run.diagnostics.isEmpty)
    // What each cell took is told, kept, and no part of the result.
    #expect(run.cellSeconds.keys.sorted() == [0, 1])
    #expect(run.cellSeconds.values.reduce(0, +) < run.seconds)
    let stored = try #require(runner.stored(chapter))
    #expect(stored.result == run.result)
    #expect(stored.cellSeconds.keys.sorted() == [0, 1])
    for (index, seconds) in stored.cellSeconds {
      #expect(abs(seconds - run.cellSeconds[index]!) < 1e-6)
    }
  }

  @Test func `What a stored run says is said once`() async throws {
    let (runner, chapter) = (try runner(), try chapter("So `{swift} Float.nan` it is."))
    let run = try await runner.run(chapter)
    #expect(run.diagnostics.map(\.id) == [.inlineNotANumber])
    #expect(try #require(runner.stored(chapter)).diagnostics == run.diagnostics)
  }

  @Test(.timeLimit(.minutes(15))) func `A run ends with its task, and all that it started`()
    async throws
  {
    let marker = "sleep 98\(Int.random(in: 100_000...999_999))"
    let chapter = try chapter(
      """
      ```swift
      1 + 1
      ```

      ```swift
      import Foundation
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", "\(marker); true"]
      try process.run()
      process.waitUntilExit()
      ```
      """)
    let (steps, step) = AsyncStream<RunProgress>.makeStream()
    let task = Task { [runner = try runner()] in
      try await runner.run(chapter) { step.yield($0) }
    }
    for await progress in steps where progress.running == 1 {
      #expect(progress.doneCells == [0])
      #expect(progress.result.cells[0].outputs == [.text("2")])
      break
    }
    func isThere() throws -> Bool {
      try FileSystem.list("/proc").contains { entry in
        guard Int(entry.name) != nil,
          let bytes = try? FileSystem.read("/proc/\(entry.name)/cmdline")
        else { return false }
        return String(decoding: bytes, as: UTF8.self).contains(marker)
      }
    }
    while try !isThere() { try await Task.sleep(for: .milliseconds(10)) }
    let start = ContinuousClock.now
    task.cancel()
    let failure = await #expect(throws: DiagnosticError.self) { try await task.value }
    #expect(failure?.diagnostics == [])
    #expect(ContinuousClock.now - start < .seconds(60))
    while try isThere() { try await Task.sleep(for: .milliseconds(10)) }
    // What was ended half-way is not stored.
    #expect(try runner().stored(chapter) == nil)
  }

  @Test func `A network trains in a cell`() async throws {
    let run = try await runner().run(
      chapter(
        """
        ```swift
        let net = Network(inputs: 2, seed: 7) { Dense(2); Sigmoid(); Dense(1); Sigmoid() }
        net.parameterCount
        ```
        """))
    #expect(run.result.cells[0].outputs == [.text("9")])
  }

  @Test func `A mistake is told at the author's place`() async throws {
    let text = try await messages(
      """
      ```swift
      let x: Int = "one"
      let y: Int = "two"
      ```
      """)
    #expect(
      text == """
        chapters/01-test.md:5:14: error: cannot convert value of type 'String' to specified type \
        'Int' [swift-error]
          let x: Int = "one"
                       ^~~~~
        chapters/01-test.md:6:14: error: cannot convert value of type 'String' to specified type \
        'Int' [swift-error]
          let y: Int = "two"
                       ^~~~~

        """)
  }

  /// Most of its time goes into checks of access, which have no lines of their own.
  @Test(arguments: [false, true], [false, true])
  func `An endless loop is told where it was`(
    fromCheckpoints: Bool, inFunctionAbove: Bool
  ) async throws {
    let loop = "while counter.count >= 0 {\n  counter.count &+= 1\n  counter.count &-= 1\n}"
    func text(_ last: String) -> String {
      """
      ```swift
      final class Counter { var count = 0 }
      let counter = Counter()
      func spin() {
      \(loop)
      }
      ```

      ```swift timeout=1
      print("before")
      \(last)
      ```
      """
    }
    let runner = try runner { $0.usesCheckpoints = fromCheckpoints }
    if fromCheckpoints { _ = try await runner.run(try chapter(text("counter.count"))) }
    let endless = try chapter(text(inFunctionAbove ? "spin()" : loop))
    let first =
      inFunctionAbove
      ? endless.cells[0].codeStart.line + 3 : endless.cells[1].codeStart.line + 1
    var place = 0
    // Where the clock meets a function of the C library, that may hide who called it.
    for _ in 1...3 where !(first...first + 2).contains(place) {
      let run = try await runner.run(endless)
      #expect((run.origin == .previewed) == fromCheckpoints)
      #expect(run.diagnostics.map(\.id) == [.cellTimeout])
      place = run.diagnostics.first?.range?.start.line ?? 0
    }
    #expect((first...first + 2).contains(place), "\(place - first)")
  }

  /// The program holds a blank for each byte before a value: a long line of them would be gigabytes.
  @Test func `A line that holds too much is told at the place from which on it does`() async throws
  {
    let rule =
      "error: values and statements stand so far to the right that the program of the chapter would "
      + "have more than 4 MiB; break the line [line-too-long]\n"
    let values = String(repeating: "`{swift} 1` ", count: 1_000)
    #expect(try await messages("Values: " + values) == "chapters/01-test.md:4:10038: " + rule)
    let statements = String(repeating: "try f(); ", count: 1_000)
    #expect(
      try await messages("```swift\nfunc f() throws {}\n\(statements)\n```\n")
        == "chapters/01-test.md:6:8686: " + rule)
  }

  @Test func `A hundred messages of the compiler are told, and that there are more`() async throws {
    let text = try await messages(
      "```swift\n" + (0..<150).map { "missing\($0)()\n" }.joined() + "```\n")
    #expect(text.split(separator: "error: ").count == 101)
    #expect(
      text.contains(
        "note: more than 100 messages for one file; the others are left out [too-many-errors]"))
  }

  @Test func `A stop is told at the author's place, with what was printed before`() async throws {
    let text = try await messages(
      """
      ```swift
      let values = [1, 2, 3]
      print("before")
      let index = 7
      print(values[index])
      ```
      """)
    #expect(
      text == """
        chapters/01-test.md:8:13: error: the cell stopped: Index out of range [cell-stopped]
          print(values[index])
                      ^
        note: it printed before:
            before

        """)
  }
}
