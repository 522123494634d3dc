// What generated cell programs call. Not for authors.

/// Opens the record stream; the first statement of every cell program.
public func _nnbookStart() {
  OutputChannel.start()
}

#if hasFeature(Embedded)

  /// Everything from here to the matching `_nnbookEnd` belongs to the cell.
  public func _nnbookBegin(_ cell: Int) {
    OutputChannel.begin(cell: cell)
  }

#else

  /// Everything from here to the matching `_nnbookEnd` belongs to the cell, which may take so many
  /// seconds; its records begin with this key.
  public func _nnbookBegin(_ cell: Int, _ high: UInt64, _ low: UInt64, seconds: Int) {
    OutputChannel.takeKey(high, low)
    OutputChannel.begin(cell: cell)
    Watchdog.start(seconds: seconds)
  }

  /// The statement on this line of the cell comes next.
  public func _nnbookAt(_ line: Int) { OutputChannel.at(line: line) }

#endif

public func _nnbookEnd(_ cell: Int) {
  OutputChannel.end(cell: cell)
}

#if hasFeature(Embedded)

  @_extern(c)
  private func nn_at(_ cell: Int32, _ line: Int32)

  /// The statement that starts on this line of the cell comes next; the page tells where it stopped.
  public func _nnbookAt(_ cell: Int, _ line: Int) {
    nn_at(Int32(truncatingIfNeeded: cell), Int32(truncatingIfNeeded: line))
  }

#endif

func inlinePayload(_ index: Int, _ text: TextBuffer) -> [UInt8] {
  var payload = TextBuffer()
  payload.append(index)
  payload.append("\n")
  payload.append(text)
  return payload.bytes
}
