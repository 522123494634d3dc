import BookModel
import Foundation
import HostSystem
import Testing

@testable import BookBuilding

@Suite struct SiteWriterTests {
  let folder = try! TemporaryFolder()

  func write(_ pages: [String: String], to name: String = "site") throws -> SiteWriter.Summary {
    try SiteWriter(output: folder.file(name)).write(files(pages))
  }

  func files(_ texts: [String: String]) -> [String: SiteFile] {
    texts.mapValues { .bytes(Array($0.utf8)) }
  }

  /// The one diagnostic that `body` throws, as printed, with the temporary folder left out.
  func refusal(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "nothing thrown"
    } catch let error as DiagnosticError {
      return DiagnosticPrinter().text(for: error.diagnostics)
        .replacingOccurrences(of: folder.path + "/", with: "")
    } catch {
      return "\(error)"
    }
  }

  @Test func aNewSiteHoldsItsFilesAndTheirList() throws {
    let summary = try write(["index.html": "a", "assets/book.css": "b"])
    #expect(summary == .init(written: 3, unchanged: 0, removed: 0))
    #expect(
      try folder.files == ["site/.nnbook-files", "site/assets/book.css", "site/index.html"])
    #expect(
      try folder.read("site/.nnbook-files") == """
        # Files of this site that nnbook wrote and may replace or remove
        assets/book.css
        index.html

        """)
  }

  @Test func aSecondBuildReplacesAndRemovesWhatChanged() throws {
    _ = try write(["a.html": "1", "b.html": "1", "old/c.html": "1"])
    let summary = try write(["a.html": "1", "b.html": "2"])
    #expect(summary == .init(written: 2, unchanged: 1, removed: 1))
    #expect(try folder.read("site/b.html") == "2")
    #expect(try folder.files == ["site/.nnbook-files", "site/a.html", "site/b.html"])
  }

  @Test func whereNothingDiffersNothingIsTouched() throws {
    _ = try write(["a.html": "1"])
    let before = try FileManager.default.attributesOfItem(atPath: folder.file("site"))
    let summary = try write(["a.html": "1"])
    let after = try FileManager.default.attributesOfItem(atPath: folder.file("site"))
    #expect(summary.written == 0)
    #expect(before[.systemFileNumber] as? Int == after[.systemFileNumber] as? Int)
  }

  @Test func foreignFilesAreNamedAndKept() throws {
    try folder.write("mine", to: "site/notes.txt")
    try folder.write("mine", to: "site/more/notes.txt")
    let message = refusal { _ = try write(["a.html": "1"]) }
    #expect(
      message == """
        error: output 'site' holds 'more/notes.txt' and 1 other file that nnbook did not write; the \
        output is an empty or new folder, or one that nnbook wrote (nothing was changed) \
        [foreign-files]

        """)
    #expect(try folder.files == ["site/more/notes.txt", "site/notes.txt"])
  }

  @Test func aFileAddedToABuiltSiteIsForeign() throws {
    _ = try write(["a.html": "1"])
    try folder.write("mine", to: "site/mine.txt")
    #expect(refusal { _ = try write(["a.html": "2"]) }.contains("'mine.txt'"))
    #expect(try folder.read("site/a.html") == "1")
  }

  @Test func anOutputThatIsAFileIsRefused() throws {
    try folder.write("mine", to: "site")
    #expect(
      refusal { _ = try write(["a.html": "1"]) }
        == "error: output 'site' is a file; the site is a folder [output-is-a-file]\n")
  }

  @Test(.enabled(if: getuid() != 0, "root may write anywhere"))
  func aFolderThatCannotBeWrittenIsNamed() throws {
    try FileSystem.makeFolder(folder.file("locked"))
    chmod(folder.file("locked"), 0o555)
    #expect(
      refusal { _ = try write(["a.html": "1"], to: "locked/site") }
        .hasPrefix("error: output 'locked/site' cannot be written: permission denied"))
  }

  @Test func aFolderThatCannotBeMadeIsNamed() throws {
    #expect(
      refusal {
        try SiteWriter(output: "/proc/nnbook/site").write(files(["a.html": "1"]))
      } == """
        error: output '/proc/nnbook/site' cannot be written: no such file or directory; the old \
        site is untouched [output-not-writable]
        note: the system refused '/proc/nnbook'

        """)
  }

  @Test func leftoversOfAKilledBuildGo() throws {
    // No process has this number: it is above the system's largest.
    try folder.write("half", to: ".site.nnbook-4999999-1/a.html")
    _ = try write(["a.html": "1"])
    #expect(try folder.files == ["site/.nnbook-files", "site/a.html"])
  }

  @Test func aSiteThatCannotBeSwappedIsReplacedFileByFile() throws {
    _ = try write(["a.html": "1", "b": "1", "old/c.html": "1", "d/e.html": "1", "same.css": "1"])
    try folder.write("half", to: "site/.nnbook-new/x.html")
    let files = files(["a.html": "2", "b/new.html": "1", "d": "1", "same.css": "1"])
    var all = files
    all[SiteFolder.listName] = .bytes(Array(SiteFolder.list(of: files.keys).utf8))
    let site = try SiteFolder(folder.file("site"))
    try SiteRefill(folder: site).run(all, different: ["a.html", "b/new.html", "d"])
    #expect(
      try folder.files == [
        "site/.nnbook-files", "site/a.html", "site/b/new.html", "site/d", "site/same.css",
      ])
    #expect(try folder.read("site/a.html") == "2")
    #expect(
      try SiteWriter(output: folder.file("site")).differences(from: files) == [])
  }

  @Test(.enabled(if: Confinement.bubblewrap != nil, "needs to mount a folder"))
  func anOutputThatIsAMountPointIsReplaced() async throws {
    try folder.write("# One\n", to: "chapters/01-one.md")
    try FileSystem.makeFolder(folder.file("site"))
    for text in ["First.", "Second."] {
      try folder.write("# One\n\n\(text)\n", to: "chapters/01-one.md")
      let run = try await CommandRun(
        ["build", "--quiet"], in: folder.path, under: Confinement.mounting(folder.file("site")))
      #expect(run.transcript == "exit 0\n")
      #expect(try folder.read("site/01-one.html").contains(text))
    }
    #expect(FileSystem.kind(of: folder.file("site/.nnbook-new")) == nil)
  }

  @Test func aSiteBehindALinkIsReplacedWhereItIs() throws {
    try FileSystem.makeFolder(folder.file("real"))
    symlink(folder.file("real"), folder.file("site"))
    _ = try write(["a.html": "1"])
    #expect(try folder.read("real/a.html") == "1")
    #expect(readlinkExists(folder.file("site")))
  }

  @Test func differencesNameTheirFirstLine() throws {
    _ = try write(["a.html": "1\n2\n3\n", "b.html": "", "c.html": ""])
    let writer = SiteWriter(output: folder.file("site"))
    try folder.write("1\nx\n3\n", to: "site/a.html")
    let found = try writer.differences(
      from: files(["a.html": "1\n2\n3\n", "b.html": "", "d.html": ""]))
    #expect(
      found == [
        .changed(".nnbook-files", line: 4), .changed("a.html", line: 2), .extra("c.html"),
        .missing("d.html"),
      ])
    let text = DiagnosticPrinter().text(for: found.map { $0.diagnostic(output: "site") })
    #expect(
      text == """
        site/.nnbook-files:4:1: error: page is not what the chapters give from here on; 'nnbook \
        build' writes it anew [site-differs]
        site/a.html:2:1: error: page is not what the chapters give from here on; 'nnbook build' \
        writes it anew [site-differs]
        error: 'site/c.html' is left from an earlier build; 'nnbook build' removes it [site-differs]
        error: 'site/d.html' is missing; 'nnbook build' writes it [site-differs]

        """)
  }

  private func readlinkExists(_ path: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
  }
}
