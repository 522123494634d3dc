import BookModel

/// The script that brings a chapter's module to its page. A page opened from disk may not fetch, so
/// the module stands in the script as text, compressed: a third of what it is.
struct LiveScript {
  var module: LiveModule
  var chapter: Chapter

  var path: String { "\(chapter.slug).live.js" }

  var bytes: [UInt8] {
    Array("nnbookLive({module:\"".utf8) + base64(module.bytes) + Array("\"});\n".utf8)
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
