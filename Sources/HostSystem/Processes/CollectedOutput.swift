/// What a tool such as the compiler wrote, as a whole.
package struct CollectedOutput: ChildProcess.Observer {
  package private(set) var output: [UInt8] = []
  package private(set) var error: [UInt8] = []
  package private(set) var deadline: UInt64?
  /// A tool that writes without end is ended.
  package var wantsStop: Bool { output.count + error.count > Self.limit }

  private static let limit = 1 << 28

  /// - Parameter seconds: the time that the tool may take.
  package init(seconds: UInt64) { deadline = monotonicNow() + seconds * 1_000_000_000 }

  package mutating func received(
    _ bytes: UnsafeRawBufferPointer, from stream: ChildProcess.Stream
  ) {
    switch stream {
    case .output: output.append(contentsOf: bytes)
    case .error: error.append(contentsOf: bytes)
    }
  }
}

extension ChildProcess {
  /// Runs a tool to its end, whoever waits for it: what it says of this machine is kept for later.
  package func collect(
    seconds: UInt64 = 600
  ) throws(StartFailure) -> (Ending, CollectedOutput) {
    var collected = CollectedOutput(seconds: seconds)
    let ending = try run(&collected, endsWithTask: false)
    return (ending, collected)
  }
}
