/// A table of comma-separated values, by lines and columns that count from 1.
///
/// Fields may stand in double quotes, with two for one inside; lines end in any way. Where the first
/// line has no comma, semicolons or tabs separate, as spreadsheets of many countries write them; numbers
/// may have a decimal comma then. A byte-order mark, and spaces around names, are no part of the data.
public struct CSV: Sendable {
  /// The names of the columns, as the first line has them.
  public let header: [String]
  /// The fields below the header as text, `[row][column]`.
  public let rows: [[String]]

  /// Why a text is no table of numbers; lines and columns count from 1.
  public enum Mistake: Error, Equatable, Sendable {
    /// Nothing stands below the header.
    case empty
    /// The name of a file where its text belongs.
    case path(String)
    /// A field begins with a quote that nothing closes.
    case openQuote(line: Int)
    /// A line with more or fewer fields than the header.
    case fieldCount(line: Int, expected: Int, got: Int)
    /// A field of a column of numbers that is none; `name` is the column's.
    case notANumber(line: Int, column: Int, name: String, got: String)
    /// A number of such a column that no float is near to.
    case beyondFloats(line: Int, column: Int, name: String, got: String)
    /// A column was asked for that the header does not name; `columns` are those that it names.
    case noSuchColumn(String, columns: [String])
    /// A column was asked for whose name the header has more than once.
    case columnTwice(String)
    /// A label that is missing: numbers and words have none in common.
    case noLabel(line: Int, column: Int, name: String)
    /// A label that is a word, in a column with numbers.
    case labelAmongNumbers(line: Int, column: Int, name: String, got: String)
    /// A file that is not there, or may not be read.
    case missing(path: String)
    /// A folder, or what else gives no bytes.
    case notAFile(path: String)
    /// A file that is not UTF-8.
    case notText(path: String)
  }

