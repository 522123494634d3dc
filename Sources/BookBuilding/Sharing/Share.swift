/// Which part of a book's chapters a build runs: one of so many, as `3/16` says.
package struct Share: Hashable, Sendable, CustomStringConvertible {
  /// From 1 to `count`.
  package let number: Int
  package let count: Int

  /// Why a text names no share.
  package struct Mistake: Error, Hashable, Sendable, CustomStringConvertible {
    package var summary: String
    package var description: String { summary }
  }

  package init(_ text: String) throws(Mistake) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Self.number(parts[0]), let count = Self.number(parts[1])
    else {
      throw Mistake(summary: "share '\(text)' is none; '3/16' is the third of sixteen")
    }
    guard count > 0 else {
      throw Mistake(
        summary: "share '\(text)' is one of none; a book has at least one share, which is '1/1'")
    }
    guard (1...count).contains(number) else {
      throw Mistake(
        summary: count == 1
          ? "share '\(text)' does not exist; the only share of 1 is '1/1'"
          : "share '\(text)' does not exist; the shares of \(count) are '1/\(count)' to "
            + "'\(count)/\(count)'")
    }
    self.number = number
    self.count = count
  }

  /// Digits alone: no sign, no space.
  private static func number(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      ? Int(text) : nil
  }

  package var description: String { "\(number)/\(count)" }
}
