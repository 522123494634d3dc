/// Files in one file, as PKWARE's APPNOTE describes: what readers of books and archives open. The same
/// files give the same bytes, on every day.
package struct ZipArchive: Sendable {
  private var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  package init() {}

  /// Names are UTF-8, with `/` between folders. What does not become smaller is stored as it is.
  ///
  /// - Parameter isStored: for a file that readers look at before they can unpack.
  package mutating func add(_ contents: [UInt8], at name: String, isStored: Bool = false) {
    let packed = isStored ? contents : deflated(contents)
    let isPacked = packed.count < contents.count
    let body = isPacked ? packed : contents
    let offset = bytes.count
    var header: [UInt8] = []
    // Version 2.0, names in UTF-8, the way of packing, and midnight of the first day of 1980.
    header.add(20, 2)
    header.add(1 << 11, 2)
    header.add(isPacked ? 8 : 0, 2)
    header.add(0, 2)
    header.add(0x21, 2)
    header.add(Int(checksum(contents)), 4)
    header.add(body.count, 4)
    header.add(contents.count, 4)
    header.add(name.utf8.count, 2)
    header.add(0, 2)
    bytes.add(0x0403_4B50, 4)
    bytes += header + Array(name.utf8) + body
    directory.add(0x0201_4B50, 4)
    directory.add(20, 2)
    directory += header
    // Comment, disk, attributes within and without.
    directory.add(0, 2)
    directory.add(0, 2)
    directory.add(0, 2)
    directory.add(0, 4)
    directory.add(offset, 4)
    directory += Array(name.utf8)
    count += 1
  }

  package consuming func finished() -> [UInt8] {
    let start = bytes.count
    bytes += directory
    bytes.add(0x0605_4B50, 4)
    bytes.add(0, 4)
    bytes.add(count, 2)
    bytes.add(count, 2)
    bytes.add(directory.count, 4)
    bytes.add(start, 4)
    bytes.add(0, 2)
    return bytes
  }
}

extension [UInt8] {
  /// The lowest byte first.
  fileprivate mutating func add(_ number: Int, _ count: Int) {
    for place in 0..<count { append(UInt8(truncatingIfNeeded: number >> (8 * place))) }
  }
}

/// CRC-32 of ISO 3309.
func checksum(_ bytes: [UInt8]) -> UInt32 {
  var sum: UInt32 = 0xFFFF_FFFF
  for byte in bytes { sum = table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ (sum >> 8) }
  return ~sum
}

private let table: [UInt32] = (0..<256).map { start in
  (0..<8).reduce(UInt32(start)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
}
