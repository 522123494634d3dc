import HostSystem

/// What a browser asks for, read from a connection within limits of size and time.
package struct ServedRequest: Sendable {
  package var method: String
  /// As it was sent, up to a question mark.
  package var path: String
  /// What follows the question mark.
  package var query = ""
  /// By name in lower case.
  package var headers: [String: String]
  package var body: [UInt8] = []
  package var keepsConnection: Bool

  package enum Failure: Error, Hashable, Sendable {
    /// Nothing, or not in time.
    case nothing
    case malformed, headTooLarge, bodyTooLarge
  }

  /// Bytes of the first line and the headers.
  static let longestHead = 16 << 10
  /// Bytes.
  static let longestBody = 4 << 20
  private static let mostHeaders = 100
  private static let second: UInt64 = 1_000_000_000
  /// For a connection to say something, and for a whole request to arrive.
  private static let patience = (idle: 60 * second, whole: 10 * second)

  /// - Parameter rest: bytes of the connection that came after the request before; those after this
  ///   one.
  init(
    from connection: LoopbackConnection, rest: inout [UInt8]
  ) throws(Failure) {
    var bytes = rest
    rest = []
    if bytes.isEmpty { bytes = connection.read(until: monotonicNow() + Self.patience.idle) }
    if bytes.isEmpty { throw .nothing }
    let deadline = monotonicNow() + Self.patience.whole
    var searched = 0
    var end: Int?
    while true {
      end = Self.endOfHead(bytes, from: searched)
      if end != nil { break }
      if bytes.count > Self.longestHead { throw .headTooLarge }
      searched = max(0, bytes.count - 3)
      let more = connection.read(until: deadline)
      if more.isEmpty { throw .nothing }
      bytes += more
    }
    guard let end, end <= Self.longestHead + 4 else { throw .headTooLarge }
    try self.init(head: bytes[..<end])
    bytes.removeFirst(end)
    let length = try bodyLength()
    while bytes.count < length {
      let more = connection.read(until: deadline)
      if more.isEmpty { throw .nothing }
      bytes += more
    }
    body = Array(bytes.prefix(length))
    rest = Array(bytes.dropFirst(length))
  }

  /// From the first line and the headers, with their ends.
  init(head: some Collection<UInt8>) throws(Failure) {
    guard let text = String(validating: head, as: UTF8.self) else { throw .malformed }
    var lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)[...]
    let words = (lines.popFirst() ?? "").split(
      separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, words[1].hasPrefix("/"), words[2].hasPrefix("HTTP/1."),
      Self.isToken(words[0])
    else { throw .malformed }
    method = String(words[0])
    path = String(words[1].prefix { $0 != "?" })
    query = String(words[1].dropFirst(path.count + 1))
    headers = [:]
    for line in lines where !line.isEmpty {
      guard let colon = line.firstIndex(of: ":"), Self.isToken(line[..<colon]) else {
        throw .malformed
      }
      let name = line[..<colon].lowercased()
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      // Two hosts, or two lengths, are an attempt to be read in two ways.
      if headers[name] != nil, ["host", "content-length", "origin"].contains(name) {
        throw .malformed
      }
      headers[name] = String(value)
      if headers.count > Self.mostHeaders { throw .headTooLarge }
    }
    keepsConnection = words[2] == "HTTP/1.1" && headers["connection"]?.lowercased() != "close"
  }

  private func bodyLength() throws(Failure) -> Int {
    if headers["transfer-encoding"] != nil { throw .malformed }
    guard let text = headers["content-length"] else { return 0 }
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw .malformed
    }
    guard let length = Int(text), length <= Self.longestBody else { throw .bodyTooLarge }
    return length
  }

  private static func endOfHead(_ bytes: [UInt8], from start: Int) -> Int? {
    var place = start
    while place + 4 <= bytes.count {
      if bytes[place] == 13, bytes[place + 1] == 10, bytes[place + 2] == 13, bytes[place + 3] == 10
      {
        return place + 4
      }
      place += 1
    }
    return nil
  }

  /// Names and values of the query; as they were sent.
  var queryItems: [String: String] { Self.pairs(query, separator: "&") }

  var cookies: [String: String] { Self.pairs(headers["cookie"] ?? "", separator: ";") }

  private static func pairs(_ text: String, separator: Character) -> [String: String] {
    var pairs: [String: String] = [:]
    for part in text.split(separator: separator) {
      let part = part.drop { $0 == " " }
      guard let equals = part.firstIndex(of: "=") else { continue }
      // The first counts: what somebody added does not take its place.
      let name = String(part[..<equals])
      if pairs[name] == nil { pairs[name] = String(part[part.index(after: equals)...]) }
    }
    return pairs
  }

  private static func isToken(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ":") }
  }
}
