// What generated cell programs call. Not for authors.

/// Opens the record stream; the first statement of every cell program.
public func _nnbookStart() {
  OutputChannel.start()
}

/// Everything from here to the matching `_nnbookEnd` belongs to the cell.
public func _nnbookBegin(_ cell: Int) {
  OutputChannel.begin(cell: cell)
}

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

func sendInline(_ index: Int, _ text: TextBuffer) {
  var payload = TextBuffer()
  payload.append(index)
  payload.append("\n")
  payload.append(text)
  OutputChannel.send(.inline, payload.bytes)
}
