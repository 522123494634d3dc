import Foundation
import HostSystem

/// The header that proves to a store who asks. From the environment or a file, never from a book, and
/// never printed.
package struct StoreIdentity: Hashable, Sendable, CustomStringConvertible {
  let name: String
  let value: String

  package var description: String { "a header of the store" }

  package struct Mistake: Error, Hashable, Sendable, CustomStringConvertible {
    package var summary: String
    package var description: String { summary }
  }

  /// `NNBOOK_STORE_TOKEN` is sent as a bearer token; `NNBOOK_STORE_HEADER_FILE` names a file whose
  /// first line is a whole header. Nil where neither is set.
  package static func found(
    in environment: [String: String]
  ) throws(Mistake) -> StoreIdentity? {
    if let path = environment["NNBOOK_STORE_HEADER_FILE"], !path.isEmpty {
      guard let bytes = try? FileSystem.read(path) else {
        throw Mistake(summary: "file '\(path)' of NNBOOK_STORE_HEADER_FILE cannot be read")
      }
      let line = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first
      let parts = (line ?? "").split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else {
        throw Mistake(
          summary: "file '\(path)' of NNBOOK_STORE_HEADER_FILE must begin with a line such as "
            + "'Authorization: Basic …'")
      }
      return StoreIdentity(
        name: String(parts[0]).trimmingCharacters(in: .whitespaces),
        value: String(parts[1]).trimmingCharacters(in: .whitespaces))
    }
    guard let token = environment["NNBOOK_STORE_TOKEN"], !token.isEmpty else { return nil }
    guard !token.contains(where: \.isNewline) else {
      throw Mistake(summary: "NNBOOK_STORE_TOKEN holds more than one line")
    }
    return StoreIdentity(name: "Authorization", value: "Bearer \(token)")
  }
}
