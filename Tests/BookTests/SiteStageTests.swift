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
    #expect(stage.append(bytes("3"), to: "a.html", isFirst: true) != nil)
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
    var growing = GrowingFile("b.js", [2], .on(stage))
    growing.append([3])
    #expect(growing.finish() == .bytes([2, 3]))
    #expect(try folder.files == [])
    try SiteWriter(output: folder.file("missing/site")).write(["a.html": .bytes([1])], stage: stage)
    #expect(try folder.files == ["missing/site/.nnbook-files", "missing/site/a.html"])
  }

  @Test(arguments: [10, 200_000]) func aFileGrowsOnTheStage(_ size: Int) throws {
    let stage = SiteStage(output: output)
    defer { stage.remove() }
    var growing = GrowingFile("b.js", [1], .on(stage))
    for part in 2...5 { growing.append([UInt8](repeating: UInt8(part), count: size)) }
    let expected = (2...5).reduce(into: [UInt8(1)]) {
      $0 += [UInt8](repeating: UInt8($1), count: size)
    }
    let file = growing.finish()
    #expect(file.inMemory == nil)
    #expect(try file.read() == expected)
  }

  @Test func whatTheStageDoesNotTakeIsTold() throws {
    try writeSite(["a.html": "1"])
    let stage = SiteStage(output: output)
    let part = [UInt8](repeating: 7, count: 300_000)
    var growing = GrowingFile("b.js", [], .on(stage))
    growing.append(part)
    // In the middle of it the disk fails: a folder stands where its file was.
    try FileSystem.remove(stage.place(of: "b.js"))
    try FileSystem.makeFolder(stage.place(of: "b.js"))
    growing.append(part)
    try FileSystem.remove(stage.place(of: "b.js"))
    growing.append(part)
    let file = growing.finish()
    do {
      try SiteWriter(output: output).write(["b.js": file], stage: stage)
      Issue.record("nothing thrown")
    } catch {
      #expect(
        DiagnosticPrinter().text(for: error.diagnostics)
          .replacing(stage.folder, with: "stage").replacing(folder.path + "/", with: "") == """
            error: output 'site' cannot be written: is a directory; the old site is untouched \
            [output-not-writable]
            note: the system refused 'stage/b.js'

            """)
    }
    #expect(try folder.files == ["site/.nnbook-files", "site/a.html"])
  }

  @Test func whatNobodyAsksForIsKeptNowhere() {
    let nowhere = SiteKeeping.nowhere
    #expect(nowhere.keep(["a.html": [1]]) == ["a.html": .bytes([])])
    var growing = GrowingFile("b.js", [], nowhere)
    growing.append([1])
    #expect(growing.finish() == .bytes([]))
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
