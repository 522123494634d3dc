import BookBuilding
import Foundation
import HostSystem
import Testing

/// Builds that are killed at any moment: the site is the old one or the new one, never a mixture.
@Suite struct InterruptionTests {
  let folder = try! TemporaryFolder()
  let chapterCount = 24

  func writeBook(_ word: String) throws {
    for number in 1...chapterCount {
      let prose = String(repeating: "The word of this version is \(word). ", count: 40)
      try folder.write(
        "---\ntitle: Chapter \(number)\n---\n\n\(prose)\n",
        to: "chapters/\(number)-chapter.md")
    }
  }

  /// The words that the site's pages hold.
  func wordsOfSite() throws -> Set<String> {
    var words: Set<String> = []
    for number in 1...chapterCount {
      let page = try folder.read("site/\(number)-chapter.html")
      #expect(page.hasSuffix("</html>\n"))
      for word in ["old", "new"] where page.contains("this version is \(word)") {
        words.insert(word)
      }
    }
    return words
  }

  @Test(.timeLimit(.minutes(15))) func aKilledBuildLeavesOneWholeSite() async throws {
    try writeBook("old")
    #expect(try await CommandRun(["build", "--quiet"], in: folder.path).status == 0)
    try writeBook("new")
    let start = ContinuousClock.now
    let scratch = folder.file("other")
    #expect(
      try await CommandRun(["build", "--quiet", "--output", scratch], in: folder.path).status == 0)
    let whole = (ContinuousClock.now - start) / .milliseconds(1)
    var wordsSeen: [Set<String>] = []
    // Kills gather around the moment of the exchange, wherever it lies on a machine that is busy now
    // and idle then: a build that got through is killed earlier the next time.
    var delay = whole / 2
    for step in 1...8 {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: CommandRun.tool)
      process.arguments = ["build", "--quiet"]
      process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
      try process.run()
      try await Task.sleep(for: .milliseconds(delay))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let words = try wordsOfSite()
      #expect(words.count == 1, "after step \(step)")
      wordsSeen.append(words)
      delay *= words == ["new"] ? 0.6 : 1.25
      if words == ["new"] {
        try writeBook("old")
        _ = try await CommandRun(["build", "--quiet"], in: folder.path)
        try writeBook("new")
      }
    }
    #expect(wordsSeen.contains(["old"]))
    // One that is killed before its stage has a name leaves a folder, for an hour.
    for entry in try FileSystem.list(folder.path) where entry.name.hasPrefix(".site.nnbook~") {
      let path = folder.file(entry.name)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -4000)], ofItemAtPath: path)
    }
    let last = try await CommandRun(["build", "--quiet"], in: folder.path)
    #expect(last.status == 0)
    #expect(try wordsOfSite() == ["new"])
    let leftovers = try FileSystem.list(folder.path).filter { $0.name.hasPrefix(".site") }
    #expect(leftovers.isEmpty)
  }

  @Test func aBookWithErrorsLeavesTheOldSite() async throws {
    try folder.write("---\ntitle: A\n---\n\nThis version is old.\n", to: "chapters/1-a.md")
    #expect(try await CommandRun(["build", "--quiet"], in: folder.path).status == 0)
    try folder.write("---\ntitle: A\nauthr: B\n---\n\nNew.\n", to: "chapters/1-a.md")
    #expect(try await CommandRun(["build", "--quiet"], in: folder.path).status == 1)
    #expect(try folder.read("site/1-a.html").contains("This version is old"))
  }
}
