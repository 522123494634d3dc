/// Builds SVG and HTML. The only file of this module that writes tags, and the only place where
/// text is escaped.
struct Markup {
  private(set) var bytes: [UInt8] = []
  private var openElements: [StaticString] = []
  private var startTagIsOpen = false

  /// Stands for the prefix that makes ids unique in a page, until the figure is shown.
  private static let prefixMark: UInt8 = 0x1A

  @inline(never)
  mutating func begin(_ name: StaticString) {
    closeStartTag()
    bytes.append(UInt8(ascii: "<"))
    append(name)
    openElements.append(name)
    startTagIsOpen = true
  }

  @inline(never)
  @export(interface)
  mutating func end() {
    guard let name = openElements.popLast() else { return }
    if startTagIsOpen {
      append("/>")
      startTagIsOpen = false
    } else {
      append("</")
      append(name)
      bytes.append(UInt8(ascii: ">"))
    }
  }

  /// Ends an element that HTML does not allow to be self-closing.
  @inline(never)
  mutating func endWithTag() {
    closeStartTag()
    end()
  }

  @inline(never)
  mutating func set(_ name: StaticString, _ value: StaticString) {
    beginAttribute(name)
    append(value)
    bytes.append(UInt8(ascii: "\""))
  }

  @inline(never)
  mutating func set(_ name: StaticString, text value: String) {
    beginAttribute(name)
    appendEscaped(value)
    bytes.append(UInt8(ascii: "\""))
  }

  @inline(never)
  mutating func set(_ name: StaticString, raw value: [UInt8]) {
    beginAttribute(name)
    bytes.append(contentsOf: value)
    bytes.append(UInt8(ascii: "\""))
  }

  @inline(never)
  mutating func set(_ name: StaticString, _ value: Int) {
    beginAttribute(name)
    var text = TextBuffer()
    text.append(value)
    bytes.append(contentsOf: text.bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// A length or coordinate, to a tenth of a unit.
  @inline(never)
  mutating func set(_ name: StaticString, _ value: Double) {
    beginAttribute(name)
    appendTenths(tenths(value), to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  @inline(never)
  mutating func set(_ name: StaticString, hundredths value: Double) {
    beginAttribute(name)
    bytes.append(
      contentsOf: significantText((value * 100).rounded(.toNearestOrEven) / 100, digits: 3))
    bytes.append(UInt8(ascii: "\""))
  }

  @inline(never)
  mutating func set(_ name: StaticString, _ color: Ink) {
    set(name, color.css)
  }

  /// An id, or a list of ids, that will be unique in the page.
  @inline(never)
  mutating func set(_ name: StaticString, ids: StaticString...) {
    beginAttribute(name)
    for (index, id) in ids.enumerated() {
      if index > 0 { append(" ") }
      bytes.append(Self.prefixMark)
      append(id)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// A reference such as `#id` or `url(#id)` to an element of the same figure.
  @inline(never)
  mutating func set(
    _ name: StaticString, before: StaticString, id: StaticString, after: StaticString
  ) {
    beginAttribute(name)
    append(before)
    bytes.append(Self.prefixMark)
    append(id)
    append(after)
    bytes.append(UInt8(ascii: "\""))
  }

  @inline(never)
  mutating func text(_ text: String) {
    closeStartTag()
    appendEscaped(text)
  }

  @inline(never)
  mutating func text(raw text: [UInt8]) {
    closeStartTag()
    bytes.append(contentsOf: text)
  }

  /// Puts finished markup inside the open element.
  @inline(never)
  mutating func insert(_ markup: [UInt8]) {
    closeStartTag()
    bytes.append(contentsOf: markup)
  }

  @inline(never)
  mutating func newline() {
    closeStartTag()
    bytes.append(UInt8(ascii: "\n"))
  }

  /// The markup with the id prefix in place.
  @inline(never)
  func bytes(idPrefix: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 32)
    for byte in bytes {
      if byte == Self.prefixMark {
        result.append(contentsOf: idPrefix)
      } else {
        result.append(byte)
      }
    }
    return result
  }

  @inline(never)
  private mutating func beginAttribute(_ name: StaticString) {
    bytes.append(UInt8(ascii: " "))
    append(name)
    append("=\"")
  }

  @inline(never)
  private mutating func closeStartTag() {
    guard startTagIsOpen else { return }
    bytes.append(UInt8(ascii: ">"))
    startTagIsOpen = false
  }

  @inline(never)
  private mutating func append(_ text: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  @inline(never)
  @export(interface)
  private mutating func appendEscaped(_ text: String) {
    for byte in Notebook.bytes(of: text) {
      switch byte {
      case UInt8(ascii: "&"): append("&amp;")
      case UInt8(ascii: "<"): append("&lt;")
      case UInt8(ascii: ">"): append("&gt;")
      case UInt8(ascii: "\""): append("&quot;")
      // XML has no other control characters, escaped or not.
      case 0..<0x09, 0x0B..<0x20, 0x7F: append("\u{FFFD}")
      default: bytes.append(byte)
      }
    }
  }
}
