import Foundation
import HostSystem
import Testing

@testable import BookBuilding

/// The book as one file.
@Suite struct PaperTests {
  private let folder = try! TemporaryFolder()

  private static let chromium = ["/usr/bin/chromium", "/usr/lib/chromium/chromium"]
    .contains { FileManager.default.isExecutableFile(atPath: $0) }

  private func writeBook() throws {
    try folder.write("title: Übers Meer\nchapters:\n  - a.md\n  - b.md\n", to: "chapters/book.yml")
    try folder.write(
      "---\ntitle: A\n---\n\nSee [](#sec-there).\n\n![A dot](dot.svg)\n", to: "chapters/a.md")
    try folder.write("---\ntitle: B\n---\n\n## There {#sec-there}\n\nText.\n", to: "chapters/b.md")
    try folder.write(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"></svg>\n",
      to: "chapters/dot.svg")
  }

  @Test(.enabled(if: chromium, "needs Chromium")) func aPDFIsPrinted() async throws {
    try writeBook()
    #expect(try await run("build", "-q", "--format", "pdf").transcript == "exit 0\n")
    let files = try FileSystem.list(folder.file("site-pdf")).map(\.name)
    #expect(files.filter { !$0.hasPrefix(".") } == ["übers-meer.pdf"])
    let bytes = try FileSystem.read(folder.file("site-pdf/übers-meer.pdf"))
    #expect(bytes.starts(with: "%PDF-1.".utf8))
  }

  @Test func withoutChromiumAPDFIsAnError() async throws {
    try writeBook()
    try FileSystem.makeFolder(folder.file("bin"))
    let run = try await CommandRun(
      ["build", "-q", "--format", "pdf"], in: folder.path,
      environment: ["PATH": folder.file("bin")])
    #expect(
      run.transcript == """
        exit 1
        --- errors
        error: a PDF is printed by Chromium, and 'chromium' is not on the search path [chromium-missing]
        note: 'apt install chromium' brings it; NNBOOK_CHROMIUM names another

        """)
    #expect(FileSystem.kind(of: folder.file("site-pdf")) == nil)
    let named = try await CommandRun(
      ["build", "-q", "--format", "pdf"], in: folder.path,
      environment: ["NNBOOK_CHROMIUM": "chrome-of-mine"])
    #expect(
      named.errors.hasPrefix(
        "error: a PDF is printed by Chromium, and NNBOOK_CHROMIUM names 'chrome-of-mine', which is no "
          + "program [chromium-missing]\n"))
  }

  @Test func aBrowserThatPrintsNothingIsTold() async throws {
    try writeBook()
    let run = try await CommandRun(
      ["build", "-q", "--format", "pdf"], in: folder.path,
      environment: ["NNBOOK_CHROMIUM": "/bin/false"])
    #expect(run.errors == "error: '/bin/false' printed no PDF [printing-failed]\n")
  }

  @Test func anEPUBIsTheSameEveryTime() async throws {
    try writeBook()
    #expect(try await run("build", "-q", "--format", "epub").transcript == "exit 0\n")
    let book = folder.file("site-epub/übers-meer.epub")
    let bytes = try FileSystem.read(book)
    // What readers look at before they unpack.
    #expect(bytes[30...].starts(with: "mimetypeapplication/epub+zip".utf8))
    #expect(try await run("build", "-q", "--format", "epub", "-o", "other").status == 0)
    #expect(try FileSystem.read(folder.file("other/übers-meer.epub")) == bytes)
  }

  @Test func namedPlacesHavePages() {
    let text = """
      Page  Destination                 Name
         2 [ XYZ    6  778 null      ] "c/d"
        12 [ XYZ    6  778 null      ] "größe 1"
      """
    #expect(PaperPrinter.places(in: text) == ["c/d": 2, "größe 1": 12])
  }

  private func run(_ arguments: String...) async throws -> CommandRun {
    try await CommandRun(arguments, in: folder.path)
  }
}
