import Foundation

/// `file:` addresses and paths.
enum FileAddress {
  static func path(_ address: String) -> String? {
    guard let url = URL(string: address), url.isFileURL else { return nil }
    return url.path(percentEncoded: false)
  }

  static func address(_ path: String) -> String {
    URL(fileURLWithPath: path).absoluteString
  }

  /// As an author who stands in `root` would type it.
  static func relative(_ path: String, to root: String) -> String {
    let prefix = root.hasSuffix("/") ? root : root + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }
}
