import Foundation
import HostSystem

/// A running sourcekit-lsp: messages in, messages out. One life of it; `SourceKitClient` starts the next.
final class SourceKitProcess: Sendable {
  /// What it says, until it ends.
  let messages: AsyncStream<Data>
  private let process: SpokenProcess
  private let writing = DispatchQueue(label: "sourcekit-lsp input")

  init(_ program: String) throws(ChildProcess.StartFailure) {
    let process = try SpokenProcess(executable: program, environment: Environment.all)
    self.process = process
    let (stream, continuation) = AsyncStream<Data>.makeStream()
    messages = stream
    startThread {
      var framing = MessageFraming()
      while true {
        let bytes = process.read()
        if bytes.isEmpty { break }
        framing.append(Data(bytes))
        while let message = framing.next() { continuation.yield(message) }
      }
      continuation.finish()
    }
  }

  /// Never waits: a server that does not read holds up nobody.
  func send(_ message: Data) {
    writing.async { [process] in
      _ = process.write(Array(MessageFraming.framed(message)))
    }
  }

  var identifier: Int32 { process.id }

  func end() { process.end() }
}
