/// The search index as a script: a page opened from disk may load scripts, but not fetch data. It is
/// made of one part for each page, so that they need not be in memory together.
package struct SearchIndex: Sendable {
  package static let path = "assets/search.js"
  package static let start = Array("window.nnbookSearch = [\n".utf8)
  /// Between parts that are not empty.
  package static let separator = Array(",\n".utf8)
  package static let end = Array("\n];\n".utf8)

  package static func part(_ entries: [SearchEntry]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(entries.reduce(0) { $0 + $1.text.utf8.count + 200 })
    for (place, entry) in entries.enumerated() {
      if place > 0 { bytes.append(contentsOf: separator) }
      bytes.append(contentsOf: "{\"url\":".utf8)
      append(entry.url, to: &bytes)
      bytes.append(contentsOf: ",\"chapter\":".utf8)
      append(entry.chapter, to: &bytes)
      bytes.append(contentsOf: ",\"section\":".utf8)
      append(entry.section, to: &bytes)
      bytes.append(contentsOf: ",\"text\":".utf8)
      append(entry.text, to: &bytes)
      bytes.append(UInt8(ascii: "}"))
    }
    return bytes
  }

  /// A JSON string, which is a JavaScript string as well.
  private static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
      case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
      case 0..<0x20: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
