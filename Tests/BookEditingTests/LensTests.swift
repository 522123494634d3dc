import BookBuilding
import BookModel
import CellRunning
import Testing

@testable import BookEditing

/// What stands above each cell: run to here, what it gave, and how long that took.
@Suite struct LensTests {
  static let chapter = """
    # Times

    ```swift
    1 + 1
    ```

    ```swift
    let slow = 2
    slow
    ```

    ```swift reset
    "three"
    ```

    """

  static let execution = CellExecution(
    run: { _, _ throws(DiagnosticError) in throw DiagnosticError([]) },
    rerun: { chapter throws(DiagnosticError) in run(of: chapter) }, stored: { run(of: $0) })

  private static func run(of chapter: Chapter) -> ChapterRun {
    let outputs: [CellOutput] = [.text("2"), .text("4"), .console("one\nthree\n")]
    var run = ChapterRun(
      result: ChapterResult(
        cells: outputs.prefix(chapter.cells.count).map { CellResult(outputs: [$0]) },
        inlineValues: []), origin: .stored)
    run.seconds = 72.4
    run.cellSeconds = [0: 0.0001, 1: 0.0334, 2: 12.04]
    return run
  }

  private func lenses(_ editor: Editor) async throws -> [String] {
    let answer = try await editor.request(
      "textDocument/codeLens", ["textDocument": ["uri": .string(editor.address("01-t.md"))]])
    return (answer.list ?? []).map {
      "\($0["range"]!["start"]!["line"]!.whole! + 1) \($0["command"]!["title"]!.text!)"
    }
  }

  /// What is stored is shown soon after a chapter is opened.
  private func whenKnown(_ editor: Editor) async throws {
    for _ in 0..<6000 where await editor.server.files.values.first?.known == nil {
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  @Test func showTimesAndValuesAtTheirCellsWhateverIsTyped() async throws {
    let editor = try await Editor(["01-t.md": Self.chapter], execution: Self.execution)
    try await whenKnown(editor)
    #expect(
      try await lenses(editor) == [
        "3 ▶ Run to here", "3 2", "3 under 1 ms", "7 ▶ Run to here", "7 4", "7 33 ms",
        "12 ▶ Run to here", "12 three", "12 12.0 s", "12 chapter took 1 min 12 s",
      ])
    let top = EditorPosition(line: 1, character: 0)
    await editor.change("01-t.md", version: 2, EditorRange(top, top), "\nMore words.\n")
    let two = EditorPosition(line: 9, character: 12)
    await editor.change("01-t.md", version: 3, EditorRange(two, two), "0")
    // Another scope does not see the change.
    #expect(
      try await lenses(editor) == [
        "5 ▶ Run to here", "5 2", "5 under 1 ms", "9 ▶ Run to here", "9 was 4",
        "14 ▶ Run to here", "14 three", "14 12.0 s", "14 chapter took 1 min 12 s",
      ])
    try await editor.request(
      "workspace/executeCommand",
      [
        "command": .string(Capabilities.runCommand),
        "arguments": [.string(editor.address("01-t.md")), 1],
      ])
    #expect(
      try await lenses(editor).filter { $0.hasPrefix("9 ") }.dropFirst() == ["9 4", "9 33 ms"])
  }
}
