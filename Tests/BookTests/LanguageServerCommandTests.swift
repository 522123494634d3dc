import Foundation
import Testing

/// `nnbook lsp`, as an editor starts it.
@Suite struct LanguageServerCommandTests {
  private static let swiftServer = ProcessInfo.processInfo.environment["PATH"]?
    .split(separator: ":").lazy
    .map { URL(filePath: $0 + "/swiftc").resolvingSymlinksInPath() }
    .map { $0.deletingLastPathComponent().path + "/sourcekit-lsp" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  private static func frame(_ json: String) -> String {
    "Content-Length: \(json.utf8.count)\r\n\r\n\(json)"
  }

  @Test(.enabled(if: Confinement.bubblewrap != nil && swiftServer != nil), .timeLimit(.minutes(5)))
  func withoutASwiftServerChaptersAreServedAndTheReasonIsTold() async throws {
    let folder = try TemporaryFolder()
    let text = "---\ntitle: One\n---\n\n```swift lvie\n1 + 1\n```\n"
    try folder.write(text, to: "chapters/one.md")
    let process = CommandRun.process(
      ["lsp"], in: folder.path,
      under: Confinement.replacing(try #require(Self.swiftServer), by: "/dev/null"))
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let uri = URL(filePath: folder.file("chapters/one.md")).absoluteString
    let opened = try JSONEncoder().encode(text)
    for json in [
      #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"rootUri":null,"capabilities":{}}}"#,
      #"{"jsonrpc":"2.0","method":"initialized","params":{}}"#,
      #"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"\#(uri)","#
        + #""languageId":"markdown","version":1,"text":\#(String(decoding: opened, as: UTF8.self))}}}"#,
    ] {
      try input.fileHandleForWriting.write(contentsOf: Data(Self.frame(json).utf8))
    }
    var said = ""
    while !(said.contains("showMessage") && said.contains("publishDiagnostics")) {
      let bytes = output.fileHandleForReading.availableData
      if bytes.isEmpty { break }
      said += String(decoding: bytes, as: UTF8.self)
    }
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(
      said.contains(
        "Cells have no help from Swift: the toolchain has no 'sourcekit-lsp', which understands the "
          + "cells [language-server-missing]"))
    #expect(said.contains("did you mean 'live'"))
  }
}
