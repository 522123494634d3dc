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
    #if !hasFeature(Embedded)
      Watchdog.stop()
    #endif
    mark(.end, bytes(of: index))
  }

  #if !hasFeature(Embedded)
    static func at(line: Int) {
      if !key.isEmpty { send(.at, bytes(of: line)) }
    }
  #endif

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
    /// What every frame of the running cell starts with; empty when the program runs by hand.
    private nonisolated(unsafe) static var key: [UInt8] = []
    /// Standard error as the program found it.
    private nonisolated(unsafe) static var marksFile: Int32 = 2

    static func takeKey(_ high: UInt64, _ low: UInt64) {
      if key.isEmpty { joinStreams() }
      key = digits(of: high, low)
    }

    /// What a cell writes to standard error stands on the page where it was written: one stream keeps
    /// the order, which two would lose.
    private static func joinStreams() {
      let file = fcntl(2, F_DUPFD_CLOEXEC, 3)
      guard file >= 0 else { return }
      marksFile = file
      dup2(1, 2)
    }

    /// In a copy of the program, whose streams are others.
    static func beginAnew() {
      if marksFile != 2 { close(marksFile) }
      (key, marksFile) = ([], 2)
      Watchdog.beginAnew()
    }

    /// 32 hexadecimal digits.
    private static func digits(of high: UInt64, _ low: UInt64) -> [UInt8] {
      [high, low].flatMap { number in
        stride(from: 60, through: 0, by: -4).map { shift in
          let digit = UInt8(number >> UInt64(shift) & 15)
          return digit < 10 ? 0x30 + digit : 0x57 + digit
        }
      }
    }

    /// Makes console output survive a cell that stops half-way, and stand before what the runtime then
    /// says.
    static func start() {
      LeftProcesses.isAlone = getenv("NNBOOK_ALONE") != nil
      unsetenv("NNBOOK_ALONE")
      setvbuf(stdout, nil, _IONBF, 0)
      flushBeforeTraps()
    }

    /// Where a cell begins and ends, also on the standard error that the program found: a cell may
    /// close its output, or put another file in its place.
    static func mark(_ kind: RecordKind, _ payload: [UInt8]) {
      if kind == .end, !key.isEmpty, let name = LeftProcesses.nameOfOne() { send(.leaves, name) }
      if !key.isEmpty { writeAll(frame(kind, payload, key: key), to: marksFile) }
      send(kind, payload)
    }

    static func send(_ kind: RecordKind, _ payload: [UInt8], plain: [UInt8]? = nil) {
      fflush(stdout)
      if !key.isEmpty {
        writeAll(frame(kind, payload, key: key))
      } else if kind.isShown {
        writeAll((plain ?? payload) + [UInt8(ascii: "\n")])
      }
    }

    /// A record as the builder reads it: 0x01, key, kind, length, then the payload on its own
    /// lines.
    static func frame(_ kind: RecordKind, _ payload: [UInt8], key: [UInt8]) -> [UInt8] {
      var frame = TextBuffer()
      frame.append(byte: 0x01)
      frame.append(bytes: key)
      frame.append(" ")
      frame.append(kind.name)
      frame.append(" ")
      frame.append(payload.count)
      frame.append("\n")
      frame.append(bytes: payload)
      frame.append("\n")
      return frame.bytes
    }

    /// A record of an inline value, which has a key of its own.
    static func sendInline(_ payload: [UInt8], _ high: UInt64, _ low: UInt64) {
      fflush(stdout)
      writeAll(frame(.inline, payload, key: digits(of: high, low)))
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
      for signal in [SIGABRT, SIGQUIT] {
        var action = sigaction()
        action.__sigaction_handler.sa_sigaction = { number, info, context in
          // The program's clock may find it while it prints.
          if number == SIGABRT { fflush(stdout) }
          var last = sigaction()
          last.__sigaction_handler.sa_handler = SIG_DFL
          sigaction(number, &last, nil)
          ProgramFrame.tell(
            number, info, context,
            to: number == SIGABRT ? OutputChannel.previousAbort : OutputChannel.previousQuit)
          raise(number)
        }
        action.sa_flags = SA_ONSTACK | SA_SIGINFO
        if signal == SIGABRT {
          sigaction(signal, &action, &previousAbort)
        } else {
          sigaction(signal, &action, &previousQuit)
        }
      }
      ProgramFrame.prepare()
    }

    private static let trapSignals = [SIGILL, SIGTRAP, SIGFPE, SIGSEGV, SIGBUS]
    private nonisolated(unsafe) static var previousActions: [sigaction] = []
    private nonisolated(unsafe) static var previousAbort = sigaction()
    private nonisolated(unsafe) static var previousQuit = sigaction()
  }

#endif
