import BookModel
import ChapterParsing
import Foundation
import HostSystem
import Testing

@testable import CellRunning

/// What checkpoints show is what the chapter's own program gives, from the changed cell on.
@Suite(.serialized) struct `A changed cell runs from a checkpoint` {
  private func previewing() throws -> ChapterRunner {
    let results = FileManager.default.temporaryDirectory.path + "/nnbook-test-previews-\(UUID())"
    return try runner {
      $0.usesCheckpoints = true
      $0.results = results
    }
  }

  private func text(_ cells: [String], before: String = "", after: String = "") -> String {
    before + cells.map { "```swift\n\($0)\n```\n" }.joined(separator: "\n") + after
  }

  private static let sample = [
    """
    import Foundation
    precedencegroup Power { higherThan: MultiplicationPrecedence }
    infix operator **: Power
    func ** (base: Double, exponent: Double) -> Double { pow(base, exponent) }
    protocol Shape { var area: Double { get } }
    struct Square: Shape { private var side = 3.0; var area: Double { side ** 2 } }
    var shapes: [any Shape] = [Square()]
    shapes[0].area
    """,
    """
    extension Square: CustomStringConvertible { var description: String { "square of \\(area)" } }
    class Counter { private(set) var count = 0; func up() -> Int { count += 1; return count } }
    let counter = Counter()
    print(shapes, type(of: counter), counter.up())
    """,
    """
    var generator = RandomSource(seed: 3)
    var net = Network(inputs: 2, seed: 7) { Dense(3); Tanh(); Dense(1) }
    let x = Tensor([[0.5, -1]])
    net(x)
    """,
    """
    print(shapes.map(\\.area).reduce(0, +), counter.up(), terminator: "")
    x
    """,
  ]

  @Test(.timeLimit(.minutes(15))) func `The results are those of the whole program`() async throws {
    let after = "Twice: `{swift} counter.up(), %.2f` and `{swift} counter.count`.\n"
    let original = try chapter(text(Self.sample, after: after))
    let whole = try await runner().rerun(original)
    #expect(whole.result.cells[1].outputs == [.console("[square of 9.0] Counter 1\n")])
    let previewing = try previewing()
    for index in Self.sample.indices.reversed() {
      var cells = Self.sample
      cells[index] += "\n// changed"
      let run = try await previewing.run(try chapter(text(cells, after: after)))
      #expect(run.origin == .previewed, "\(run.details)")
      #expect(run.result.cells == whole.result.cells, "after a change of cell \(index + 1)")
      #expect(run.result.inlineValues.last == "3")
      #expect(run.diagnostics.isEmpty)
    }
  }

  /// With all kinds of cells, and values between them.
  private static let parts = [
    "```swift\nlet drawn = UInt64.random(in: 1 ... .max)\nprint(\"drawn\")\n```",
    "Drawn is `{swift} drawn`.",
    "```swift exercise\nfunc twice(_ x: Int) -> Int { x }\nprint(\"start\", terminator: \"\")\n```",
    "```swift checks\ncheck(twice(3) == 6, \"Six.\")\n\ncheck(twice(0) == 0, \"Zero.\")\n```",
    "```swift solution\nfunc twice(_ x: Int) -> Int { 2 * x }\nprint(\"solved\")\n```",
    "```swift crash\nprint(\"before\", terminator: \"\")\nif drawn > 0 { fatalError(\"no\") }\n```",
    "```swift\nlet late = UInt64.random(in: 1 ... .max)\nbaked(drawn > 0)\n```",
    "Late is `{swift} late`.",
  ]

