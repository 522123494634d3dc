import BookModel
import Foundation
import HostSystem
import Testing

@testable import BookBuilding

@Suite struct SiteStageTests {
  let folder = try! TemporaryFolder()
  var output: String { folder.file("site") }

  func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  func writeSite(_ texts: [String: String]) throws {
    try SiteWriter(output: output).write(texts.mapValues { .bytes(bytes($0)) })
  }

  func inode(_ path: String) -> UInt {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_ino : 0
  }

  @Test func filesGoToDiskAsTheyAreMadeAndThenIntoPlace() throws {
    try writeSite(["a.html": "1", "b.html": "1", "old.html": "1"])
    let before = inode(folder.file("site/a.html"))
    let stage = SiteStage(output: output)
    var files = ["a.html", "b.html", "sub/c.html"].reduce(into: [String: SiteFile]()) {
      $0[$1] = stage.keep(bytes($1 == "a.html" ? "1" : "2"), at: $1)
    }
    #expect(files.values.allSatisfy { $0.inMemory == nil })
    #expect(inode(stage.place(of: "a.html")) == before)
    #expect(try folder.read("site/b.html") == "1")
    files["d.html"] = .bytes(bytes("2"))
    let summary = try SiteWriter(output: output).write(files, stage: stage)
    #expect(summary == .init(written: 4, unchanged: 1, removed: 1))
    #expect(inode(folder.file("site/a.html")) == before)
    #expect(
      try folder.files == [
        "site/.nnbook-files", "site/a.html", "site/b.html", "site/d.html", "site/sub/c.html",
      ])
    #expect(try folder.read("site/b.html") == "2")
  }

  @Test func whereNothingDiffersTheSiteStaysAndTheStageGoes() throws {
    try writeSite(["a.html": "1"])
    let before = inode(output)
    let stage = SiteStage(output: output)
    let files = ["a.html": stage.keep(bytes("1"), at: "a.html")]
    let summary = try SiteWriter(output: output).write(files, stage: stage)
    #expect(summary.written == 0 && summary.unchanged == 2)
    #expect(inode(output) == before)
    #expect(try folder.files == ["site/.nnbook-files", "site/a.html"])
  }

  @Test func aFileMadeTwiceDoesNotWriteIntoTheOldSite() throws {
    try writeSite(["a.html": "1"])
    let stage = SiteStage(output: output)
    _ = stage.keep(bytes("1"), at: "a.html")
    _ = stage.keep(bytes("2"), at: "a.html")
    _ = stage.keep(bytes("1"), at: "b.html")
    #expect(try folder.read("site/a.html") == "1")
    stage.remove()
    #expect(try folder.files == ["site/.nnbook-files", "site/a.html"])
  }

  @Test func aSiteThatCannotBeExchangedIsFilledFromTheStage() throws {
    try writeSite(["a.html": "1", "b.html": "1"])
    let stage = SiteStage(output: output)
    var files = ["a.html": stage.keep(bytes("2"), at: "a.html")]
    files[SiteFolder.listName] = .bytes(bytes(SiteFolder.list(of: ["a.html"])))
    try SiteRefill(folder: SiteFolder(output)).run(files, different: ["a.html"])
    stage.remove()
    #expect(try folder.read("site/a.html") == "2")
    #expect(try folder.files == ["site/.nnbook-files", "site/a.html"])
  }

  @Test func whereNoStageCanBeFilesStayInMemory() throws {
    let stage = SiteStage(output: folder.file("missing/site"))
    #expect(stage.keep([1], at: "a.html") == .bytes([1]))
    #expect(try folder.files == [])
    try SiteWriter(output: folder.file("missing/site")).write(["a.html": .bytes([1])], stage: stage)
    #expect(try folder.files == ["missing/site/.nnbook-files", "missing/site/a.html"])
  }

  @Test func whatNobodyAsksForIsKeptNowhere() {
    let nowhere = SiteKeeping.nowhere
    #expect(nowhere.keep(["a.html": [1]]) == ["a.html": .bytes([])])
  }

  @Test func aBookWithErrorsLeavesNoStage() async throws {
    try folder.write("---\ntitle: A\n---\n\nText.\n", to: "chapters/a.md")
    #expect(try await CommandRun(["build", "-q"], in: folder.path).status == 0)
    let before = try folder.read("site/a.html")
    // The page itself is made, before its size is known.
    let much = String(repeating: "Too much text. ", count: 20_000)
    try folder.write("---\ntitle: A\n---\n\n\(much)\n", to: "chapters/a.md")
    #expect(try await CommandRun(["build", "-q"], in: folder.path).status == 1)
    #expect(try folder.read("site/a.html") == before)
    #expect(try FileSystem.list(folder.path).map(\.name) == ["chapters", "site"])
  }
}
