#if !hasFeature(Embedded)
  @preconcurrency import Glibc
#endif

/// Frames records and hands them to the builder: over standard output natively, by an imported
/// host function in WebAssembly.
enum OutputChannel {
  /// The cell that is running, and how many figures it has shown: together they make the ids in a
  /// figure unique in its page and the same in every run.
  nonisolated(unsafe) static var cell = 0
  nonisolated(unsafe) static var figuresShown = 0

  @export(interface)
  static func begin(cell index: Int) {
    cell = index
    figuresShown = 0
    Control.beginCell()
    mark(.begin, bytes(of: index))
  }

  @export(interface)
  static func end(cell index: Int) {
    mark(.end, bytes(of: index))
  }

  private static func bytes(of index: Int) -> [UInt8] {
    var text = TextBuffer()
    text.append(index)
    return text.bytes
  }
}

#if hasFeature(Embedded)

  /// Receives one record. The page's host implements it as `nnbook.record(kind, address, count)`.
  @_extern(wasm, module: "nnbook", name: "record")
  @_extern(c)
  private func nnbook_record(_ kind: Int32, _ bytes: UnsafePointer<UInt8>?, _ count: Int32)

  extension OutputChannel {
    static func start() {}

    static func mark(_ kind: RecordKind, _ payload: [UInt8]) { send(kind, payload) }

    static func send(_ kind: RecordKind, _ payload: [UInt8], plain: [UInt8]? = nil) {
      payload.withUnsafeBufferPointer {
        nnbook_record(kind.rawValue, $0.baseAddress, Int32(truncatingIfNeeded: $0.count))
      }
    }
  }

#else

  extension OutputChannel {
    /// The secret that starts every frame; empty when the program runs by hand.
    private nonisolated(unsafe) static var token: [UInt8] = []

    /// Takes the token out of the environment, so that a cell cannot forge a frame, and makes
    /// console output survive a cell that stops half-way.
    static func start() {
      if let value = getenv("NNBOOK_TOKEN") {
        let length = strlen(value)
        token = UnsafeBufferPointer(start: value, count: length).map { UInt8(bitPattern: $0) }
        // The kernel shows the initial environment in /proc even after `unsetenv`.
        memset(value, 0x30, length)
        unsetenv("NNBOOK_TOKEN")
      }
      LeftProcesses.isAlone = getenv("NNBOOK_ALONE") != nil
      unsetenv("NNBOOK_ALONE")
      setvbuf(stdout, nil, _IOLBF, 1 << 16)
      flushBeforeTraps()
    }

    /// Where a cell begins and ends, on both streams: which cell wrote to standard error could not
    /// be told otherwise.
    static func mark(_ kind: RecordKind, _ payload: [UInt8]) {
      if kind == .end, !token.isEmpty, let name = LeftProcesses.nameOfOne() { send(.leaves, name) }
      if !token.isEmpty { writeAll(frame(kind, payload, token: token), to: 2) }
      send(kind, payload)
    }

    static func send(_ kind: RecordKind, _ payload: [UInt8], plain: [UInt8]? = nil) {
      fflush(stdout)
      if !token.isEmpty {
        writeAll(frame(kind, payload, token: token))
      } else if kind.isShown {
        writeAll((plain ?? payload) + [UInt8(ascii: "\n")])
      }
    }

    /// A record as the builder reads it: 0x01, token, kind, length, then the payload on its own
    /// lines.
    static func frame(_ kind: RecordKind, _ payload: [UInt8], token: [UInt8]) -> [UInt8] {
      var frame = TextBuffer()
      frame.append(byte: 0x01)
      frame.append(bytes: token)
      frame.append(" ")
      frame.append(kind.name)
      frame.append(" ")
      frame.append(payload.count)
      frame.append("\n")
      frame.append(bytes: payload)
      frame.append("\n")
      return frame.bytes
    }

    private static func writeAll(_ bytes: [UInt8], to file: Int32 = 1) {
      bytes.withUnsafeBytes { buffer in
        var rest = buffer[...]
        while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
          let written = write(file, start, rest.count)
          if written > 0 {
            rest = rest.dropFirst(written)
          } else if written < 0, errno != EINTR {
            return
          }
        }
      }
    }

    /// A trap ends the process without flushing a line that has no newline yet. The handler
    /// flushes, puts the previous handler back, and returns: the same instruction traps again
    /// into it, so backtraces and exit status stay what they are.
    private static func flushBeforeTraps() {
      for signal in trapSignals {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { number in
          fflush(stdout)
          var previous = sigaction()
          previous.__sigaction_handler.sa_handler = SIG_DFL
          if let index = OutputChannel.trapSignals.firstIndex(of: number) {
            previous = OutputChannel.previousActions[index]
          }
          sigaction(number, &previous, nil)
        }
        action.sa_flags = SA_ONSTACK
        var previous = sigaction()
        sigaction(signal, &action, &previous)
        previousActions.append(previous)
      }
    }

    private static let trapSignals = [SIGILL, SIGTRAP, SIGFPE, SIGSEGV, SIGBUS]
    private nonisolated(unsafe) static var previousActions: [sigaction] = []
  }

#endif
