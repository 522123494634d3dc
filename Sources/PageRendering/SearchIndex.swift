/// The search index as a script: a page opened from disk may load scripts, but not fetch data.
struct SearchIndex {
  var entries: [SearchEntry]

  var script: [UInt8] {
    var bytes = Array("window.nnbookSearch = [\n".utf8)
    for (place, entry) in entries.enumerated() {
      if place > 0 { bytes.append(contentsOf: ",\n".utf8) }
      bytes.append(contentsOf: "{\"url\":".utf8)
      Self.append(entry.url, to: &bytes)
      bytes.append(contentsOf: ",\"chapter\":".utf8)
      Self.append(entry.chapter, to: &bytes)
      bytes.append(contentsOf: ",\"section\":".utf8)
      Self.append(entry.section, to: &bytes)
      bytes.append(contentsOf: ",\"text\":".utf8)
      Self.append(entry.text, to: &bytes)
      bytes.append(UInt8(ascii: "}"))
    }
    bytes.append(contentsOf: "\n];\n".utf8)
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
