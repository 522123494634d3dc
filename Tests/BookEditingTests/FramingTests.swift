import Foundation
import Testing

@testable import BookEditing

@Suite struct FramingTests {
  @Test func messagesArriveWholeHoweverTheyAreCut() {
    let messages = ["{}", "{\"a\":\"é😀\"}", String(repeating: "x", count: 5000)]
    let stream = messages.reduce(Data()) { $0 + MessageFraming.framed(Data($1.utf8)) }
    for size in [1, 7, 64, stream.count] {
      var framing = MessageFraming()
      var found: [String] = []
      for start in stride(from: 0, to: stream.count, by: size) {
        framing.append(stream[start..<min(stream.count, start + size)])
        while let message = framing.next() {
          found.append(String(decoding: message, as: UTF8.self))
        }
      }
      #expect(found == messages)
    }
  }

  @Test func aHeaderWithoutALengthIsPassedOver() {
    var framing = MessageFraming()
    framing.append(Data("Nonsense: 1\r\n\r\n".utf8) + MessageFraming.framed(Data("{}".utf8)))
    #expect(framing.next() == Data("{}".utf8))
    framing.append(Data("content-length: -4\r\n\r\n".utf8) + MessageFraming.framed(Data("[]".utf8)))
    #expect(framing.next() == Data("[]".utf8))
  }

  @Test func jsonSurvivesTheWayThereAndBack() {
    let value: JSON = [
      "a": [1, 2.5.json, "x/y", true, .null], "b": ["c": -7, "d": .string("\u{0}😀")],
    ]
    #expect(JSON(parsing: value.data) == value)
  }
}

extension Double {
  fileprivate var json: JSON { .number(self) }
}
