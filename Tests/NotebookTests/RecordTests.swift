import Testing

@testable import Notebook

@Suite struct RecordTests {
  @Test func aFrameCarriesKeyKindAndByteCount() {
    let frame = OutputChannel.frame(.text, Array("é\n".utf8), key: Array("abc".utf8))
    #expect(frame == [0x01] + Array("abc text 3\né\n\n".utf8))
  }
}
