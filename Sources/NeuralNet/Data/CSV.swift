/// A table of comma-separated values, by lines and columns that count from 1.
///
/// Fields may stand in double quotes, with two for one inside; lines end with LF or CR LF.
public struct CSV: Sendable {
  /// The names of the columns, as the first line has them.
  public let header: [String]
  /// The fields below the header as text, `[row][column]`.
  public let rows: [[String]]

  /// Why a text is no table of numbers; lines and columns count from 1.
  public enum Mistake: Error, Equatable, Sendable {
    /// Nothing stands below the header.
    case empty
    /// A field begins with a quote that nothing closes.
    case openQuote(line: Int)
    /// A line with more or fewer fields than the header.
    case fieldCount(line: Int, expected: Int, got: Int)
    /// A field of a column of numbers that is none; `name` is the column's.
    case notANumber(line: Int, column: Int, name: String, got: String)
    /// A column was asked for that the header does not name.
    case noSuchColumn(String)
    /// A file that is not there, may not be read, or is not UTF-8.
    case unreadable(path: String)
  }

  /// The first line names the columns; every other line has as many fields. Empty lines are skipped.
  public init(parsing text: String) throws(Mistake) {
    let lines = try CSV.lines(Array(text.utf8))
    guard let first = lines.first else { throw .empty }
    header = first.fields
    var rows: [[String]] = []
    for line in lines.dropFirst() {
      guard line.fields.count == header.count else {
        throw .fieldCount(line: line.number, expected: header.count, got: line.fields.count)
      }
      rows.append(line.fields)
    }
    if rows.isEmpty { throw .empty }
    self.rows = rows
    lineNumbers = lines.dropFirst().map { $0.number }
  }

  /// Line of the text on which each row begins.
  let lineNumbers: [Int]

  /// The numbers of some columns, row by row; all columns but those of `excluding` when none is named.
  public func numbers(
    of columns: [String] = [], excluding: [String] = []
  ) throws(Mistake) -> [[Float]] {
    var places: [Int] = []
    if columns.isEmpty {
      for name in excluding where !header.contains(name) { throw .noSuchColumn(name) }
      places = header.indices.filter { !excluding.contains(header[$0]) }
    }
    for name in columns {
      guard let place = header.firstIndex(of: name) else { throw .noSuchColumn(name) }
      places.append(place)
    }
    var table: [[Float]] = []
    for (index, row) in rows.enumerated() {
      var numbers: [Float] = []
      for place in places {
        guard let number = parsedNumber(row[place]) else {
          throw .notANumber(
            line: lineNumbers[index], column: place + 1, name: header[place], got: row[place])
        }
        numbers.append(number)
      }
      table.append(numbers)
    }
    return table
  }

  private static func lines(_ bytes: [UInt8]) throws(Mistake) -> [(number: Int, fields: [String])] {
    var lines: [(number: Int, fields: [String])] = []
    var fields: [String] = []
    var field: [UInt8] = []
    var number = 1
    var start = 1
    var quoteLine = 0
    var isQuoted = false
    var index = 0
    func isBlank() -> Bool { fields.isEmpty && field.isEmpty }
    while index < bytes.count {
      let byte = bytes[index]
      if isQuoted {
        if byte == UInt8(ascii: "\"") {
          if index + 1 < bytes.count, bytes[index + 1] == byte {
            field.append(byte)
            index += 1
          } else {
            isQuoted = false
          }
        } else {
          if byte == UInt8(ascii: "\n") { number += 1 }
          field.append(byte)
        }
      } else if byte == UInt8(ascii: "\""), field.isEmpty {
        isQuoted = true
        quoteLine = number
      } else if byte == UInt8(ascii: ",") {
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
      } else if byte == UInt8(ascii: "\n") {
        if !isBlank() {
          lines.append((start, fields + [String(decoding: field, as: UTF8.self)]))
        }
        (fields, field) = ([], [])
        number += 1
        start = number
      } else if byte != UInt8(ascii: "\r") {
        field.append(byte)
      }
      index += 1
    }
    if isQuoted { throw .openQuote(line: quoteLine) }
    if !isBlank() { lines.append((start, fields + [String(decoding: field, as: UTF8.self)])) }
    return lines
  }
}

extension CSV.Mistake: CustomStringConvertible {
  public var description: String {
    switch self {
    case .empty: "the text holds no rows below its header [empty-data]"
    case .openQuote(let line): "line \(line): a quote is opened and never closed [open-quote]"
    case .fieldCount(let line, let expected, let got):
      "line \(line): expected \(expected) fields as in the header, got \(got) [field-count]"
    case .notANumber(let line, let column, let name, let got):
      "line \(line), column \(column) (\(name)): '\(got)' is not a number [not-a-number]"
    case .noSuchColumn(let name): "no column is named '\(name)' [no-such-column]"
    case .unreadable(let path): "\(path): cannot be read as text [unreadable]"
    }
  }
}
