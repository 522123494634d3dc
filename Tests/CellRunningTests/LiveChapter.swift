import BookModel
import ChapterParsing
import EngineBuilding
import Foundation
import HostSystem
import Testing

@testable import CellRunning

/// A chapter with live cells, run both as a native program and as the page would run it.
struct LiveChapter: Sendable, CustomTestStringConvertible {
  var chapter: Chapter
  /// A value of a control, as `cell.key=number`, with which a cell would run for ever.
  var endless = ""

  var testDescription: String { chapter.path }

  /// Of the book, and of the book that the browser tests use.
  static let all: [LiveChapter] =
    chapters(in: "chapters") + chapters(in: "Tests/Browser/book", endless: "4.index=4")

  private static func chapters(in folder: String, endless: String = "") -> [LiveChapter] {
    FileSystem.names(in: root + folder).filter { $0.hasSuffix(".md") }.sorted().compactMap { name in
      let path = folder + "/" + name
      guard let bytes = try? FileSystem.read(root + path),
        let chapter = ChapterParser().parse(bytes: bytes, path: path).0,
        chapter.cells.contains(where: \.isLive)
      else { return nil }
      return LiveChapter(chapter: chapter, endless: endless)
    }
  }

  private static let root = String(#filePath.split(separator: "/Tests/")[0]) + "/"

  var slices: [LiveSlice] { Scope.all(of: chapter).flatMap { LiveSlice.all(of: $0) } }
  private var nativeSlices: [LiveSlice] {
    Scope.all(of: chapter).flatMap { LiveSlice.all(of: $0, isInPage: false) }
  }

  /// Whether cells of the page take values from those that ran in the build.
  var takesFromBuild: Bool {
    nativeSlices.contains { $0.cells.contains { !BakedCalls($0.tree).ranges.isEmpty } }
  }

  /// What one live cell put out at one position of its controls.
  struct Shown: Equatable {
    var outputs: [CellOutput]
    /// As JSON with sorted keys.
    var controls: [String]
    var hasStopped: Bool
  }

  struct Pair {
    var place: String
    var page: Shown
    var native: Shown
  }

  /// Of each live cell: with its defaults, and at so many drawn positions.
  func shownInBoth(positions: Int) throws -> [Pair] {
    let cells = slices.map { "\($0.live.id.index)" }
    let lines = try worker("positions", ["\(positions)", endless] + cells).split(separator: "\n")
    let runs = try lines.map { try PageRun($0) }
    return try inFolder { setup, folder in
      try nativeSlices.flatMap { slice in
        let executable = try compile(slice, setup, in: folder)
        return try runs.filter { $0.cell == slice.live.id.index }.map { run in
          Pair(
            place: "\(chapter.path), cell \(run.cell), \(run.position.debugDescription)",
            page: run.shown, native: try native(executable, slice, run.position))
        }
      }
    }
  }

  /// What the page's worker, run by node, says of the chapter's module.
  func worker(_ mode: String, _ arguments: [String]) throws -> String {
    try inFolder { setup, folder in
      let engine = try EngineBuild.make(
        sources: setup.sources, toolchain: setup.toolchain, target: .webAssembly,
        cache: testCache)
      let module = try LiveCompiler(
        setup: setup, tools: try tools(setup), engine: engine, folder: folder
      ).module(slices, of: chapter, baked: try baked(setup, in: folder))
      try FileSystem.write(module, to: folder + "/module.deflated")
      let files = [
        Self.root + "Tests/CellRunningTests/Live/page-worker.cjs", mode,
        Self.root + "Sources/PageRendering/Theme/live-host.js", folder + "/module.deflated",
      ]
      let (ending, text) = try ChildProcess(
        executable: try #require(setup.node), arguments: files + arguments,
        environment: [:]
      ).collect()
      #expect(ending == .exited(0), "\(String(decoding: text.error, as: UTF8.self))")
      return String(decoding: text.output, as: UTF8.self)
    }
  }

  /// The program of a live cell and of the cells that it needs.
  private func compile(
    _ slice: LiveSlice, _ setup: RunSetup, in folder: String
  ) throws -> (executable: String, keys: RecordKeys) {
    let engine = try EngineBuild.make(
      sources: setup.sources, toolchain: setup.toolchain, cache: testCache)
    let place = "\(folder)/\(slice.live.id.index)"
    let program = CellProgram(Scope(chapter: chapter, cells: slice.cells, inlineValues: []))
    let (outcome, executable) = try SwiftCompiler(tools: try tools(setup), engine: engine)
      .compile(program, in: place)
    #expect(outcome.succeeded, "\(DiagnosticPrinter().text(for: outcome.diagnostics))")
    return (executable, program.keys)
  }

  /// What the cells of the page take from the build.
  private func baked(_ setup: RunSetup, in folder: String) throws -> String {
    guard takesFromBuild else { return "" }
    var records: [Int: [BakedRecord]] = [:]
    for slice in nativeSlices {
      let (outputs, _) = try ran(try compile(slice, setup, in: folder), slice, "")
      for (index, run) in outputs.runs { records[index] = run.baked }
    }
    let values = BakedValues(nativeSlices.flatMap(\.cells), records, chapter: chapter)
    #expect(values.diagnostics.isEmpty)
    return values.program
  }

  private func ran(
    _ program: (executable: String, keys: RecordKeys), _ slice: LiveSlice, _ position: String
  ) throws -> (CellOutputs, ChildProcess.Ending) {
    var outputs = CellOutputs(
      keys: program.keys, cells: slice.cells.map { ($0.id.index, $0.timeout) }, limits: Limits())
    // Where its data are.
    let folder = Self.root + (chapter.path.contains("/") ? Path.folder(of: chapter.path) : "")
    let ending = try ChildProcess(
      executable: "/usr/bin/env", arguments: ["-C", folder, program.executable],
      environment: [
        "NNBOOK_CONTROLS": position, "SWIFT_BACKTRACE": "enable=no",
        "SWIFT_DETERMINISTIC_HASHING": "1",
      ]
    ).run(&outputs)
    outputs.finish()
    return (outputs, ending)
  }

  private func native(
    _ program: (executable: String, keys: RecordKeys), _ slice: LiveSlice, _ position: String
  ) throws -> Shown {
    let (outputs, ending) = try ran(program, slice, position)
    let run = outputs.runs[slice.live.id.index] ?? .init()
    var shown = Shown(outputs: [], controls: [], hasStopped: ending != .exited(0))
    for output in run.outputs {
      if case .control(let record) = output {
        shown.controls.append(
          try sortedJSON(JSONSerialization.jsonObject(with: Data(record.json.utf8))))
      } else {
        shown.outputs.append(output)
      }
    }
    shown.outputs = shown.outputs.joiningConsole
    return shown
  }

  private func tools(_ setup: RunSetup) throws -> CellTools {
    let (sandbox, _) = try Sandbox.choose(
      .auto, limits: Limits(), toolchain: setup.toolchain)
    return CellTools(sandbox, chapter: chapter.path)
  }

  private func inFolder<Value>(_ body: (RunSetup, String) throws -> Value) throws -> Value {
    let folder = try FileSystem.makeTemporaryFolder("nnbook-live")
    FileSystem.openToAll(folder)
    defer { FileSystem.discard(folder) }
    return try body(setup(), folder)
  }
}

/// One line of `page-worker.cjs positions`.
private struct PageRun {
  var cell: Int
  /// As a native program reads it.
  var position: String
  var shown: LiveChapter.Shown

  init(_ line: Substring) throws {
    let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
    let run = try #require(object as? [String: Any])
    let records = try #require(run["shown"] as? [[String: String]])
    let controls = try #require(run["controls"] as? [[String: Any]])
    cell = try #require(run["cell"] as? Int)
    position = try #require(run["position"] as? String)
    shown = LiveChapter.Shown(
      outputs: try records.map { record in
        let text = try #require(record["text"])
        return switch record["kind"] {
        case "text": .text(text)
        case "markdown": .markdown(text)
        case "html": .html(text)
        case "svg": .svg(text)
        default: .console(text)
        }
      },
      controls: try controls.map { try sortedJSON($0.filter { $0.key != "name" }) },
      hasStopped: run["error"] is String)
  }
}

private func sortedJSON(_ object: Any) throws -> String {
  String(
    decoding: try JSONSerialization.data(withJSONObject: object, options: .sortedKeys),
    as: UTF8.self)
}