  /// The first line names the columns; every other line has as many fields. Empty lines are skipped.
  public init(parsing text: String) throws(Mistake) {
    var bytes = Array(text.utf8)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    separator = CSV.separator(of: bytes)
    let lines = try CSV.lines(bytes, separator)
    if lines.count == 1, text.hasSuffix(".csv") || text.hasSuffix(".tsv") { throw .path(text) }
    guard let first = lines.first else { throw .empty }
    header = first.fields.map(CSV.trimmed)
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
  private let separator: UInt8

  /// The numbers of some columns, row by row; all columns but those of `excluding` when none is named.
  /// A first column without a name, in which tables of statistics count their rows, is none of them.
  public func numbers(
    of columns: [String] = [], excluding: [String] = []
  ) throws(Mistake) -> [[Float]] {
    var places: [Int] = []
    if columns.isEmpty {
      for name in excluding { _ = try place(of: name) }
      places = header.indices.filter {
        !excluding.contains(header[$0]) && !($0 == 0 && header[0].isEmpty)
      }
    }
    for name in columns { places.append(try place(of: name)) }
    var table: [[Float]] = []
    for (index, row) in rows.enumerated() {
      var numbers: [Float] = []
      for place in places {
        guard let number = number(in: row[place]) else {
          throw .notANumber(
            line: lineNumbers[index], column: place + 1, name: header[place], got: row[place])
        }
        guard number.isFinite else {
          throw .beyondFloats(
            line: lineNumbers[index], column: place + 1, name: header[place], got: row[place])
        }
        numbers.append(number)
      }
      table.append(numbers)
    }
    return table
  }

  func place(of name: String) throws(Mistake) -> Int {
    guard let place = header.firstIndex(of: name) else {
      throw .noSuchColumn(name, columns: header)
    }
    if header[(place + 1)...].contains(name) { throw .columnTwice(name) }
    return place
  }

  /// Infinite where a number is beyond all floats.
  func number(in field: String) -> Float? {
    if let number = parsedNumber(field) { return number }
    guard separator != UInt8(ascii: ",") else { return nil }
    let comma = UInt8(ascii: ",")
    let point = field.utf8.map { $0 == comma ? UInt8(ascii: ".") : $0 }
    return parsedNumber(String(decoding: point, as: UTF8.self))
  }

  static func trimmed(_ field: String) -> String {
    var bytes = Array(field.utf8)[...]
    while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func separator(of bytes: [UInt8]) -> UInt8 {
    var isQuoted = false
    // A quote in the middle of a field is a character as any other.
    var beginsField = true
    var counts = (commas: 0, semicolons: 0, tabs: 0)
    for byte in bytes {
      if byte == UInt8(ascii: "\""), isQuoted || beginsField {
        isQuoted = !isQuoted
        // Two of them within quotes stand for one.
        beginsField = !isQuoted
        continue
      }
      if isQuoted { continue }
      beginsField = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")].contains(byte)
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      if byte == UInt8(ascii: ",") { counts.commas += 1 }
      if byte == UInt8(ascii: ";") { counts.semicolons += 1 }
      if byte == UInt8(ascii: "\t") { counts.tabs += 1 }
    }
    if counts.commas > 0 || counts.semicolons + counts.tabs == 0 { return UInt8(ascii: ",") }
    return counts.semicolons >= counts.tabs ? UInt8(ascii: ";") : UInt8(ascii: "\t")
  }

  private static func lines(
    _ bytes: [UInt8], _ separator: UInt8
  ) throws(Mistake) -> [(number: Int, fields: [String])] {
    var lines: [(number: Int, fields: [String])] = []
    var fields: [String] = []
    var field: [UInt8] = []
    var number = 1
    var start = 1
    var quoteLine = 0
    var isQuoted = false
    var hasQuotes = false
    var index = 0
    func isBlank() -> Bool { fields.isEmpty && field.isEmpty && !hasQuotes }
    func endsLine(_ index: Int) -> Bool {
      bytes[index] == UInt8(ascii: "\n")
        || bytes[index] == UInt8(ascii: "\r")
          && !(index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n"))
    }
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
          if endsLine(index) { number += 1 }
          field.append(byte)
        }
      } else if byte == UInt8(ascii: "\""), field.isEmpty {
        isQuoted = true
        hasQuotes = true
        quoteLine = number
      } else if byte == separator {
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
      } else if endsLine(index) {
        if !isBlank() {
          lines.append((start, fields + [String(decoding: field, as: UTF8.self)]))
        }
        (fields, field, hasQuotes) = ([], [], false)
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

extension CSV {
  fileprivate static func quoted(_ names: [String]) -> String {
    var text = ""
    for (index, name) in names.enumerated() { text += (index > 0 ? ", '" : "'") + name + "'" }
    return text
  }

  fileprivate static func folderHint(_ path: String) -> String {
    let slashes: [UInt8] = [UInt8(ascii: "/"), UInt8(ascii: "\\")]
    if path.utf8.starts(with: "data/".utf8) { return "" }
    let name = path.utf8.split { slashes.contains($0) }.last.map { String(Substring($0)) } ?? path
    return "; the files of a book are in 'data/', so write 'data/\(name)'"
  }
}

extension CSV.Mistake: CustomStringConvertible {
  public var description: String {
    switch self {
    case .empty: "the text holds no rows below its header [empty-data]"
    case .path(let path):
      "'\(path)' is the path of a file, and its text is asked for; Dataset.csv(\"\(path)\", label: …) "
        + "reads the file [empty-data]"
    case .openQuote(let line): "line \(line): a quote is opened and never closed [open-quote]"
    case .fieldCount(let line, let expected, let got):
      "line \(line): expected \(expected) fields as in the header, got \(got) [field-count]"
    case .notANumber(let line, let column, let name, let got):
      "line \(line), column \(column) (\(name)): '\(got)' is not a number; ignoring: [\"\(name)\"] "
        + "leaves the column out [not-a-number]"
    case .beyondFloats(let line, let column, let name, let got):
      "line \(line), column \(column) (\(name)): '\(got)' is beyond the largest float, which is 3.4e38; "
        + "ignoring: [\"\(name)\"] leaves the column out [value-out-of-range]"
    case .noSuchColumn(let name, let columns):
      "no column is named '\(name)'; columns are \(CSV.quoted(columns)) [no-such-column]"
    case .columnTwice(let name):
      "column '\(name)' stands twice in the header; give one of the two another name [column-twice]"
    case .noLabel(let line, let column, let name):
      "line \(line), column \(column) (\(name)): the label is missing; take the line out of the file "
        + "[no-label]"
    case .labelAmongNumbers(let line, let column, let name, let got):
      "line \(line), column \(column) (\(name)): '\(got)' stands among numbers; labels are all numbers "
        + "or all words [no-label]"
    case .missing(let path):
      "there is no file '\(path)'\(CSV.folderHint(path)) [no-such-file]"
    case .notAFile(let path):
      "'\(path)' is no file that can be read; write one such as 'data/points.csv' [unreadable]"
    case .notText(let path):
      "'\(path)' is no UTF-8 text; spreadsheets save it as 'CSV UTF-8' [unreadable]"
    }
  }
}
