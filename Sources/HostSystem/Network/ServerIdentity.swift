/// The header that proves to a server who asks. From the environment or a file, never from a book, and
/// never printed.
package struct ServerIdentity: Hashable, Sendable, CustomStringConvertible {
  package let name: String
  package let value: String

  package var description: String { "a header that nobody else sees" }

  /// `PREFIX_TOKEN` is sent as a bearer token; `PREFIX_HEADER_FILE` names a file whose first line is a
  /// whole header. Nil where neither is set.
  ///
  /// - Parameter prefix: of the variables that speak of the server, such as `NNBOOK_STORE`.
  package static func found(
    by prefix: String, in environment: [String: String]
  ) throws(ServerMistake) -> ServerIdentity? {
    let variable = prefix + "_HEADER_FILE"
    if let path = environment[variable], !path.isEmpty {
      guard let bytes = try? FileSystem.read(path) else {
        throw ServerMistake("file '\(path)' of \(variable) cannot be read")
      }
      let line = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first
      let parts = (line ?? "").split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else {
        throw ServerMistake(
          "file '\(path)' of \(variable) must begin with a line such as 'Authorization: Basic …'")
      }
      return ServerIdentity(name: trimmed(parts[0]), value: trimmed(parts[1]))
    }
    guard let token = environment[prefix + "_TOKEN"], !token.isEmpty else { return nil }
    guard !token.contains(where: \.isNewline) else {
      throw ServerMistake("\(prefix)_TOKEN holds more than one line")
    }
    return ServerIdentity(name: "Authorization", value: "Bearer \(token)")
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// An address as a message may show it: what stands between `//` and the last `@`, and what follows a
  /// question mark, is nobody's to read.
  package static func hidden(in address: String) -> String {
    let shown = address.prefix { $0 != "?" }
    let rest = shown.count < address.count ? "?…" : ""
    guard let start = shown.firstRange(of: "//"),
      let end = shown[start.upperBound...].lastIndex(of: "@")
    else { return shown + rest }
    return shown[..<start.upperBound] + "…" + shown[end...] + rest
  }
}
