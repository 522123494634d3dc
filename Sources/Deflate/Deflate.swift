/// Bytes made fewer, as RFC 1951 describes: what browsers call `deflate-raw`.
///
/// Of our own, because the libraries that do this give other bytes from version to version, and a
/// book must be built to the same bytes everywhere.
package func deflated(_ bytes: [UInt8]) -> [UInt8] {
  let tokens = Token.all(in: bytes)
  var output = BitWriter()
  // Each block has codes of its own, so that code and data of a module do not share them.
  let blocks = stride(from: 0, to: max(tokens.count, 1), by: 16384).map { start in
    Block(tokens[start..<min(start + 16384, tokens.count)])
  }
  for (index, block) in blocks.enumerated() {
    block.write(to: &output, isLast: index == blocks.count - 1)
  }
  return output.finished()
}

/// Bits, lowest first.
struct BitWriter {
  private var bytes: [UInt8] = []
  private var pending: UInt64 = 0
  private var pendingCount = 0

  mutating func write(_ bits: Int, count: Int) {
    pending |= UInt64(bits) << UInt64(pendingCount)
    pendingCount += count
    while pendingCount >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      pendingCount -= 8
    }
  }

  /// Everything written, the last byte filled with zeros.
  consuming func finished() -> [UInt8] {
    if pendingCount > 0 { bytes.append(UInt8(truncatingIfNeeded: pending)) }
    return bytes
  }
}
