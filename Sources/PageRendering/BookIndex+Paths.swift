extension BookIndex {
  static func isExternal(_ destination: String) -> Bool {
    if destination.hasPrefix("//") { return true }
    let scheme = destination.prefix { $0.isLetter || $0.isNumber || "+-.".contains($0) }
    return !scheme.isEmpty && destination.dropFirst(scheme.count).first == ":"
  }

  /// The chapter that an address of a page leads to, and the place there.
  func placeInBook(_ address: String) -> (slug: String, anchor: String?)? {
    let parts = address.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      .map(String.init)
    guard let page = parts.first, page.hasSuffix(".html") else { return nil }
    let slug = String(decoded(page).dropLast(".html".count))
    guard place(ofChapter: slug) != nil, siteAddress("\(slug).html") == page else { return nil }
    return (slug, parts.count > 1 ? parts[1] : nil)
  }

  static func folder(of path: String) -> Substring {
    path.lastIndex(of: "/").map { path[...$0] } ?? ""
  }

  static func relative(_ path: String, to folder: Substring) -> String {
    path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path
  }

  /// `file` below `folder`; nil where it leads out of it.
  static func join(
    folder: Substring, _ file: String
  ) -> (path: String, destination: String)? {
    if file.hasPrefix("/") { return nil }
    var parts: [Substring] = []
    for part in file.split(separator: "/") {
      switch part {
      case ".": continue
      case "..": if parts.popLast() == nil { return nil }
      default: parts.append(part)
      }
    }
    let destination = parts.joined(separator: "/")
    return (folder + destination, destination)
  }

  /// Percent-encoding undone; what is none stays.
  func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.first {
      let digits = String(decoding: rest.dropFirst().prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