  @Test(.timeLimit(.minutes(15)))
  func `Exercises and values run in copies, and no other cell does for them`() async throws {
    func text(_ parts: [String]) -> String { parts.joined(separator: "\n\n") + "\n" }
    let whole = try await runner().rerun(try chapter(text(Self.parts)))
    #expect(
      whole.result.cells[1].outputs.map(\.isCheck) + whole.result.cells[3].outputs.map(\.isCheck)
        == [false, true, true, false, true, true])
    let previewing = try previewing()
    func run(_ change: (inout [String]) -> Void) async throws -> ChapterRun {
      var parts = Self.parts
      change(&parts)
      let run = try await previewing.run(try chapter(text(parts)))
      #expect(run.origin == .previewed, "\(run.details)")
      #expect(run.diagnostics.isEmpty, "\(run.diagnostics)")
      return run
    }
    func append(_ place: Int, _ line: String) async throws -> ChapterRun {
      try await run { $0[place] = $0[place].dropLast(3) + line + "\n```" }
    }
    let first = try await run { _ in }
    #expect(first.result.cells == whole.result.cells)
    let (drawn, late) = (first.result.inlineValues[0], first.result.inlineValues[1])
    for place in [4, 3, 2] {
      let changed = try await append(place, "// changed")
      #expect(changed.result == first.result, "after a change of part \(place)")
    }
    // The sentences of checks are found where they stand now.
    let moved = try await run { parts in
      parts.insert("A paragraph.", at: 3)
      parts[1] = "Drawn is `{swift} drawn` and half is `{swift} drawn / 2`."
    }
    #expect(moved.result.cells == whole.result.cells)
    #expect(moved.result.inlineValues == [drawn, String(UInt64(drawn)! / 2), late])
    let told = try await append(2, "print(\"more\")")
    #expect(told.result.cells[1].outputs.first == .console("startmore\n"))
    #expect(told.result.inlineValues == first.result.inlineValues)
    // What stands below a change runs again, and nothing above it.
    let below = try await append(5, "// changed")
    #expect(below.result.cells == whole.result.cells)
    #expect(below.result.inlineValues[0] == drawn)
    #expect(below.result.inlineValues[1] != late)
    let all = try await append(0, "// changed")
    #expect(all.result.cells == whole.result.cells)
    #expect(all.result.inlineValues[0] != drawn)
    // Above a cell that does not compile sentences have their values; of what is below nothing is told.
    var broken = Self.parts
    broken[0] = broken[0].dropLast(3) + "// changed\n```"
    broken.insert("```swift\nnothing\n```", at: 2)
    let stopped = try await previewing.run(try chapter(text(broken)))
    #expect(stopped.diagnostics.map(\.id) == [.swiftError])
    #expect(stopped.unfinished?.doneCells == [0])
    #expect(stopped.result.inlineValues[0] == all.result.inlineValues[0])
  }

  @Test(.timeLimit(.minutes(15))) func `A live cell takes from the build what it gave last`()
    async throws
  {
    func text(_ scale: Int, before: String = "") -> String {
      before + """
        ```swift
        let scale = \(scale)
        let sizes = [1, 2].map { Float(scale * $0) }
        ```

        ```swift live
        let taken = baked(sizes)
        show(taken[stepper("Index", 0...1, default: 1)])
        ```
        """
    }
    let previewing = try previewing()
    func run(_ text: String) async throws -> ChapterRun {
      let run = try await previewing.run(try chapter(text))
      #expect(run.origin == .previewed, "\(run.details)")
      #expect(!run.diagnostics.hasErrors, "\(run.diagnostics)")
      return run
    }
    let first = try await run(text(3))
    // Its place in the chapter is none of it.
    let moved = try await run(text(3, before: "Some words.\n\n"))
    #expect(moved.result == first.result)
    let changed = try await run(text(4))
    let whole = try await runner().rerun(try chapter(text(4)))
    #expect(changed.result == whole.result)
    #expect(changed.result.liveModule != first.result.liveModule)
  }

  @Test(.timeLimit(.minutes(15))) func `No cell above the change runs, and none for a value`()
    async throws
  {
    let first = "let drawn = UInt64.random(in: 0 ... .max)\nprint(drawn)"
    let previewing = try previewing()
    func run(_ second: String, _ after: String = "") async throws -> ChapterRun {
      let run = try await previewing.run(try chapter(text([first, second], after: after)))
      #expect(run.origin == .previewed, "\(run.details)")
      #expect(run.unfinished == nil)
      return run
    }
    let before = try await run("print(drawn, UInt64.random(in: 0 ... .max))")
    let after = try await run("print(drawn, 2)")
    guard case .console(let drawn) = before.result.cells[0].outputs.first else {
      Issue.record("nothing was printed")
      return
    }
    #expect(after.result.cells[0].outputs == before.result.cells[0].outputs)
    #expect(after.result.cells[1].outputs == [.console(drawn.dropLast() + " 2\n")])
    // Prose above, and a value below, leave all cells as they are.
    let second = "print(UInt64.random(in: 0 ... .max))"
    let a = try await run(second)
    let b = try await run(second, "It is `{swift} drawn`.\n")
    #expect(b.result.cells == a.result.cells)
    #expect(b.result.inlineValues == [String(drawn.dropLast())])
    let c = try await run(second, "It is `{swift} drawn / 2` and `{swift} 1 + 1`.\n")
    #expect(c.result.cells == a.result.cells)
    #expect(c.result.inlineValues.last == "2")
  }

  @Test(.timeLimit(.minutes(15))) func `A mistake is told as ever, beside the results above it`()
    async throws
  {
    let previewing = try previewing()
    _ = try await previewing.run(try chapter(text(["let a = 1\na", "a + 1"])))
    let wrong = try chapter(text(["let a = 1\na", "a + b"]))
    let refused = try await previewing.run(wrong)
    #expect(refused.unfinished?.doneCells == [0])
    #expect(refused.result.cells[0].outputs == [.text("1")])
    let expected = await #expect(throws: DiagnosticError.self) { try await runner().rerun(wrong) }
    #expect(refused.diagnostics == expected?.diagnostics)
    let stopping = try chapter(text(["let a = 1\na", "[a][3]", "a"]))
    let stopped = try await previewing.run(stopping)
    let reference = try await runner().rerun(stopping)
    #expect(stopped.origin == .previewed)
    #expect(stopped.diagnostics == reference.diagnostics)
    #expect(stopped.unfinished?.doneCells == [0])
    let mended = try await previewing.run(try chapter(text(["let a = 1\na", "a + 2", "a"])))
    #expect(mended.result.cells.map(\.outputs) == [[.text("1")], [.text("3")], [.text("1")]])
  }

  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      (
        "try? \"x\".write(toFile: \"note.txt\", atomically: true, encoding: .utf8)",
        "a cell writes files"
      ),
      ("Thread.detachNewThread { while true { sleep(1) } }", "a cell leaves threads running"),
      ("func twice() {}", "'twice' is declared twice"),
      ("print(#fileID)", "cell 2 may ask for the name of its module"),
    ])
  func `What it cannot show, the program runs`(_ code: String, _ reason: String) async throws {
    let cells = ["import Foundation\nfunc twice(_ x: Int) -> Int { 2 * x }\n1", code, "twice(2)"]
    let run = try await previewing().run(try chapter(text(cells)))
    #expect(run.origin == .ran)
    #expect(run.result.cells[2].outputs == [.text("4")])
    #expect(
      run.details == ["The cells of chapters/01-test.md run as one program: \(reason)"])
  }

  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      ("\"a1\".contains(/[0-9]/)", "true"),
      ("#\"b22\"#.firstMatch(of: #/([a-z])([0-9]+)/#).map { String($0.output.2) } ?? \"\"", "22"),
      ("actor Counter { var count = 0 }\n\"\\(type(of: Counter()))\"", "Counter"),
      ("AsyncStream<Int>.makeStream().stream is any AsyncSequence", "true"),
      ("[1, 2, 3].map { $0 * 2 }.reduce(0, +)", "12"),
      ("Tensor([3, 4]).values.map { exp($0 - $0) }.count", "2"),
      ("import Glibc\nfloor(2.5)", "2.0"),
      ("import Synchronization\nlet one = Atomic(1)\none.load(ordering: .relaxed)", "1"),
      ("import RegexBuilder\n\"cc\".contains(Regex { OneOrMore(\"c\") })", "true"),
      ("import Foundation\nDate(timeIntervalSince1970: 60).timeIntervalSince1970", "60.0"),
    ])
  func `A module finds what every cell sees, and what imports bring to those after it`(
    _ code: String, _ shown: String
  ) async throws {
    let again = code.split(separator: "\n").last.map(String.init) ?? code
    let run = try await previewing().run(try chapter(text(["let first = 1", code, again])))
    #expect(run.origin == .previewed)
    #expect(run.details.isEmpty)
    #expect(run.result.cells.dropFirst().map(\.outputs) == [[.text(shown)], [.text(shown)]])
  }

  @Test(.timeLimit(.minutes(15)))
  func `A module finds what is imported under a condition`() async throws {
    let code =
      "#if canImport(Foundation)\nimport Foundation\n#endif\nDate(timeIntervalSince1970: 60) > .now"
    let run = try await previewing().run(try chapter(text(["let first = 1", code])))
    #expect(run.origin == .previewed)
    #expect(run.details.isEmpty)
    #expect(run.result.cells[1].outputs == [.text("false")])
  }

  @Test(.timeLimit(.minutes(15)))
  func `A run that is ended leaves its checkpoints, and nothing else`() async throws {
    let first = "let drawn = UInt64.random(in: 0 ... .max)\nprint(drawn)"
    var previewing: ChapterRunner? = try previewing()
    let good = try await previewing!.run(try chapter(text([first, "2"])))
    let (steps, step) = AsyncStream<RunProgress>.makeStream()
    let endless = try chapter(text([first, "while true {}"]))
    let task = Task { [previewing] in try await previewing!.run(endless) { step.yield($0) } }
    for await progress in steps where progress.running == 1 { break }
    try await Task.sleep(for: .milliseconds(500))
    task.cancel()
    _ = await #expect(throws: DiagnosticError.self) { try await task.value }
    let again = try await previewing!.run(try chapter(text([first, "3"])))
    #expect(again.result.cells[0].outputs == good.result.cells[0].outputs)
    #expect(again.result.cells[1].outputs == [.text("3")])
    previewing = nil
  }
}

