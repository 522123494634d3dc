#if !hasFeature(Embedded)

  @preconcurrency import Glibc
  import NeuralNetKernels

  /// True in a child process, which runs a cell that is expected to stop; false in the parent,
  /// once the child has ended. The parent sends the cell's `end` with the child's wait status.
  public func _nnbookEntersChild(_ cell: Int, _ high: UInt64, _ low: UInt64) -> Bool {
    OutputChannel.takeKey(high, low)
    OutputChannel.begin(cell: cell)
    let child = fork()
    if child == 0 {
      // Where the program is ended from outside, nobody else would end this.
      nn_end_with_parent()
      return true
    }
    var status: Int32 = 0
    if child > 0 { while waitpid(child, &status, 0) < 0, errno == EINTR {} }
    var payload = TextBuffer()
    payload.append(cell)
    payload.append("\n")
    payload.append(child > 0 ? Int(status) : -1)
    OutputChannel.mark(.end, payload.bytes)
    return false
  }

  /// The last thing that a child does whose cell did not stop.
  public func _nnbookLeavesChild(_ cell: Int) -> Never {
    fflush(stdout)
    _exit(0)
  }

  /// False, which the compiler of a cell program cannot know: around cells that only have to
  /// compile.
  @inline(never)
  public func _nnbookNever() -> Bool { false }

#endif
