import Testing

@testable import CellRunning

@Suite struct `A record stream` {
  let token = String(repeating: "a", count: 32)

  private func events(_ text: String, chunk: Int) -> [RecordStream.Event] {
    var stream = RecordStream(token: token)
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
    let text = "one\n\u{1}\(token) text 5\nab\ncd\ntwo\u{1}\(token) begin 1\n3\n"
    #expect(
      events(text, chunk: chunk) == [
        .console(Array("one\n".utf8)), .record(kind: "text", payload: Array("ab\ncd".utf8)),
        .console(Array("two".utf8)), .record(kind: "begin", payload: Array("3".utf8)),
      ])
  }

  @Test(arguments: [1, 40]) func `keeps frames with another token as text`(_ chunk: Int) {
    let forged = "\u{1}\(String(repeating: "b", count: 32)) end 1\n0\n"
    #expect(events(forged, chunk: chunk) == [.console(Array(forged.utf8))])
  }

  @Test func `keeps a head without a number as text`() {
    let broken = "\u{1}\(token) text many\nx"
    #expect(events(broken, chunk: 9) == [.console(Array(broken.utf8))])
  }
}
