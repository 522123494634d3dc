import Foundation

/// A notebook of Jupyter's format 4.5, as it is written.
struct NotebookFile: Encodable {
  enum Kind: String, Encodable { case code, markdown }

  struct Cell: Encodable {
    var kind: Kind
    /// Without line ends.
    var source: [String]
    var metadata = CellMetadata()
    /// Of a cell that ran.
    var count: Int?
    var outputs: [Output] = []
    var id = ""
  }

  struct CellMetadata: Encodable {
    /// What only nnbook knows what to do with.
    var nnbook: [String: String]?
    var jupyter: [String: Bool]?
    var tags: [String]?
  }

  enum Output {
    case stream(String)
    /// Forms of one thing, by media type.
    case display([String: String])
    case error(String)
  }

  private struct Metadata: Encodable {
    var kernelspec = ["display_name": "Swift", "language": "swift", "name": "xswift"]
    var languageInfo = [
      "file_extension": ".swift", "mimetype": "text/x-swift", "name": "swift",
    ]
    /// Says that Markdown in it is a chapter's, cells and all.
    var nnbook = ["version": "1"]
  }

  var cells: [Cell]
  private var metadata = Metadata()
  private var nbformat = 4
  private var nbformatMinor = 5

  init(cells: [Cell]) { self.cells = cells }

  var bytes: [UInt8] {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return ((try? encoder.encode(self)).map { Array($0) } ?? []) + [UInt8(ascii: "\n")]
  }

  /// Each with its line end, but the last.
  fileprivate static func lines(_ text: String) -> [String] {
    lines(text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
  }

  fileprivate static func lines(_ lines: [String]) -> [String] {
    lines.enumerated().map { $0 < lines.count - 1 ? $1 + "\n" : $1 }.filter { !$0.isEmpty }
  }
}

extension NotebookFile.Cell {
  private enum Key: CodingKey {
    case cellType, id, metadata, source, executionCount, outputs
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(kind, forKey: .cellType)
    try fields.encode(id, forKey: .id)
    try fields.encode(metadata, forKey: .metadata)
    try fields.encode(NotebookFile.lines(source), forKey: .source)
    guard kind == .code else { return }
    // A cell that never ran says so.
    try fields.encode(count, forKey: .executionCount)
    try fields.encode(outputs, forKey: .outputs)
  }
}

extension NotebookFile.Output: Encodable {
  private enum Key: CodingKey {
    case outputType, name, text, data, metadata, ename, evalue, traceback
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    switch self {
    case .stream(let text):
      try fields.encode("stream", forKey: .outputType)
      try fields.encode("stdout", forKey: .name)
      try fields.encode(NotebookFile.lines(text), forKey: .text)
    case .display(let data):
      try fields.encode("display_data", forKey: .outputType)
      try fields.encode(data.mapValues(NotebookFile.lines), forKey: .data)
      try fields.encode([String: String](), forKey: .metadata)
    case .error(let text):
      let lines = text.split(separator: "\n").map(String.init)
      try fields.encode("error", forKey: .outputType)
      try fields.encode("error", forKey: .ename)
      try fields.encode(lines.first ?? "", forKey: .evalue)
      try fields.encode(lines, forKey: .traceback)
    }
  }
}
