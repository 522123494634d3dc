import BookBuilding
import Foundation
import HostSystem
import Testing

/// The tool as `make install` puts it, where the repository that it was built in is not to be seen.
@Suite(.enabled(if: Confinement.isWhole, "needs to hide the repository"))
struct InstallationTests {
  let folder = try! TemporaryFolder()

  func run(_ command: [String], under wrapper: [String] = []) throws -> (Int32, String) {
    let process = Process()
    let words = wrapper + command
    process.executableURL = URL(fileURLWithPath: words[0])
    process.arguments = Array(words.dropFirst())
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.environment = CommandRun.environment.merging(["NNBOOK_CACHE": folder.file("cache")]) {
      $1
    }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
  }

  @Test(.timeLimit(.minutes(15))) func theInstalledToolBuildsABookAnywhere() async throws {
    let prefix = folder.file("prefix")
    let (status, said) = try run([CommandRun.packageRoot + "/bin/install", prefix, CommandRun.tool])
    #expect(status == 0 && said == "Installed \(prefix)/bin/nnbook\n")
    // The engine is the same as in the other tests, and takes a minute to compile: copied with its
    // name, which holds its sources' content and the secret, and nothing of where they are.
    let shared = try #require(CommandRun.environment["NNBOOK_CACHE"])
    try FileSystem.makeFolder(folder.file("cache"))
    let warm = try await CommandRun(["init", "warm/book"], in: folder.path)
    #expect(warm.status == 0)
    #expect(
      try await CommandRun(
        ["build", "-q", "warm/book/chapters", "-o", "warm/site"], in: folder.path
      )
      .transcript == "exit 0\n")
    for name in ["engines", "secret"] {
      let copied = try run(["/bin/cp", "-a", "\(shared)/\(name)", folder.file("cache/\(name)")])
      #expect(copied == (0, ""))
    }
    let before = try FileSystem.list(folder.file("cache/engines")).map(\.name)

    let hidden = Confinement.hiding([CommandRun.packageRoot])
    let tool = prefix + "/bin/nnbook"
    #expect(try run([tool, "init", "book"], under: hidden).0 == 0)
    let built = try run(
      [tool, "build", "--quiet", "book/chapters", "--output", "book/site"], under: hidden)
    #expect(built == (0, ""))
    let page = try folder.read("book/site/01-a-first-network.html")
    let expected = try folder.read("warm/site/01-a-first-network.html")
    #expect(page == expected)
    #expect(try FileSystem.list(folder.file("cache/engines")).map(\.name) == before)
  }
}
