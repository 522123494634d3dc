import ArgumentParser
import BookBuilding
import BookEditing
import BookModel
import Foundation
import HostSystem

struct LanguageServerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lsp",
    abstract:
      "Help editors with chapters: the Language Server Protocol on standard input and output.",
    discussion: "Started by an editor, not by hand; docs/editors.md says how for each of them.")

  @Option(help: "Run cells under bubblewrap: auto, required or off.")
  var sandbox = Requirement.auto

  func run() async throws {
    // An editor that is gone, or a Swift server that died, is an error of a write.
    Signal.brokenPipe.ignore()
    let output = FileHandle.standardOutput
    let writing = DispatchQueue(label: "standard output")
    let server = LanguageServer(.of(request)) { message in
      writing.async { try? output.write(contentsOf: MessageFraming.framed(message)) }
    }
    for await message in Self.messages() {
      if await !server.receive(message) { break }
    }
    await server.shutDown()
    // What was said last is written before the process ends.
    writing.sync {}
    if await !server.wasAskedToShutDown { throw ExitCode(1) }
  }

  private func request(_ book: String) -> BuildRequest {
    var request = BuildRequest(book: book, caches: Caches(book: book))
    request.sandbox = sandbox
    request.includesDrafts = true
    return request
  }

  /// Read on a thread of their own: waiting for the editor keeps nothing else from running.
  private static func messages() -> AsyncStream<Data> {
    AsyncStream { continuation in
      Thread.detachNewThread {
        var framing = MessageFraming()
        while true {
          let bytes = FileHandle.standardInput.availableData
          if bytes.isEmpty { break }
          framing.append(bytes)
          while let message = framing.next() { continuation.yield(message) }
        }
        continuation.finish()
      }
    }
  }
}

extension LanguageServer.Surroundings {
  /// - Parameter request: for the book in a folder.
  static func of(_ request: @escaping @Sendable (String) -> BuildRequest) -> Self {
    Self(
      swiftServer: { book in
        do throws(DiagnosticError) {
          let found = try await EditorToolchain.find(request(book))
          guard let program = found.languageServer else {
            throw DiagnosticError(
              Diagnostic(
                .error, .languageServerMissing,
                "the toolchain has no 'sourcekit-lsp', which understands the cells"))
          }
          return .success(
            SwiftServer(program: program, formatter: found.formatter, flags: found.flags))
        } catch {
          return .failure(error)
        }
      },
      execution: { .compiling(request($0)) },
      reasons: { path, book in
        (try? await ChangeReport(place: path, request: request(book)).lines()) ?? []
      }, messagesPage: installedMessages)
  }

  /// Beside the installed tool, or in the package that it was built in.
  private static var installedMessages: String? {
    guard let executable = RunningProcess.executable else { return nil }
    let folders = Path.folders(above: executable)
    let candidates =
      folders.prefix(1).map { $0 + "/../share/nnbook/messages.md" }
      + folders.map { $0 + "/docs/messages.md" }
    return candidates.lazy.compactMap { FileSystem.realPath($0) }.first
  }
}
