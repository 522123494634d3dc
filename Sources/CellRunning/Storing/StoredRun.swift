import BookModel
import HostSystem

/// What is kept of a run. Nothing in it depends on where in the chapter a cell stands, so that a
/// changed sentence leaves it valid.
struct StoredRun: Hashable, Sendable {
  var result: ChapterResult
  var remarks: [Remark]
  /// What it took; nil in entries of versions that did not keep it.
  var milliseconds: Int?
  /// What each cell took, by index; empty in entries of versions that did not keep it.
  var cellMicroseconds: [Int: Int]

  /// A warning of the compiler, at a place of a cell's or inline value's own text.
  struct Remark: Hashable, Sendable {
    var id: DiagnosticID
    var summary: String
    /// Index of the cell, or of the inline value.
    var index: Int
    var isInline: Bool
    /// Lines below the first one of the cell.
    var line: Int
    /// Bytes after the first one of the line.
    var column: Int
    var width: Int
  }

  init(
    result: ChapterResult, remarks: [Remark], milliseconds: Int? = nil,
    cellMicroseconds: [Int: Int] = [:]
  ) {
    self.result = result
    self.remarks = remarks
    self.milliseconds = milliseconds
    self.cellMicroseconds = cellMicroseconds
  }
}

extension StoredRun {
  /// Whether it has room for everything of the chapter, and points at nothing else.
  func fits(_ chapter: Chapter) -> Bool {
    result.cells.count == chapter.cells.count
      && result.inlineValues.count == chapter.inlineValues.count
      && (result.liveModule?.cells.allSatisfy(chapter.cells.indices.contains) ?? true)
      && cellMicroseconds.keys.allSatisfy(chapter.cells.indices.contains)
  }

  func encoded() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(each: result.cells) { writer, cell in
      writer.write(each: cell.outputs) { writer, output in output.write(to: &writer) }
      writer.write(each: cell.expectedFailure.map { [$0] } ?? []) { $0.write($1) }
    }
    writer.write(each: result.inlineValues) { $0.write($1) }
    writer.write(each: result.liveModule.map { [$0] } ?? []) { writer, module in
      writer.write(module.bytes)
      writer.write(each: module.cells) { $0.write($1) }
    }
    writer.write(each: remarks) { writer, remark in
      writer.write(remark.id.rawValue)
      writer.write(remark.summary)
      for number in [
        remark.index, remark.isInline ? 1 : 0, remark.line, remark.column, remark.width,
      ] {
        writer.write(number)
      }
    }
    guard let milliseconds else { return writer.bytes }
    writer.write(milliseconds)
    writer.write(each: cellMicroseconds.sorted { $0.key < $1.key }) { writer, time in
      writer.write(time.key)
      writer.write(time.value)
    }
    return writer.bytes
  }

  init(encoded bytes: ArraySlice<UInt8>) throws(ByteReader.Malformed) {
    var reader = ByteReader(bytes)
    let cells = try reader.each { reader throws(ByteReader.Malformed) in
      CellResult(
        outputs: try reader.each { reader throws(ByteReader.Malformed) in
          try CellOutput(from: &reader)
        },
        expectedFailure: try reader.each { reader throws(ByteReader.Malformed) in
          try reader.text()
        }.first)
    }
    let inlineValues = try reader.each { reader throws(ByteReader.Malformed) in try reader.text() }
    let modules = try reader.each { reader throws(ByteReader.Malformed) in
      LiveModule(
        bytes: try reader.data(),
        cells: try reader.each { reader throws(ByteReader.Malformed) in try reader.number() })
    }
    result = ChapterResult(cells: cells, inlineValues: inlineValues, liveModule: modules.first)
    remarks = try reader.each { reader throws(ByteReader.Malformed) in
      guard let id = DiagnosticID(rawValue: try reader.text()) else {
        throw ByteReader.Malformed()
      }
      return Remark(
        id: id, summary: try reader.text(), index: try reader.number(),
        isInline: try reader.number() == 1, line: try reader.number(),
        column: try reader.number(), width: try reader.number())
    }
    if !reader.isAtEnd { milliseconds = try reader.number() }
    cellMicroseconds = [:]
    if !reader.isAtEnd {
      let times = try reader.each { reader throws(ByteReader.Malformed) in
        (index: try reader.number(), time: try reader.number())
      }
      for time in times { cellMicroseconds[time.index] = time.time }
    }
    guard reader.isAtEnd else { throw ByteReader.Malformed() }
  }
}

extension CellOutput {
  fileprivate func write(to writer: inout ByteWriter) {
    switch self {
    case .console(let text): writer.write(0); writer.write(text)
    case .text(let text): writer.write(1); writer.write(text)
    case .markdown(let text): writer.write(2); writer.write(text)
    case .html(let text): writer.write(3); writer.write(text)
    case .svg(let text): writer.write(4); writer.write(text)
    case .control(let record): writer.write(5); writer.write(record.json)
    case .check(let outcome):
      writer.write(outcome.holds ? 7 : 6)
      writer.write(outcome.sentence)
      writer.write(outcome.line)
    }
  }

  fileprivate init(from reader: inout ByteReader) throws(ByteReader.Malformed) {
    let kind = try reader.number()
    let text = try reader.text()
    switch kind {
    case 0: self = .console(text)
    case 1: self = .text(text)
    case 2: self = .markdown(text)
    case 3: self = .html(text)
    case 4: self = .svg(text)
    case 5:
      guard let record = ControlRecord(text) else { throw ByteReader.Malformed() }
      self = .control(record)
    case 6, 7:
      self = .check(CheckOutcome(holds: kind == 7, line: try reader.number(), sentence: text))
    default: throw ByteReader.Malformed()
    }
  }
}
