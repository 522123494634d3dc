import Foundation
import HostSystem

/// What proves to a server who asks. From the environment or a file, never from a book, and never printed.
struct RemoteHeader: Hashable, Sendable, CustomStringConvertible {
  let name: String
  let value: String

  var description: String { "a header of the remote server" }

  /// `NNBOOK_REMOTE_TOKEN` is sent as a bearer token; `NNBOOK_REMOTE_HEADER_FILE` names a file whose
  /// first line is a whole header. Nil where neither is set.
  static func found(
    in environment: [String: String]
  ) throws(RemoteRequest.Mistake) -> RemoteHeader? {
    if let path = environment["NNBOOK_REMOTE_HEADER_FILE"], !path.isEmpty {
      guard let bytes = try? FileSystem.read(path) else {
        throw .init(summary: "file '\(path)' of NNBOOK_REMOTE_HEADER_FILE cannot be read")
      }
      let line = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first
      let parts = (line ?? "").split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else {
        throw .init(
          summary: "file '\(path)' of NNBOOK_REMOTE_HEADER_FILE must begin with a line such as "
            + "'x-api-key: …'")
      }
      return RemoteHeader(
        name: parts[0].trimmingCharacters(in: .whitespaces).lowercased(),
        value: parts[1].trimmingCharacters(in: .whitespaces))
    }
    guard let token = environment["NNBOOK_REMOTE_TOKEN"], !token.isEmpty else { return nil }
    guard !token.contains(where: \.isNewline) else {
      throw .init(summary: "NNBOOK_REMOTE_TOKEN holds more than one line")
    }
    return RemoteHeader(name: "authorization", value: "Bearer \(token)")
  }
}
