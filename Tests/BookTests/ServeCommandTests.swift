import BookBuilding
import Foundation
import FoundationNetworking
import HostSystem
import Testing

@Suite struct ServeCommandTests {
  let folder = try! TemporaryFolder()

  func text(_ path: String, port: Int) async throws -> String {
    let url = URL(string: "http://127.0.0.1:\(port)\(path)")!
    return String(decoding: try await URLSession.shared.data(from: url).0, as: UTF8.self)
  }

  /// Asks again until the answer holds what is expected, for a minute and a hundred times at most:
  /// all tests run at once, so that a minute may pass between two questions.
  func waitFor(_ expected: String, at path: String, port: Int) async throws -> Bool {
    try await wait { try? await text(path, port: port).contains(expected) ? true : nil } != nil
  }

  private func wait<Value>(for value: () async throws -> Value?) async throws -> Value? {
    let end = ContinuousClock.now + .seconds(60)
    var asked = 0
    while asked < 100 || ContinuousClock.now < end {
      if let value = try await value() { return value }
      asked += 1
      try await Task.sleep(for: .milliseconds(5))
    }
    return nil
  }

  @Test(.timeLimit(.minutes(5))) func aSavedChapterIsServedAtOnce() async throws {
    try folder.write("---\ntitle: A\n---\n\nFirst text.\n", to: "chapters/a.md")
    try folder.write("", to: "said.txt")
    let said = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.file("said.txt")))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandRun.tool)
    process.arguments = ["serve", "--quiet", "--port", "0"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.standardOutput = said
    process.standardError = FileHandle.nullDevice
    try process.run()
    defer {
      process.terminate()
      process.waitUntilExit()
    }
    let port = try #require(
      try await wait {
        try folder.read("said.txt").firstMatch(of: /http:\/\/localhost:([0-9]+)\//).flatMap {
          Int($0.1)
        }
      })
    #expect(try await waitFor("First text.", at: "/a.html", port: port))
    #expect(try await waitFor("/-nnbook/reload.js?version=1\"", at: "/", port: port))
    #expect(try await text("/-nnbook/reload.js", port: port).contains("EventSource"))

    try folder.write("---\ntitle: A\n---\n\nSecond text.\n", to: "chapters/a.md")
    #expect(try await waitFor("Second text.", at: "/a.html", port: port))

    // Errors leave the page as it was, and are told to pages that listen.
    try folder.write("---\ntitle: A\nautor: B\n---\n\nThird text.\n", to: "chapters/a.md")
    #expect(try await waitFor("version=3\"", at: "/a.html", port: port))
    #expect(try await text("/a.html", port: port).contains("Second text."))

    try folder.write("---\ntitle: A\n---\n\nFourth text.\n", to: "chapters/a.md")
    #expect(try await waitFor("Fourth text.", at: "/a.html", port: port))
    #expect(try await text("/none.html", port: port).contains("No page 'none.html' in this book."))
    #expect(FileSystem.kind(of: folder.file("site")) == nil)
  }
}
