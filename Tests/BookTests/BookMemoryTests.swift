import BookModel
import CellRunning
import HostSystem
import Testing

@testable import BookBuilding

/// A build that remembers gives the site of one that doesn't, whatever was changed before it.
@Suite struct BookMemoryTests {
  let folder = try! TemporaryFolder()
  private let memory = BookMemory()

  /// What a cell gives is its own text.
  private static let execution = CellExecution(
    run: { chapter, _ in answer(chapter) }, rerun: { answer($0) }, stored: { answer($0) })

  private static func answer(_ chapter: Chapter) -> ChapterRun {
    var result = ChapterResult(inlineValues: chapter.inlineValues.map(\.expression))
    result.cells = chapter.cells.map { CellResult(outputs: [.text("gives " + $0.code)]) }
    return ChapterRun(result: result)
  }

  private func build(_ memory: BookMemory?) async -> BookBuild.Outcome {
    var request = BuildRequest(
      book: folder.file("chapters"), caches: Caches(book: folder.file("chapters")))
    request.isServed = true
    return await BookBuild(request, execution: Self.execution, memory: memory).run()
  }

  @Test func everyChangeShowsWhereItShould() async throws {
    let one =
      "---\ntitle: One\n---\n\nSee [](02-two.md#a-section), [](#fig-b) and $x$.\n\n## First\n\nText.\n"
    let two = """
      ---
      title: Two
      ---

      ## A section

      ```swift id=fig-b caption="A figure"
      1 + 1
      ```

      """
    let body =
      "<div id=\"tools\"></div><main id=\"main\"><article>{{{content}}}</article></main>\n"
    let steps: [(name: String, text: String?)] = [
      ("02-two.md", two), ("01-one.md", one), ("03-three.md", "# Three\n\n`{swift} 7`\n"),
      // A sentence, a cell, a formula.
      ("03-three.md", "# Three\n\nMore. `{swift} 7`\n"),
      ("02-two.md", two.replacing("1 + 1", with: "1 + 2")),
      ("01-one.md", one.replacing("$x$", with: "$y^2$")),
      // What other pages show: a title, a section, a number, an order, a name of the book.
      ("02-two.md", two.replacing("title: Two", with: "title: Zwei")),
      ("02-two.md", two.replacing("## A section", with: "## Before\n\n## A section")),
      (
        "02-two.md",
        two.replacing("```swift", with: "```swift id=fig-a caption=x\n2\n```\n\n```swift")
      ),
      ("00-zero.md", "# Zero\n"), ("01-one.md", nil), ("book.yml", "title: A book\n"),
      ("book.yml", "title: A book\nlanguage: de\n"),
      // Its look: a color, a template, a picture.
      ("theme/variables.yml", "accent: \"#004488\"\n"),
      ("theme/body.mustache", body), ("theme/body.mustache", body + "<p>Below</p>"),
      ("theme/leaf.svg", "<svg/>"),
      // A file that a cell shows.
      ("03-three.md", "# Three\n\n```swift from=code/a.swift\n```\n"),
      ("code/a.swift", "7\n"),
      // A mistake, and its end.
      ("03-three.md", "# Three\n\n[](#nowhere)\n"), ("03-three.md", "# Three\n\nWhole.\n"),
    ]
    try folder.write("6\n", to: "chapters/code/a.swift")
    var sites: Set<Int> = []
    for (name, text) in steps {
      let path = "chapters/" + name
      if let text {
        try folder.write(text, to: path)
      } else {
        try FileSystem.remove(folder.file(path))
      }
      let (with, without) = (await build(memory), await build(nil))
      #expect(with.files == without.files, "after \(name)")
      #expect(with.diagnostics == without.diagnostics, "after \(name)")
      #expect(with.results == without.results, "after \(name)")
      sites.insert(without.files.hashValue)
    }
    // Each step changed the site, or it would show nothing here; the mistake leaves none.
    #expect(sites.count == steps.count)
  }

  /// The law: what a change costs is the chapter's work, and not the book's.
  @Test func aChangeOfOneChapterMakesOnePage() async throws {
    let names = (1...6).map { "0\($0)-chapter" }
    for name in names {
      try folder.write("# \(name)\n\nText, $x_\(name.count)$.\n", to: "chapters/\(name).md")
    }
    /// Where the bytes of each chapter's page are: a page that was made again is elsewhere.
    func places(_ outcome: BookBuild.Outcome) throws -> [String: UnsafePointer<UInt8>?] {
      let files = try #require(outcome.files)
      return Dictionary(
        uniqueKeysWithValues: names.map { name in
          (name, files[name + ".html"]?.inMemory?.withUnsafeBufferPointer(\.baseAddress))
        })
    }
    var before = await build(memory)
    for text in ["Other text, $x_10$.", "Text, $x_10$ and $y$.", "Text, $z$.", "Text."] {
      try folder.write("# \(names[2])\n\n\(text)\n", to: "chapters/\(names[2]).md")
      let after = await build(memory)
      let (old, new) = (try places(before), try places(after))
      #expect(names.filter { old[$0] != new[$0] } == [names[2]], "after \(text)")
      before = after
    }
    // What all pages show changes all of them.
    try folder.write("title: Other\n", to: "chapters/book.yml")
    let (old, new) = (try places(before), try places(await build(memory)))
    #expect(names.allSatisfy { old[$0] != new[$0] })
  }

  @Test func whatFollowsTheSameHasItsNumber() {
    let editions = Editions<Int>()
    #expect([7, 7, 8, 8, 7, 7].map(editions.number) == [0, 0, 1, 1, 2, 2])
    let memo = Memo<Int, Int>()
    for name in ["a", "b"] { _ = memo.value(named: name, of: 1) { 1 } }
    memo.keep(only: ["b"])
    #expect(memo.value(named: "a", of: 1) { 2 } == 2)
    #expect(memo.value(named: "b", of: 1) { 2 } == 1)
  }

  @Test func whatDidNotChangeIsNotMadeAgain() {
    let memo = Memo<Int, Int>()
    var made = 0
    for input in [1, 1, 2, 2, 1] {
      let value = memo.value(named: "a", of: input) {
        made += 1
        return input * 10
      }
      #expect(value == input * 10)
    }
    #expect(made == 3)
    #expect(memo.value(named: "b", of: 1) { 5 } == 5)
  }
}
