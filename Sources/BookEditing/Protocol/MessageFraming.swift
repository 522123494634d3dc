import Foundation

/// The framing of messages: a header with their length, a blank line, and JSON.
package struct MessageFraming: Sendable {
  private var buffer = Data()
  /// A message beyond this is no message: what came is given up.
  private static let longest = 256 << 20

  package init() {}

  package static func framed(_ message: Data) -> Data {
    Data("Content-Length: \(message.count)\r\n\r\n".utf8) + message
  }

  package mutating func append(_ bytes: Data) { buffer.append(bytes) }

  /// The next whole message; nil where more must come first.
  package mutating func next() -> Data? {
    while let end = buffer.firstRange(of: Self.blankLine) {
      guard let length = Self.length(in: buffer[buffer.startIndex..<end.lowerBound]) else {
        // A header that says no length is passed over, so that the stream may find itself again.
        buffer = Data(buffer[end.upperBound...])
        continue
      }
      guard buffer.endIndex - end.upperBound >= length else { return nil }
      let last = end.upperBound + length
      let message = Data(buffer[end.upperBound..<last])
      buffer = Data(buffer[last...])
      return message
    }
    return nil
  }

  private static let blankLine = Data("\r\n\r\n".utf8)

  private static func length(in header: Data) -> Int? {
    for line in String(decoding: header, as: UTF8.self).split(separator: "\r\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == "content-length" else { continue }
      guard let length = Int(parts[1].trimmingCharacters(in: .whitespaces)),
        (0...longest).contains(length)
      else { return nil }
      return length
    }
    return nil
  }
}
