import BookModel
import HostSystem

/// What the cells of a running program have put out so far; decides when one has had enough.
struct CellOutputs: ChildProcess.Observer {
  enum Stop: Hashable {
    case timeout, printedTooMuch, recordedTooMuch
    /// A record of this kind that the cell must not write; nil where it has not even the token.
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
  private var stream: RecordStream
  /// Standard error has the marks of cells as well, since its order with the output is lost.
  private var errorStream: RecordStream
  private var errorCell = -1
  private var errorCellHasEnded = false
  private let marksErrors: Bool
  private var expected: ArraySlice<Int>
  private let seconds: [Int: Int]
  private let limits: Limits

  /// - Parameters:
  ///   - cells: indexes of the cells that run, in order, and their seconds.
  ///   - kept: for cells that may print more than is kept, the bytes of it.
  ///   - marksErrors: whether the program marks cells on standard error as well.
  init(
    token: String, cells: [(index: Int, seconds: Int)], kept: [Int: Int] = [:], limits: Limits,
    marksErrors: Bool = true
  ) {
    self.marksErrors = marksErrors
    stream = RecordStream(token: token, longestPayload: limits.records)
    errorStream = stream
    expected = cells.map(\.index)[...]
    seconds = Dictionary(uniqueKeysWithValues: cells.map { ($0.index, $0.seconds) })
    self.limits = limits
    for (index, bytes) in kept { runs[index] = CellRun(kept: bytes) }
    startClock(CellOptions.Run().timeout)
  }

  var wantsStop: Bool { stop != nil }

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
      runs[index]!.noteCut()
    }
  }

  private mutating func handleError(_ event: RecordStream.Event) {
    switch event {
    case .console(let bytes):
      let cell = marksErrors ? errorCell : current
      if !runs[cell, default: CellRun()].printError(bytes, limit: limits.output) {
        stop = stop ?? .printedTooMuch
      }
    case .record("begin", let payload):
      errorCell = Int(String(decoding: payload, as: UTF8.self)) ?? errorCell
      errorCellHasEnded = false
    case .record("end", _): errorCellHasEnded = true
    case .record: break
    case .forged: stop = stop ?? .forged(nil)
    case .oversized: stop = stop ?? .recordedTooMuch
    }
  }

  private mutating func handle(_ event: RecordStream.Event) {
    switch event {
    case .console(let bytes): print(bytes)
    case .record("begin", let payload): begin(payload)
    case .record("end", let payload): end(payload)
    case .record("inline", let payload): inline(payload)
    case .record("leaves", let payload):
      stop = .leftProcess(String(decoding: payload, as: UTF8.self))
    case .record(let kind, let payload): show(kind, payload)
    case .forged: stop = .forged(nil)
    case .oversized: stop = .recordedTooMuch
    }
  }

  private mutating func print(_ bytes: [UInt8]) {
    if !runs[current, default: CellRun()].print(bytes, limit: limits.output) {
      stop = .printedTooMuch
    }
  }

  private mutating func begin(_ payload: [UInt8]) {
    guard let index = expected.first, payload == Array("\(index)".utf8), !isInsideCell else {
      return stop = .forged("begin")
    }
    expected.removeFirst()
    current = index
    isInsideCell = true
    // It may have written to standard error, which is read on its own.
    runs[index, default: CellRun()].hasEnded = false
    startClock(seconds[index] ?? CellOptions.Run().timeout)
  }

  private mutating func end(_ payload: [UInt8]) {
    let words = payload.split(separator: UInt8(ascii: "\n")).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard isInsideCell, words.first == "\(current)" else { return stop = .forged("end") }
    isInsideCell = false
    runs[current]!.hasEnded = true
    runs[current]!.childStatus = words.dropFirst().first.flatMap { Int($0) }
    runs[current]!.closeConsole()
    startClock(CellOptions.Run().timeout)
  }

  private mutating func inline(_ payload: [UInt8]) {
    guard let end = payload.firstIndex(of: UInt8(ascii: "\n")),
      let index = Int(String(decoding: payload[..<end], as: UTF8.self))
    else { return stop = .forged("inline") }
    inlineValues[index] = String(decoding: payload[(end + 1)...], as: UTF8.self)
  }

  private mutating func show(_ kind: String, _ payload: [UInt8]) {
    let text = String(decoding: payload, as: UTF8.self)
    let output: CellOutput
    switch kind {
    case "text": output = .text(text)
    case "markdown": output = .markdown(text)
    case "html": output = .html(text)
    case "svg": output = .svg(text)
    case "control": output = .control(text)
    default: return stop = .forged(kind)
    }
    if !runs[current, default: CellRun()].show(output, size: payload.count, limit: limits.records) {
      stop = .recordedTooMuch
    }
  }

  private mutating func startClock(_ seconds: Int) {
    deadline = monotonicNow() + UInt64(seconds) * 1_000_000_000
  }
}
