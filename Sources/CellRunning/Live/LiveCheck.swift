import BookModel
import HostSystem

/// Runs a module with every control at its default, and holds what it shows against what the
/// native program showed: byte for byte the same, or the page would contradict itself.
struct LiveCheck {
  var node: String
  var tools: CellTools
  /// A new folder.
  var folder: String
  var chapter: Chapter

  func differences(
    _ module: [UInt8], _ slices: [LiveSlice], native: ChapterResult
  ) throws(DiagnosticError) -> [Diagnostic] {
    let cells = slices.map { (index: $0.live.id.index, seconds: $0.live.timeout) }
    // The module cannot read the script, which alone holds the key.
    let keys = RecordKeys(
      sharedBy: cells.map(\.index), inlineValues: slices.flatMap(\.values).map(\.id.index))
    let host = nodeHost.replacing("KEY", with: keys.words.first ?? "")
    do {
      try FileSystem.makeFolder(folder)
      try FileSystem.write(module, to: folder + "/module.deflated")
      try FileSystem.write(host, to: folder + "/host.cjs")
    } catch {
      throw DiagnosticError(ScratchFolder.unusable(error))
    }
    let tool = tools.tool(
      node, ["host.cjs", "module.deflated"] + cells.map { "\($0.index)" }, in: folder)
    var outputs = CellOutputs(keys: keys, cells: cells, limits: tools.limits)
    do {
      let process = tool.process(in: tools.bubblewrap)
      _ = try tools.here { () throws(ChildProcess.StartFailure) in try process.run(&outputs) }
    } catch {
      throw DiagnosticError(
        Diagnostic(
          .error, .nodeMissing,
          "'\(node)' does not start: " + error.code.text))
    }
    outputs.finish()
    let differences = slices.compactMap { slice in
      let index = slice.live.id.index
      return difference(
        slice, native: native.cells[index].outputs, run: outputs.runs[index] ?? .init(),
        stop: outputs.current == index ? outputs.stop : nil)
    }
    if !differences.isEmpty { return differences }
    let sentences = slices.flatMap(\.values).compactMap { value in
      difference(value, native: native.inlineValues[value.id.index], live: outputs)
    }
    return sentences.isEmpty ? slowMoves(of: slices) : sentences
  }

  /// Cells that answer late, by what node measured: the quickest of a few moves.
  private func slowMoves(of slices: [LiveSlice]) -> [Diagnostic] {
    guard let bytes = try? ConfinedTool.result(folder + "/times") else { return [] }
    let times = String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      let numbers = line.split(separator: " ").compactMap { Int($0) }
      return numbers.count == 2 ? (cell: numbers[0], milliseconds: numbers[1]) : nil
    }
    return slices.compactMap { slice in
      guard let time = times.first(where: { $0.cell == slice.live.id.index }),
        time.milliseconds > comfortable
      else { return nil }
      return Diagnostic(
        .warning, .liveSlow, at: slice.live.infoRange,
        "a move of a control takes \(time.milliseconds) ms here until its result is there; above "
          + "\(comfortable) ms a reader feels it",
        notes: [
          .init(
            "what no control changes runs once above the first control, or not at all as a "
              + "'baked(…)' value of an earlier cell")
        ])
    }
  }

  private func difference(
    _ slice: LiveSlice, native: [CellOutput], run: CellRun, stop: CellOutputs.Stop?
  ) -> Diagnostic? {
    let cell = slice.live
    if stop == .timeout {
      return Diagnostic(
        .error, .liveTimeout, at: cell.infoRange,
        "the live cell ran for more than \(cell.timeout) s as WebAssembly; a reader will not wait")
    }
    if stop == .usedTooMuchMemory {
      return Diagnostic(
        .error, .liveMemoryLimit, at: cell.infoRange,
        "the live cell used more than \(tools.limits.memory >> 20) MiB as WebAssembly, which is the "
          + "limit")
    }
    if !run.errorText.isEmpty {
      return Diagnostic(
        .error, .liveStopped, at: cell.infoRange,
        "the live cell stops in the reader's page: "
          + run.errorText.split(separator: "\n", maxSplits: 1)[0])
    }
    let (built, live) = (native.joiningConsole, run.outputs.joiningConsole)
    for index in 0..<max(built.count, live.count) {
      let (a, b) = (built.dropFirst(index).first, live.dropFirst(index).first)
      if a == b { continue }
      if let unwritten = UnwrittenValue(in: live, of: slice) {
        return unwritten.diagnostic(chapter)
      }
      return Diagnostic(
        .error, .liveDiffers, at: cell.infoRange,
        "the live cell shows something else in the reader's page than in the build",
        notes: [
          .init("in the build: " + Self.excerpt(a, from: b)),
          .init("in the page: " + Self.excerpt(b, from: a)),
        ])
    }
    return nil
  }

  private func difference(
    _ value: InlineValue, native: String, live outputs: CellOutputs
  ) -> Diagnostic? {
    let shown = outputs.inlineValues[value.id.index] ?? ""
    if shown == native { return nil }
    return Diagnostic(
      .error, .liveDiffers, at: value.range,
      "the inline value shows something else in the reader's page than in the build",
      excerpt: chapter.sourceLine(value.range.start.line),
      notes: [
        .init("in the build: " + quoted(String(native.prefix(60)))),
        .init("in the page: " + quoted(String(shown.prefix(60)))),
        .init("a cell between the live cell and the sentence may change what it shows"),
      ])
  }

  /// What stands where the two begin to differ.
  private static func excerpt(_ output: CellOutput?, from other: CellOutput?) -> String {
    guard let output else { return "nothing" }
    let (kind, text) = (output.kind, output.text)
    guard let other, other.kind == kind else {
      return "\(kind) " + quoted(String(text.prefix(60)))
    }
    let common = zip(text.utf8, other.text.utf8).prefix { $0 == $1 }.count
    let start = max(0, common - 20)
    let piece = String(decoding: text.utf8.dropFirst(start).prefix(60), as: UTF8.self)
    return "\(kind), after \(common) equal bytes: " + quoted(piece)
  }
}

