/// A natural number of any size, in limbs of 32 bits, the lowest first.
struct Natural {
  private var limbs: [UInt32]

  init(_ value: UInt64) {
    limbs = [UInt32(truncatingIfNeeded: value), UInt32(truncatingIfNeeded: value >> 32)]
    trim()
  }

  var isOdd: Bool { (limbs.first ?? 0) & 1 == 1 }

  mutating func multiply(by factor: UInt32) {
    var carry: UInt64 = 0
    for index in limbs.indices {
      carry += UInt64(limbs[index]) * UInt64(factor)
      limbs[index] = UInt32(truncatingIfNeeded: carry)
      carry >>= 32
    }
    if carry > 0 { limbs.append(UInt32(truncatingIfNeeded: carry)) }
  }

  /// Divides and returns the remainder.
  mutating func divide(by divisor: UInt32) -> UInt32 {
    var remainder: UInt64 = 0
    for index in limbs.indices.reversed() {
      remainder = remainder << 32 | UInt64(limbs[index])
      limbs[index] = UInt32(truncatingIfNeeded: remainder / UInt64(divisor))
      remainder %= UInt64(divisor)
    }
    trim()
    return UInt32(truncatingIfNeeded: remainder)
  }

  mutating func shiftLeft(by bits: Int) {
    for _ in 0..<bits % 32 { multiply(by: 2) }
    limbs.insert(contentsOf: repeatElement(0, count: bits / 32), at: 0)
    trim()
  }

  /// Shifts and tells whether a one was lost.
  mutating func shiftRight(by bits: Int) -> Bool {
    let whole = min(bits / 32, limbs.count)
    var lost = limbs[..<whole].contains { $0 != 0 }
    limbs.removeFirst(whole)
    let rest = UInt32(bits % 32)
    if rest > 0, divide(by: 1 << rest) != 0 { lost = true }
    return lost
  }

  mutating func increment() {
    for index in limbs.indices {
      limbs[index] &+= 1
      if limbs[index] != 0 { return }
    }
    limbs.append(1)
  }

  consuming func decimalDigits() -> [UInt8] {
    var digits: [UInt8] = []
    while !limbs.isEmpty {
      var group = divide(by: 1_000_000_000)
      for _ in 0..<9 {
        digits.append(0x30 + UInt8(truncatingIfNeeded: group % 10))
        group /= 10
      }
    }
    while digits.count > 1, digits.last == 0x30 { digits.removeLast() }
    digits.reverse()
    return digits.isEmpty ? [0x30] : digits
  }

  private mutating func trim() {
    while limbs.last == 0 { limbs.removeLast() }
  }
}
