import Testing

@testable import CellRunning

@Suite struct `A record stream` {
  let key = String(repeating: "a", count: 32)

  private func events(_ text: String, chunk: Int) -> [RecordStream.Event] {
    var stream = RecordStream(keys: [key])
    var events: [RecordStream.Event] = []
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: chunk) {
      stream.receive(bytes[start..<min(start + chunk, bytes.count)]) { events.append($0) }
    }
    stream.finish { events.append($0) }
    return joined(events)
  }

  /// How console text is cut into pieces depends on the chunks.
  private func joined(_ events: [RecordStream.Event]) -> [RecordStream.Event] {
    events.reduce(into: []) { joined, event in
      if case .console(let more) = event, case .console(let text)? = joined.last {
        joined[joined.count - 1] = .console(text + more)
      } else {
        joined.append(event)
      }
    }
  }

  @Test(arguments: [1, 2, 7, 1000]) func `is the same however it is cut`(_ chunk: Int) {
    let text = "one\n\u{1}\(key) text 5\nab\ncd\ntwo\u{1}\(key) begin 1\n3\n"
    #expect(
      events(text, chunk: chunk) == [
        .console(Array("one\n".utf8)),
        .record(key: key, kind: .text, payload: Array("ab\ncd".utf8)),
        .console(Array("two".utf8)), .record(key: key, kind: .begin, payload: Array("3".utf8)),
      ])
  }

  @Test func `knows kinds that do not exist`() {
    #expect(events("\u{1}\(key) sound 1\nx\n", chunk: 9) == [.unknown(kind: "sound")])
  }

  @Test(arguments: [1, 40]) func `knows frames with another key`(_ chunk: Int) {
    let forged = "\(String(repeating: "b", count: 32)) end 1\n0\n"
    #expect(
      events("a\u{1}" + forged, chunk: chunk) == [
        .console(Array("a".utf8)), .forged, .console(Array(forged.utf8)),
      ])
  }

  @Test(arguments: [1, 5, 100]) func `keeps other bytes 1 as text`(_ chunk: Int) {
    let short = "\u{1}\(String(repeating: "b", count: 31)) end 1\n0\n"
    let other = "\u{1}\(String(repeating: "b", count: 33)) end 1\n0\n\u{1}\u{1}abc"
    #expect(events(short + other, chunk: chunk) == [.console(Array((short + other).utf8))])
  }

  @Test(arguments: [1, 100]) func `reads no frame that is too long`(_ chunk: Int) {
    var stream = RecordStream(keys: [key], longestPayload: 4)
    var events: [RecordStream.Event] = []
    let text = Array("\u{1}\(key) text 4\nabcd\n\u{1}\(key) text 5\n".utf8)
    for start in stride(from: 0, to: text.count, by: chunk) {
      stream.receive(text[start..<min(start + chunk, text.count)]) { events.append($0) }
    }
    #expect(events == [.record(key: key, kind: .text, payload: Array("abcd".utf8)), .oversized])
  }

  @Test func `keeps a head without a number as text`() {
    let broken = "\u{1}\(key) text many\nx"
    #expect(events(broken, chunk: 9) == [.console(Array(broken.utf8))])
  }
}