extension CellOutput {
  /// As authors call it.
  fileprivate var kind: String {
    switch self {
    case .console: "printed"
    case .text: "text"
    case .markdown: "Markdown"
    case .html: "a table"
    case .svg: "a figure"
    case .control: "a control"
    case .check: "a check"
    }
  }
}

/// Milliseconds after which a reader feels that a picture follows a control late.
private let comfortable = 100

/// The page's host without the page: records go to standard output as a native program's do.
private let nodeHost = """
  const fs = require("fs");
  const [file, ...cells] = process.argv.slice(2);
  const module_ = new WebAssembly.Module(require("zlib").inflateRawSync(fs.readFileSync(file)));
  const kinds = [\(RecordKind.allCases.map { quoted($0.rawValue) }.joined(separator: ", "))];
  const [begin, printed, control] =
    [\(RecordKind.begin.number), \(RecordKind.console.number), \(RecordKind.control.number)];
  const times = [];
  // Of this process: what else the machine has to do must not make a cell slow.
  const clock = () => process.cpuUsage().user / 1000;
  let asked;
  for (const cell of cells) {
    let current = "";
    let instance;
    const bytes = (start, count) => Buffer.from(instance.memory.buffer, start, count);
    const imports = {
      record(kind, start, count) {
        if (kind !== printed) instance.nnbook_flush();
        const payload = Buffer.from(bytes(start, count));
        if (kind === control) asked = true;
        if (kind === begin && current !== undefined) current = payload.toString();
        if (current !== cell) return;
        if (kind === printed) return void fs.writeSync(1, payload);
        const head = Buffer.from("\\u0001KEY " + kinds[kind] + " " + count + "\\n");
        const frame = Buffer.concat([head, payload, Buffer.from("\\n")]);
        // What is said of a stop may be read before that the cell began.
        if (kind === begin) fs.writeSync(2, frame);
        fs.writeSync(1, frame);
      },
      stop(start, count) { throw new Error(bytes(start, count).toString()); },
      count() { return -1; },
      value() { return 0; },
    };
    instance = new WebAssembly.Instance(module_, { nnbook: imports }).exports;
    const kept = (end) => Buffer.from(bytes(instance.__global_base.value, end - instance.__global_base.value));
    let before = kept(instance.__heap_base.value);
    const stack = instance.__stack_pointer.value;
    asked = false;
    try {
      let move = instance["nnbook_cell_" + cell];
      let start = clock();
      move();
      if (instance.nnbook_rest && !asked) {
        before = kept(instance.nnbook_top());
        move = instance.nnbook_rest;
        start = clock();
        move();
      }
      if (!asked) continue;
      current = undefined;
      let least = clock() - start;
      // The first run is slower than those that follow; one of seconds needs no second look.
      for (let time = 0; time < 4 && least > \(comfortable) && least < 1000; time++) {
        new Uint8Array(instance.memory.buffer).set(before, instance.__global_base.value);
        instance.__stack_pointer.value = stack;
        start = clock();
        move();
        least = Math.min(least, clock() - start);
      }
      times.push(cell + " " + Math.round(least));
    } catch (error) {
      fs.writeSync(2, error.message + "\\n");
      process.exit(1);
    }
  }
  fs.writeFileSync("times", times.join("\\n"));

  """
