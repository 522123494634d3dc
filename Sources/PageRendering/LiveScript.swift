import BookModel

/// The script that brings a chapter's module to its page. A page opened from disk may not fetch, so
/// the module stands in the script as text, compressed: a third of what it is.
struct LiveScript {
  var module: LiveModule
  var chapter: Chapter

  /// Seconds that a live cell may take in the page when its author doesn't say.
  static let defaultLimit = 5

  var path: String { "\(chapter.slug).live.js" }

  var bytes: [UInt8] {
    let cells = module.cells.map { "[\($0),\(limit(of: $0))]" }.joined(separator: ",")
    return Array("nnbookLive({cells:[\(cells)],module:\"".utf8) + base64(module.bytes)
      + Array("\"});\n".utf8)
  }

  /// A cell that states no time of its own may take less in front of a reader than in a build.
  private func limit(of index: Int) -> Int {
    guard case .run(let run) = chapter.cells[index].options.execution,
      run.timeout != CellOptions.Run().timeout
    else { return Self.defaultLimit }
    return run.timeout
  }
}

private func base64(_ bytes: [UInt8]) -> [UInt8] {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var text: [UInt8] = []
  text.reserveCapacity((bytes.count + 2) / 3 * 4)
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(start + 3, bytes.count)]
    var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    bits <<= 8 * UInt32(3 - group.count)
    for place in 0..<4 {
      let digit = digits[Int(bits >> UInt32(18 - 6 * place) & 63)]
      text.append(place <= group.count ? digit : UInt8(ascii: "="))
    }
  }
  return text
}
