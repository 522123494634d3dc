import BookBuilding
import Foundation
import HostSystem
import Testing

@Suite struct BuildStampTests {
  let folder = try! TemporaryFolder()

  /// What the command says of its work, without the time that it took.
  func build(_ arguments: String...) async throws -> String {
    let run = try await CommandRun(["build"] + arguments, in: folder.path)
    #expect(run.status == 0)
    return String(run.output.split(separator: ": ", maxSplits: 1).last ?? "")
  }

  func write(_ text: String) throws {
    try folder.write("---\ntitle: A\n---\n\n\(text) ![x](x.svg)\n", to: "chapters/a.md")
  }

  @Test func onlyWhatChangedIsWritten() async throws {
    try write("Text.")
    try folder.write("<svg/>", to: "chapters/x.svg")
    #expect(try await build().hasSuffix("files written to 'site'\n"))
    #expect(try await build() == "'site' is up to date\n")

    try write("Other text.")
    #expect(try await build().hasSuffix("files written to 'site'\n"))
    #expect(try folder.read("site/a.html").contains("Other text."))
    #expect(try await build() == "'site' is up to date\n")

    // The author's own files count, and so do the site's.
    try folder.write("<svg></svg>", to: "chapters/x.svg")
    #expect(try await build() == "1 file written to 'site'\n")
    try folder.write("edited", to: "site/a.html")
    #expect(try await build() == "1 file written to 'site'\n")
    #expect(try folder.read("site/a.html").contains("Other text."))
    try FileSystem.remove(folder.file("site/index.html"))
    #expect(try await build() == "1 file written to 'site'\n")

    // So does the look that the book gives itself.
    try folder.write("accent: \"#004488\"\n", to: "chapters/theme/variables.yml")
    #expect(try await build().hasSuffix("files written to 'site'\n"))
    #expect(try await build() == "'site' is up to date\n")
    try folder.write("accent: \"#005599\"\n", to: "chapters/theme/variables.yml")
    #expect(try await build() == "1 file written to 'site'\n")

    // A request for other pages is another build.
    try folder.write("---\ntitle: B\ndraft: true\n---\n\nText.\n", to: "chapters/b.md")
    _ = try await build()
    #expect(FileSystem.kind(of: folder.file("site/b.html")) == nil)
    _ = try await build("--drafts")
    #expect(FileSystem.kind(of: folder.file("site/b.html")) == .file)
  }

  /// However long the book is, a build with nothing changed looks at its files and reads none.
  @Test func anUnchangedBuildOpensNoFileOfTheBook() async throws {
    try write("Text.")
    try folder.write("<svg/>", to: "chapters/x.svg")
    try folder.write("title: Book\n", to: "chapters/book.yml")
    _ = try await build()
    // What changed a moment ago is read, because it may have changed again.
    try await Task.sleep(for: .nanoseconds(FileSystem.Status.rest) + .milliseconds(200))
    #expect(try await build() == "'site' is up to date\n")
    let opened = try OpenedFiles(in: ["chapters", "site", "site/assets"].map(folder.file))
    #expect(try await build() == "'site' is up to date\n")
    #expect(opened.names() == ["book.yml"])
    // The watch sees what is opened.
    try write("Other text.")
    _ = try await build()
    #expect(opened.names().isSuperset(of: ["a.md", "a.html"]))
  }

  @Test func warningsAreSaidAgain() async throws {
    try folder.write("---\ntitle: A\n---\n\n![](x.svg)\n", to: "chapters/a.md")
    try folder.write("<svg/>", to: "chapters/x.svg")
    for _ in 1...2 {
      let run = try await CommandRun(["build", "-q"], in: folder.path)
      #expect(run.status == 0)
      #expect(run.errors.contains("warning: image 'x.svg' has no alternative text"))
    }
  }

  @Test func aDamagedStampIsNoHarm() async throws {
    try write("Text.")
    try folder.write("<svg/>", to: "chapters/x.svg")
    _ = try await build()
    let stamps = try FileSystem.everyFile(below: folder.file("chapters/.nnbook/stamps"))
    #expect(stamps.count == 1)
    try folder.write("damaged", to: "chapters/.nnbook/stamps/\(stamps[0])")
    #expect(try await build() == "'site' is up to date\n")
    #expect(try folder.read("chapters/.nnbook/stamps/\(stamps[0])") != "damaged")
  }
}
