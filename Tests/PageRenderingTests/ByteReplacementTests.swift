import BookModel
import Support
import Testing

@Suite struct ByteReplacementTests {
  /// Letters of one byte are characters and bytes at once, so the standard library must agree.
  @Test func itReplacesAsTheStandardLibraryDoes() {
    var generator = SeededGenerator()
    func word(_ lengths: ClosedRange<Int>) -> String {
      String(
        (0..<Int.random(in: lengths, using: &generator)).map { _ in
          "ab".randomElement(using: &generator)!
        })
    }
    for _ in 0..<2_000 {
      let (text, old, new) = (word(0...30), word(1...3), word(0...4))
      #expect(
        String(decoding: Array(text.utf8).replacingBytes(old, with: new), as: UTF8.self)
          == text.replacing(old, with: new), "\(old) by \(new) in \(text)")
    }
  }

  @Test func nothingIsFoundInNothing() {
    #expect([UInt8]().replacingBytes("a", with: "b") == [])
    #expect(Array("aa".utf8).replacingBytes("", with: "b") == Array("aa".utf8))
  }
}
