import BookModel

/// What one cell of a running program has put out so far.
struct CellRun {
  private(set) var outputs: [CellOutput] = []
  /// Printed bytes that are not an output yet, because more may follow.
  private var console: [UInt8] = []
  private var printed = 0
  /// The end of what is cut, which may say why the cell stopped.
  private var cutEnd: [UInt8] = []
  private var recorded = 0
  /// Bytes of standard error.
  private var error: [UInt8] = []
  var errorText: String { String(decoding: error, as: UTF8.self) }
  var hasEnded = false
  /// Of the child that a `crash` cell ran in.
  var childStatus: Int?
  /// Values that live cells take from the build, in the order in which they came.
  private(set) var baked: [BakedRecord] = []
  /// How many outputs there were when the checks of an exercise began.
  var checksStart: Int?
  /// Bytes of printed text to keep where more is no mistake.
  private let kept: Int?
  /// Place among the outputs of the one that was cut.
  private var cutPlace: Int?

  init(kept: Int? = nil) { self.kept = kept }

  /// - Returns: false for more than the limit.
  mutating func print(_ bytes: [UInt8], limit: Int) -> Bool {
    let left = max(0, (kept ?? limit) - printed)
    console.append(contentsOf: bytes.prefix(left))
    printed += bytes.count
    if kept != nil, bytes.count > left {
      cutEnd += bytes.dropFirst(left)
      if cutEnd.count > Self.longestReport { cutEnd.removeFirst(cutEnd.count - Self.longestReport) }
    }
    return bytes.count <= left || kept != nil
  }

  /// - Returns: false for more than the limit.
  mutating func printError(_ bytes: [UInt8], limit: Int) -> Bool {
    error.append(contentsOf: bytes)
    guard let kept else { return error.count <= limit }
    // The end of it may say why the cell stopped.
    if error.count > kept { error.removeFirst(error.count - kept) }
    return true
  }

  /// - Returns: false for more than the limit.
  mutating func show(_ output: CellOutput, size: Int, limit: Int) -> Bool {
    closeConsole()
    outputs.append(output)
    recorded += size
    return recorded <= limit
  }

  private static let longestReport = 1 << 17

  /// Takes the report of a stop, which comes on the same stream, out of what the cell printed.
  mutating func separateReport() {
    let cut = String(decoding: cutEnd, as: UTF8.self)
    if let start = StopReport.beginning(in: cut) {
      printed -= cut[start...].utf8.count
      error += cut[start...].utf8
      return
    }
    guard case .console(let text)? = outputs.last,
      let start = StopReport.beginning(in: text)
    else { return }
    error += text[start...].utf8
    outputs.removeLast()
    if start > text.startIndex { outputs.append(.console(String(text[..<start]))) }
  }

  /// - Returns: false for more than the limit.
  mutating func bake(_ record: BakedRecord, limit: Int) -> Bool {
    if !baked.contains(record) {
      baked.append(record)
      recorded += record.source.utf8.count
    }
    return recorded <= limit
  }

  mutating func closeConsole() {
    if let kept, printed > kept, cutPlace == nil {
      cutPlace = outputs.count
      outputs.append(.console(String(decoding: wholeLines(console[...]), as: UTF8.self)))
    } else if !console.isEmpty {
      outputs.append(.console(String(decoding: console, as: UTF8.self)))
    }
    console = []
  }

  /// Says where text was cut, now that it is known how much was printed.
  mutating func noteCut() {
    guard let place = cutPlace, let kept, case .console(let text) = outputs[place] else { return }
    let lineEnd = text.isEmpty || text.hasSuffix("\n") ? "" : "\n"
    outputs[place] = .console(
      "\(text)\(lineEnd)[\(printed) bytes were printed; cut-output=\(kept >> 10) cuts the rest]\n")
  }

  /// Up to the last line end or, in one long line, the last whole character.
  private func wholeLines(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    if let end = bytes.lastIndex(of: UInt8(ascii: "\n")) { return bytes[...end] }
    var bytes = bytes
    while let last = bytes.last, last & 0xC0 == 0x80 { bytes.removeLast() }
    if let last = bytes.last, last >= 0xC0 { bytes.removeLast() }
    return bytes
  }
}
