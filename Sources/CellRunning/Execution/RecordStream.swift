/// Takes a program's standard output apart: frames that start with this run's token, and the
/// console text between them.
struct RecordStream {
  enum Event: Hashable {
    case console([UInt8])
    case record(kind: String, payload: [UInt8])
    /// A frame that starts with another token: not the program's, but made by a cell.
    case forged
    /// A frame longer than any may be.
    case oversized
  }

  private let start: [UInt8]
  private var pending: [UInt8] = []
  /// Of a frame whose head has been read.
  private var frame: (kind: String, count: Int)?
  /// No head is longer: two words and a number.
  private let longestHead = 64
  private let longestPayload: Int

  init(token: String, longestPayload: Int = .max) {
    start = [1] + Array(token.utf8) + [UInt8(ascii: " ")]
    self.longestPayload = longestPayload
  }

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
    let isStart = known.elementsEqual(start.prefix(known.count))
    guard isStart || looksLikeStart(known) else { return literalMark(&position) }
    guard known.count == start.count else { return nil }
    guard isStart else {
      position += 1
      return .forged
    }
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
    guard count <= longestPayload else {
      position = end + 1
      return .oversized
    }
    frame = (words[0], count)
    position = end + 1
    return next(&position)
  }

  /// Whether these first bytes are a mark, a token of any run, and a space.
  private func looksLikeStart(_ bytes: ArraySlice<UInt8>) -> Bool {
    let token = bytes.dropFirst().prefix(start.count - 2)
    let isHexadecimal = token.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
    return isHexadecimal && (bytes.count < start.count || bytes.last == UInt8(ascii: " "))
  }

  /// A byte 1 that a cell printed.
  private func literalMark(_ position: inout Int) -> Event {
    position += 1
    return .console([1])
  }
}
