/// Takes a program's standard output apart: frames that start with this run's token, and the
/// console text between them.
struct RecordStream {
  enum Event: Hashable {
    case console([UInt8])
    case record(kind: String, payload: [UInt8])
  }

  private let start: [UInt8]
  private var pending: [UInt8] = []
  /// Of a frame whose head has been read.
  private var frame: (kind: String, count: Int)?
  /// No head is longer: two words and a number.
  private let longestHead = 64

  init(token: String) { start = [1] + Array(token.utf8) + [UInt8(ascii: " ")] }

  mutating func receive(_ bytes: some Sequence<UInt8>, _ handle: (Event) -> Void) {
    pending.append(contentsOf: bytes)
    var position = 0
    while let event = next(&position) { handle(event) }
    pending.removeFirst(position)
  }

  /// What is left when the stream ends is console text, a torn frame included.
  mutating func finish(_ handle: (Event) -> Void) {
    if frame == nil, !pending.isEmpty { handle(.console(pending)) }
    pending = []
  }

  private mutating func next(_ position: inout Int) -> Event? {
    if let (kind, count) = frame {
      // A newline ends the payload.
      guard pending.count - position > count else { return nil }
      let payload = Array(pending[position..<position + count])
      position += count + 1
      frame = nil
      return .record(kind: kind, payload: payload)
    }
    guard position < pending.count else { return nil }
    let rest = pending[position...]
    guard let mark = rest.firstIndex(of: 1) else {
      position = pending.count
      return .console(Array(rest))
    }
    if mark > position {
      position = mark
      return .console(Array(rest[..<mark]))
    }
    let known = rest.prefix(start.count)
    guard known.elementsEqual(start.prefix(known.count)) else { return literalMark(&position) }
    guard known.count == start.count else { return nil }
    let head = rest.dropFirst(start.count)
    guard let end = head.firstIndex(of: UInt8(ascii: "\n")) else {
      return head.count > longestHead ? literalMark(&position) : nil
    }
    let words = head[..<end].split(separator: UInt8(ascii: " ")).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard words.count == 2, let count = Int(words[1]), count >= 0 else {
      return literalMark(&position)
    }
    frame = (words[0], count)
    position = end + 1
    return next(&position)
  }

  /// A byte 1 that a cell printed.
  private func literalMark(_ position: inout Int) -> Event {
    position += 1
    return .console([1])
  }
}
