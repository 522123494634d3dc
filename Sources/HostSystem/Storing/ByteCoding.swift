/// Writes the plain binary form of stored results: decoding JSON for every chapter would take
/// longer than everything else in a build with nothing changed.
package struct ByteWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func write(_ number: Int) {
    withUnsafeBytes(of: Int64(number).littleEndian) { bytes.append(contentsOf: $0) }
  }

  package mutating func write(_ text: String) { write(Array(text.utf8)) }

  package mutating func write(_ data: [UInt8]) {
    write(data.count)
    bytes.append(contentsOf: data)
  }

  package mutating func write<Element>(
    each elements: [Element], _ body: (inout ByteWriter, Element) -> Void
  ) {
    write(elements.count)
    for element in elements { body(&self, element) }
  }
}

/// Reads what `ByteWriter` wrote; bytes that it did not write are an error and never a trap.
package struct ByteReader {
  package struct Malformed: Error {
    package init() {}
  }

  private var rest: ArraySlice<UInt8>

  package init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  package var isAtEnd: Bool { rest.isEmpty }

  package mutating func number() throws(Malformed) -> Int {
    let raw = try take(8)
    var value: UInt64 = 0
    for byte in raw.reversed() { value = value << 8 | UInt64(byte) }
    return Int(Int64(bitPattern: value))
  }

  package mutating func data() throws(Malformed) -> [UInt8] { Array(try take(try number())) }

  package mutating func text() throws(Malformed) -> String {
    String(decoding: try take(try number()), as: UTF8.self)
  }

  package mutating func each<Element>(
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
