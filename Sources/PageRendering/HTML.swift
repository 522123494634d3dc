/// A piece of a page: a tree of elements and text. The one file of the builder that writes markup
/// and the one place where text is escaped for it.
///
/// What it writes is HTML that an XML parser reads as well: every element is closed and every
/// attribute quoted.
package indirect enum HTML: Hashable, Sendable {
  case text(String)
  case element(String, [Attribute], [HTML])
  case group([HTML])
  /// Markup that is well-formed already: cmark-gfm's, KaTeX's, or a checked fragment's.
  case markup(String)

  package struct Attribute: Hashable, Sendable {
    package var name: String
    package var value: String
  }

  static let openingBracket = UInt8(ascii: "<")
  static let closingBracket = UInt8(ascii: ">")
  static let openingBracketText = "<"
  static let closingBracketText = ">"

  static let commentStart = "<!--"

  /// - Parameter length: at least that of an empty comment, 7 bytes.
  static func comment(ofLength length: Int) -> [UInt8] {
    Array(commentStart.utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: max(0, length - 7))
      + Array("-->".utf8)
  }

  static let xmlDeclaration = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
  static let doctype = "<!doctype html>\n"

  /// Elements that have no content and no closing tag.
  static let voidElements: Set<String> = [
    "area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
  ]

  /// An attribute whose value is nil is left out.
  static func tag(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ children: HTML...
  ) -> HTML {
    .element(
      name, attributes.compactMap { name, value in value.map { Attribute(name: name, value: $0) } },
      children)
  }

  package var rendered: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(leastCount)
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Bytes of its texts.
  private var leastCount: Int {
    switch self {
    case .text(let text), .markup(let text): text.utf8.count
    case .group(let parts), .element(_, _, let parts): parts.reduce(0) { $0 + $1.leastCount }
    }
  }

  var isEmpty: Bool {
    switch self {
    case .text(let text), .markup(let text): text.isEmpty
    case .element: false
    case .group(let parts): parts.allSatisfy(\.isEmpty)
    }
  }

  private func write(to bytes: inout [UInt8]) {
    switch self {
    case .text(let text):
      Self.escape(text, into: &bytes)
    case .markup(let markup):
      bytes.append(contentsOf: markup.utf8)
    case .group(let parts):
      for part in parts { part.write(to: &bytes) }
    case .element(let name, let attributes, let children):
      Self.openTag(name, attributes, into: &bytes)
      if Self.voidElements.contains(name) { return }
      for child in children { child.write(to: &bytes) }
      Self.closeTag(name, into: &bytes)
    }
  }

  private static func openTag(_ name: String, _ attributes: [Attribute], into bytes: inout [UInt8])
  {
    bytes.append(UInt8(ascii: "<"))
    bytes.append(contentsOf: name.utf8)
    for attribute in attributes {
      bytes.append(UInt8(ascii: " "))
      bytes.append(contentsOf: attribute.name.utf8)
      bytes.append(contentsOf: "=\"".utf8)
      escape(attribute.value, into: &bytes)
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(contentsOf: (voidElements.contains(name) ? " />" : ">").utf8)
  }

  private static func closeTag(_ name: String, into bytes: inout [UInt8]) {
    bytes.append(contentsOf: "</".utf8)
    bytes.append(contentsOf: name.utf8)
    bytes.append(UInt8(ascii: ">"))
  }

  /// The opening tag alone, for elements whose content another renderer writes.
  static func opening(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:]
  ) -> String {
    var bytes: [UInt8] = []
    openTag(
      name, attributes.compactMap { name, value in value.map { Attribute(name: name, value: $0) } },
      into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The opening tag alone, with attributes that were read from other markup.
  static func opening(
    _ name: String, attributes: [Attribute], isClosed: Bool = false
  ) -> String {
    var bytes: [UInt8] = []
    openTag(name, attributes, into: &bytes)
    if isClosed, !voidElements.contains(name), bytes.popLast() != nil {
      bytes += [UInt8(ascii: "/"), closingBracket]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// An element of XML whose name is that of one that is empty in HTML.
  static func filled(_ name: String, _ attributes: [Attribute], _ text: String) -> HTML {
    let tag = opening("_", attributes: attributes).dropFirst(2)
    return .markup(
      "\(openingBracketText)\(name)\(tag)\(escaped(text))\(openingBracketText)/\(name)\(closingBracketText)"
    )
  }

  /// - Parameter text: without two hyphens in a row.
  static func comment(_ text: String) -> HTML { .markup("<!--\(text)-->") }

  static func closing(_ name: String) -> String {
    var bytes: [UInt8] = []
    closeTag(name, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    escape(text, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func escape(_ text: String, into bytes: inout [UInt8]) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
      case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
      case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
      case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
      default: bytes.append(byte)
      }
    }
  }

  /// `page` with the characters that no HTML or XML document may hold made visible: control
  /// characters become their pictures (U+2400 and on), noncharacters become U+FFFD.
  static func printable(_ page: String) -> [UInt8] {
    var page = page
    return page.withUTF8 { source in
      // Hardly any page has one, and a page may be large.
      source.contains(where: mayBeUnprintable) ? printable(source) : Array(source)
    }
  }

  private static func mayBeUnprintable(_ byte: UInt8) -> Bool {
    byte < 0x20 && byte != 0x09 && byte != 0x0A || byte == 0xEF
  }

  private static func printable(_ source: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(source.count)
    var index = 0
    while index < source.count {
      let byte = source[index]
      if byte < 0x20, byte != 0x09, byte != 0x0A {
        if byte != 0x0D { bytes.append(contentsOf: [0xE2, 0x90, 0x80 + byte]) }
      } else if byte == 0xEF, index + 2 < source.count, source[index + 1] == 0xBF,
        source[index + 2] >= 0xBE
      {
        bytes.append(contentsOf: [0xEF, 0xBF, 0xBD])
        index += 2
      } else {
        bytes.append(byte)
      }
      index += 1
    }
    return bytes
  }
}
