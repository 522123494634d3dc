/// Writes the plain binary form of stored results: decoding JSON for every chapter would take
/// longer than everything else in a build with nothing changed.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ number: Int) {
    withUnsafeBytes(of: Int64(number).littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func write(_ text: String) { write(Array(text.utf8)) }

  mutating func write(_ data: [UInt8]) {
    write(data.count)
    bytes.append(contentsOf: data)
  }

  mutating func write<Element>(
    each elements: [Element], _ body: (inout ByteWriter, Element) -> Void
  ) {
    write(elements.count)
    for element in elements { body(&self, element) }
  }
}

/// Reads what `ByteWriter` wrote; bytes that it did not write are an error and never a trap.
struct ByteReader {
  struct Malformed: Error {}

  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func number() throws(Malformed) -> Int {
    let raw = try take(8)
    var value: UInt64 = 0
    for byte in raw.reversed() { value = value << 8 | UInt64(byte) }
    return Int(Int64(bitPattern: value))
  }

  mutating func data() throws(Malformed) -> [UInt8] { Array(try take(try number())) }

  mutating func text() throws(Malformed) -> String {
    String(decoding: try take(try number()), as: UTF8.self)
  }

  mutating func each<Element>(
    _ body: (inout ByteReader) throws(Malformed) -> Element
  ) throws(Malformed) -> [Element] {
    let count = try number()
    // Every element takes at least a byte.
    guard count >= 0, count <= rest.count else { throw Malformed() }
    var elements: [Element] = []
    for _ in 0..<count { elements.append(try body(&self)) }
    return elements
  }

  private mutating func take(_ count: Int) throws(Malformed) -> ArraySlice<UInt8> {
    guard count >= 0, count <= rest.count else { throw Malformed() }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}
