/// Text being built, as UTF-8. Appending never touches Unicode tables, which keeps WebAssembly
/// modules small.
public struct TextBuffer: Sendable {
  /// UTF-8, without an end mark.
  public private(set) var bytes: [UInt8] = []

  /// A buffer without text.
  public init() {}

  /// Whether nothing has been appended.
  public var isEmpty: Bool { bytes.isEmpty }

  /// The text so far as Swift has it.
  public var string: String { String(decoding: bytes, as: UTF8.self) }

  /// Text as it is.
  @inline(never)
  @export(interface)
  public mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  /// Text that is known when compiling, which costs a module least.
  @inline(never)
  @export(interface)
  public mutating func append(_ text: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// What another buffer holds.
  @inline(never)
  @export(interface)
  public mutating func append(_ text: TextBuffer) {
    bytes.append(contentsOf: text.bytes)
  }

  @inline(never)
  @export(interface)
  mutating func append(bytes more: [UInt8]) {
    bytes.append(contentsOf: more)
  }

  @inline(never)
  @export(interface)
  mutating func append(byte: UInt8) {
    bytes.append(byte)
  }

  /// Decimal digits, behind a minus sign below 0.
  @inline(never)
  @export(interface)
  public mutating func append(_ number: Int) {
    if number < 0 { bytes.append(0x2D) }
    appendDigits(UInt64(number.magnitude))
  }

  @inline(never)
  @export(interface)
  mutating func appendDigits(_ number: UInt64) {
    let start = bytes.count
    var rest = number
    repeat {
      bytes.append(0x30 + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }
}

/// The bytes of a text, for going through them: the loop over a string itself is written out with
/// every form that a string may have, half a kilobyte each time.
@inline(never)
@export(interface)
func bytes(of text: String) -> [UInt8] { Array(text.utf8) }

/// Whether two texts have the same bytes. Swift's `==` compares what characters mean, and brings the
/// tables for that into a reader's module: 44 kilobytes.
@inline(never)
@export(interface)
func isSame(_ a: String, _ b: String) -> Bool { bytes(of: a) == bytes(of: b) }
