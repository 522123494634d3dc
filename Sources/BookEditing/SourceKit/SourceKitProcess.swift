import Foundation

/// A running sourcekit-lsp: messages in, messages out. One life of it; `SourceKitClient` starts the next.
final class SourceKitProcess: Sendable {
  /// What it says, until it ends.
  let messages: AsyncStream<Data>
  private let process: Process
  private let input: FileHandle
  private let writing = DispatchQueue(label: "sourcekit-lsp input")

  /// - Throws: where the program does not start.
  init(_ program: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    self.process = process
    self.input = input.fileHandleForWriting
    let reading = output.fileHandleForReading
    let (stream, continuation) = AsyncStream<Data>.makeStream()
    messages = stream
    Thread.detachNewThread {
      var framing = MessageFraming()
      while true {
        let bytes = reading.availableData
        if bytes.isEmpty { break }
        framing.append(bytes)
        while let message = framing.next() { continuation.yield(message) }
      }
      continuation.finish()
    }
  }

  /// Never waits: a server that does not read holds up nobody.
  func send(_ message: Data) {
    writing.async { [input] in
      try? input.write(contentsOf: MessageFraming.framed(message))
    }
  }

  var identifier: Int32 { process.processIdentifier }

  func end() {
    if process.isRunning { process.terminate() }
  }
}