/// Slow, and told apart: `make verify-snapshots`.
@Suite(.serialized, .enabled(if: Environment.value("NNBOOK_VERIFY_SNAPSHOTS") != nil))
struct `Every cell of the book runs from a checkpoint` {
  private static let folder = String(#filePath.split(separator: "/Tests/")[0]) + "/chapters"
  static let names = FileSystem.names(in: folder).filter { $0.hasSuffix(".md") }.sorted()

  @Test(arguments: names) func `and gives what a build does`(_ name: String) async throws {
    let lines = String(decoding: try FileSystem.read("\(Self.folder)/\(name)"), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    func chapter(_ lines: [String]) throws -> Chapter {
      let bytes = Array(lines.joined(separator: "\n").utf8)
      return try #require(ChapterParser().parse(bytes: bytes, path: "chapters/\(name)").0)
    }
    func settings(_ change: (inout RunSetup.Settings) -> Void) throws -> ChapterRunner {
      try runner {
        $0.book = Self.folder
        $0.live = .off
        change(&$0)
      }
    }
    let original = try chapter(lines)
    if !original.hasWork { return }
    let whole = try await settings { _ in }.rerun(original)
    let previewing = try settings {
      $0.usesCheckpoints = true
      $0.results = FileManager.default.temporaryDirectory.path + "/nnbook-verify-\(UUID())"
    }
    var asProgram = 0
    for cell in original.cells.reversed() where cell.runs || cell.isChecks {
      var changed = lines
      let end = cell.lines.last!
      changed[end.line - 1] += " // changed"
      let run = try await previewing.run(try chapter(changed))
      #expect(run.result.cells == whole.result.cells, "cell \(cell.id.index + 1) of \(name)")
      #expect(run.result.inlineValues == whole.result.inlineValues, "cell \(cell.id.index + 1)")
      if run.origin != .previewed { asProgram += 1 }
      for detail in run.details { print(detail) }
    }
    print("\(name): \(original.cells.count) cells, \(asProgram) changes ran as one program")
  }
}

extension CellOutput {
  fileprivate var isCheck: Bool { if case .check = self { true } else { false } }
}
