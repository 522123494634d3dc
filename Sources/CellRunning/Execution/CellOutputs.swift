import BookModel
import HostSystem

/// What the cells of a running program have put out so far; decides when one has had enough.
struct CellOutputs: ChildProcess.Observer {
  enum Stop: Hashable {
    case timeout, printedTooMuch, recordedTooMuch, usedTooMuchMemory
    /// A record of this kind that the cell must not write; nil where it has not even a key.
    case forged(String?)
    /// A process of this name still runs.
    case leftProcess(String)
  }

  private(set) var runs: [Int: CellRun] = [:]
  private(set) var inlineValues: [Int: String] = [:]
  /// The cell that runs, or else the one that ran last; -1 before the first.
  private(set) var current = -1
  private(set) var stop: Stop?
  private(set) var isInsideCell = false
  private(set) var deadline: UInt64?
  /// Index of the line, in the code of the current cell, of the statement that the program said it
  /// would begin.
  private(set) var statement: Int?
  /// From the beginning to the end of each cell that came to its end, by its index.
  private(set) var nanoseconds: [Int: UInt64] = [:]
  /// Whether what the program said is heard while it says so, so that times are those of its cells.
  var isLive = true
  private var began: UInt64 = 0
  private var stream: RecordStream
  /// Standard error has the marks of cells as well, since its order with the output is lost.
  private var errorStream: RecordStream
  private var errorCell = -1
  private var errorCellHasEnded = false
  private var expected: ArraySlice<Int>
  private let keys: RecordKeys
  private let seconds: [Int: Int]
  private let limits: Limits
  private var memory: MemoryWatch
  private let stepped: (CellOutputs) -> Void

  /// - Parameters:
  ///   - cells: indexes of the cells that run, in order, and their seconds.
  ///   - kept: for cells that may print more than is kept, the bytes of it.
  ///   - stepped: told when a cell begins, and when it ends.
  init(
    keys: RecordKeys, cells: [(index: Int, seconds: Int)], kept: [Int: Int] = [:], limits: Limits,
    stepped: @escaping (CellOutputs) -> Void = { _ in }
  ) {
    self.stepped = stepped
    self.keys = keys
    stream = RecordStream(keys: keys.words, longestPayload: limits.records)
    errorStream = stream
    expected = cells.map(\.index)[...]
    seconds = Dictionary(uniqueKeysWithValues: cells.map { ($0.index, $0.seconds) })
    self.limits = limits
    memory = MemoryWatch(limit: limits.memory)
    for (index, bytes) in kept { runs[index] = CellRun(kept: bytes) }
    startClock(CellOptions.Run().timeout)
  }

  var wantsStop: Bool { stop != nil }

  mutating func runs(_ process: Int32) {
    if memory.isExceeded(by: process) { stop = stop ?? .usedTooMuchMemory }
  }

  /// Whether the cell that seems to run came to its end, as standard error says: then it is its
  /// output that came to nothing.
  var hasLostOutput: Bool {
    isInsideCell && (errorCell > current || errorCell == current && errorCellHasEnded)
  }

  mutating func received(_ bytes: UnsafeRawBufferPointer, from source: ChildProcess.Stream) {
    switch source {
    case .error:
      var events: [RecordStream.Event] = []
      errorStream.receive(bytes) { events.append($0) }
      for event in events { handleError(event) }
    case .output:
      var events: [RecordStream.Event] = []
      stream.receive(bytes) { events.append($0) }
      for event in events where stop == nil { handle(event) }
    }
  }

  /// After the process has ended.
  mutating func finish() {
    var events: [RecordStream.Event] = []
    stream.finish { events.append($0) }
    for event in events { handle(event) }
    events = []
    errorStream.finish { events.append($0) }
    for event in events { handleError(event) }
    for index in runs.keys {
      runs[index]!.closeConsole()
      if index == current || runs[index]!.childStatus ?? 0 != 0 {
        runs[index]!.separateReport()
      }
      runs[index]!.noteCut()
    }
  }

  private mutating func handleError(_ event: RecordStream.Event) {
    switch event {
    case .console(let bytes):
      if !runs[errorCell, default: CellRun()].printError(bytes, limit: limits.output) {
        stop = stop ?? .printedTooMuch
      }
    case .record(let key, .begin, let payload):
      guard let index = Int(String(decoding: payload, as: UTF8.self)), keys.cells[index] == key
      else { return stop = stop ?? .forged(RecordKind.begin.rawValue) }
      errorCell = index
      errorCellHasEnded = false
    case .record(keys.cells[errorCell], .end, _): errorCellHasEnded = true
    case .record, .unknown: break
    case .forged: stop = stop ?? .forged(nil)
    case .oversized: stop = stop ?? .recordedTooMuch
    }
  }

