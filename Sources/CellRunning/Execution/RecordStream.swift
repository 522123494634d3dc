import BookModel

/// Takes a program's standard output apart: frames that start with a key of this run, and the
/// console text between them.
struct RecordStream {
  enum Event: Hashable {
    case console([UInt8])
    /// The key says who speaks.
    case record(key: String, kind: RecordKind, payload: [UInt8])
    /// A frame of the program's, of a kind that does not exist.
    case unknown(kind: String)
    /// A frame that starts with another key: not the program's, but made by a cell.
    case forged
    /// A frame longer than any may be.
    case oversized
  }

  private let keys: Set<String>
  /// Of a frame up to its kind: a mark, a key and a space.
  private let startLength = RecordKeys.wordLength + 2
  private var pending: [UInt8] = []
  /// Of a frame whose head has been read.
  private var frame: (key: String, kind: String, count: Int)?
  /// No head is longer: two words and a number.
  private let longestHead = 64
  private let longestPayload: Int

  init(keys: Set<String>, longestPayload: Int = .max) {
    self.keys = keys
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
    if let (key, kind, count) = frame {
      // A newline ends the payload.
      guard pending.count - position > count else { return nil }
      let payload = Array(pending[position..<position + count])
      position += count + 1
      frame = nil
      return RecordKind(rawValue: kind).map { .record(key: key, kind: $0, payload: payload) }
        ?? .unknown(kind: kind)
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
    let known = rest.prefix(startLength)
    guard looksLikeStart(known) else { return literalMark(&position) }
    guard known.count == startLength else { return nil }
    let key = String(decoding: known.dropFirst().dropLast(), as: UTF8.self)
    guard keys.contains(key) else {
      position += 1
      return .forged
    }
    let head = rest.dropFirst(startLength)
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
    frame = (key, words[0], count)
    position = end + 1
    return next(&position)
  }

  /// Whether these first bytes are a mark, a key of any run, and a space.
  private func looksLikeStart(_ bytes: ArraySlice<UInt8>) -> Bool {
    let key = bytes.dropFirst().prefix(RecordKeys.wordLength)
    let isHexadecimal = key.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
    return isHexadecimal && (bytes.count < startLength || bytes.last == UInt8(ascii: " "))
  }

  /// A byte 1 that a cell printed.
  private func literalMark(_ position: inout Int) -> Event {
    position += 1
    return .console([1])
  }
}
