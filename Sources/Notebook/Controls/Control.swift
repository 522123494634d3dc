import NeuralNet

/// What all controls share: a name in the page's address, and the reader's values.
///
/// A control is declared by one record. Where the page runs the cell again it knows what the
/// reader chose; everywhere else the answer is "nothing", and the default stands.
enum Control {
  private nonisolated(unsafe) static var keys: [[UInt8]] = []

  /// Whether the cell has points that the reader moves on a figure: figures then say where their
  /// plane lies.
  nonisolated(unsafe) static var wantsPlane = false

  /// Networks whose weights the reader moves, each with the name of its control in the page: their
  /// diagrams say which line is which weight.
  nonisolated(unsafe) static var movable: [(network: Network, control: [UInt8])] = []

  /// The control declared last, as the page calls it: `cell.key`.
  static var lastName: [UInt8] {
    var name = TextBuffer()
    name.append(OutputChannel.cell)
    name.append(".")
    name.append(bytes: keys.last ?? [])
    return name.bytes
  }

  /// Forgets the controls of the cell before.
  static func beginCell() {
    keys = []
    wantsPlane = false
  }

  /// The name of a control within its cell: its label in lower case, with hyphens for everything
  /// that is neither letter nor digit, and a number where the name is taken.
  @export(interface)
  static func key(for label: String) -> [UInt8] {
    var stem = TextBuffer()
    var isApart = false
    for byte in bytes(of: label) {
      let lower: UInt8
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
        lower = byte
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): lower = byte + 32
      default:
        isApart = !stem.isEmpty
        continue
      }
      if isApart { stem.append("-") }
      isApart = false
      stem.append(byte: lower)
    }
    if stem.isEmpty { stem.append("control") }
    var key = stem
    var number = 2
    while keys.contains(key.bytes) {
      key = stem
      key.append("-")
      key.append(number)
      number += 1
    }
    keys.append(key.bytes)
    return key.bytes
  }

  /// Declares a control and asks for the reader's values; nil where there are none.
  static func declare(
    _ kind: StaticString, _ label: String, _ describe: (inout ControlRecord) -> Void
  ) -> [Double]? {
    let key = key(for: label)
    var record = ControlRecord(kind: kind, key: key, label: label)
    describe(&record)
    record.send()
    return ReaderValues.values(of: key)
  }
}