  private mutating func handle(_ event: RecordStream.Event) {
    switch event {
    case .console(let bytes): print(bytes)
    case .record(let key, .begin, let payload): begin(key, payload)
    case .record(let key, .inline, let payload): inline(key, payload)
    // All others are of the cell that runs; one that writes them for another has that one's key.
    case .record(let key, let kind, _) where key != keys.cells[current]:
      stop = .forged(kind.rawValue)
    case .record(_, .end, let payload): end(payload)
    case .record(_, .at, let payload):
      statement = Int(String(decoding: payload, as: UTF8.self))
    case .record(_, .leaves, let payload): stop = .leftProcess(Self.name(payload))
    case .record(_, let kind, let payload): show(kind, payload)
    case .unknown(let kind): stop = .forged(kind)
    case .forged: stop = .forged(nil)
    case .oversized: stop = .recordedTooMuch
    }
  }

  private mutating func print(_ bytes: [UInt8]) {
    if !runs[current, default: CellRun()].print(bytes, limit: limits.output) {
      stop = .printedTooMuch
    }
  }

  private mutating func begin(_ key: String, _ payload: [UInt8]) {
    guard let index = expected.first, payload == Array("\(index)".utf8), !isInsideCell,
      key == keys.cells[index]
    else {
      return stop = .forged(RecordKind.begin.rawValue)
    }
    expected.removeFirst()
    current = index
    statement = nil
    isInsideCell = true
    began = monotonicNow()
    // It may have written to standard error, which is read on its own.
    runs[index, default: CellRun()].hasEnded = false
    startClock(seconds[index] ?? CellOptions.Run().timeout)
    stepped(self)
  }

  /// Seconds beyond a cell's own, in which a program that its own clock ends tells where it was.
  private static let grace = 12

  /// After which the cell's program is ended from outside.
  static func seconds(for cell: Cell) -> Int {
    cell.mustStop || cell.isStarter || cell.isSolution ? cell.timeout : cell.timeout + grace
  }

  private mutating func end(_ payload: [UInt8]) {
    let words = payload.split(separator: UInt8(ascii: "\n")).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard isInsideCell, words.first == "\(current)" else {
      return stop = .forged(RecordKind.end.rawValue)
    }
    isInsideCell = false
    if isLive { nanoseconds[current] = monotonicNow() - began }
    runs[current]!.hasEnded = true
    runs[current]!.childStatus = words.dropFirst().first.flatMap { Int($0) }
    runs[current]!.closeConsole()
    startClock(CellOptions.Run().timeout)
    stepped(self)
  }

  private mutating func inline(_ key: String, _ payload: [UInt8]) {
    guard let end = payload.firstIndex(of: UInt8(ascii: "\n")),
      let index = Int(String(decoding: payload[..<end], as: UTF8.self)), !isInsideCell,
      key == keys.inlineValues[index], inlineValues[index] == nil
    else { return stop = .forged(RecordKind.inline.rawValue) }
    inlineValues[index] = String(decoding: payload[(end + 1)...], as: UTF8.self)
  }

  private mutating func show(_ kind: RecordKind, _ payload: [UInt8]) {
    let text = String(decoding: payload, as: UTF8.self)
    let output: CellOutput
    switch kind {
    case .text: output = .text(text)
    case .markdown: output = .markdown(text)
    case .html: output = .html(text)
    case .svg: output = .svg(text)
    case .control:
      guard let record = ControlRecord(text) else { return stop = .forged(kind.rawValue) }
      output = .control(record)
    case .check:
      if payload.isEmpty {
        runs[current, default: CellRun()].closeConsole()
        return runs[current]!.checksStart = runs[current]!.outputs.count
      }
      guard let outcome = CheckOutcome(record: text) else { return stop = .forged(kind.rawValue) }
      output = .check(outcome)
    case .baked:
      guard let record = BakedRecord(text) else { return stop = .forged(kind.rawValue) }
      if !runs[current, default: CellRun()].bake(record, limit: limits.records) {
        stop = .recordedTooMuch
      }
      return
    case .begin, .end, .inline, .console, .leaves, .at: return stop = .forged(kind.rawValue)
    }
    if !runs[current, default: CellRun()].show(output, size: payload.count, limit: limits.records) {
      stop = .recordedTooMuch
    }
  }

  /// Of a process, as it may stand in a message.
  private static func name(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.prefix(64).map { (0x20..<0x7F).contains($0) ? $0 : 0x3F }, as: UTF8.self)
  }

  private mutating func startClock(_ seconds: Int) {
    deadline = monotonicNow() + UInt64(seconds) * 1_000_000_000
  }
}

extension CheckOutcome {
  /// As `check` sends it; its line counts in the chapter.
  fileprivate init?(record: String) {
    let parts = record.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, ["0", "1"].contains(parts[0]), let line = Int(parts[1]) else {
      return nil
    }
    self.init(holds: parts[0] == "1", line: line, sentence: String(parts[2]))
  }
}
