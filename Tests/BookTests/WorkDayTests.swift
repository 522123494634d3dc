import BookBuilding
import Foundation
import HostSystem
import Testing

/// The commands one after another, as an author uses them.
@Suite struct WorkDayTests {
  let folder = try! TemporaryFolder()

  func run(_ arguments: String...) async throws -> CommandRun {
    try await CommandRun(arguments, in: folder.file("book"))
  }

  func expect(
    _ arguments: String..., status: Int32 = 0, output: String? = nil, errors: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let run = try await CommandRun(arguments, in: folder.file("book"))
    #expect(run.status == status, "\(run.transcript)", sourceLocation: sourceLocation)
    if let output { #expect(run.output == output, sourceLocation: sourceLocation) }
    #expect(run.errors == errors, sourceLocation: sourceLocation)
  }

  @Test(.timeLimit(.minutes(15))) func aBookIsStartedBuiltExplainedAndCleaned() async throws {
    let start = try await CommandRun(["init", "book"], in: folder.path)
    #expect(
      start.transcript == """
        exit 0
        --- output
        book/.gitignore
        book/chapters/01-a-first-network.md
        book/chapters/book.yml
        Now: cd book && nnbook serve --open

        """)
    let again = try await CommandRun(["init", "book"], in: folder.path)
    #expect(again.status == 1)
    #expect(again.errors.contains("'book/chapters/01-a-first-network.md' is there already"))
    try await expect("new", "Why: width?", output: "chapters/02-why-width.md\n")
    try await expect(
      "new", "Why: width?", status: 1,
      errors: "error: chapter '02-why-width.md' is there already [chapter-exists]\n")
    try await expect(
      "why", "02-why-width", output: "chapters/02-why-width.md runs: it has no results yet\n")

    try await expect("build", "--quiet", output: "")
    #expect(try folder.read("book/site/02-why-width.html").contains("parameters."))
    for place in ["chapters/02-why-width.md", "02-why-width", "02-why-width#1"] {
      try await expect(
        "why", place,
        output:
          "chapters/02-why-width.md does not run: nothing that its results depend on changed\n")
    }
    try await expect(
      "why", "02-why-with", status: 1,
      errors: "error: chapter '02-why-with' is not in 'chapters'; did you mean '02-why-width'? "
        + "[unknown-chapter]\n")
    try await expect(
      "why", "02-why-width#2", status: 1,
      errors: "error: cell '2' is not in 'chapters/02-why-width.md'; a cell is named by its id, or "
        + "by its number from 1 to 1 [unknown-cell]\n")

    // Prose and display change nothing; a cell does.
    let chapter = try folder.read("book/chapters/02-why-width.md")
    try folder.write(
      "\(chapter)\nMore words.\n".replacing("```swift\n", with: "```swift id=net fold\n"),
      to: "book/chapters/02-why-width.md")
    try await expect(
      "why", "02-why-width#net",
      output: "chapters/02-why-width.md does not run: nothing that its results depend on changed\n")
    try await expect("build", "--no-exec", "--quiet", output: "")
    #expect(try folder.read("book/site/02-why-width.html").contains("More words."))
    try folder.write(
      chapter.replacing("Dense(3)", with: "Dense(4)"), to: "book/chapters/02-why-width.md")
    let fence = chapter.split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex { $0.hasPrefix("```swift") }
    let line = try #require(fence) + 2
    for name in ["02-why-width", "02", "2"] {
      try await expect(
        "why", name,
        output: "chapters/02-why-width.md runs:\n  cell 1 in line \(line) changed\n")
    }
    try await expect(
      "why", "02-why-width#1",
      output: "chapters/02-why-width.md runs because this cell changed\n")

    // Without running anything the new results are missing, and the site stays.
    let old = try folder.read("book/site/02-why-width.html")
    try await expect(
      "build", "--no-exec", status: 1,
      errors: "chapters/02-why-width.md:7:1: error: cells of 'chapters/02-why-width.md' have no "
        + "stored results as they are now; a build without --no-exec runs them [not-run]\n")
    #expect(try folder.read("book/site/02-why-width.html") == old)
    let one = try await run("build", "--verbose", "--jobs", "1")
    #expect(one.status == 0)
    #expect(one.output.contains("Reused the results of chapters/01-a-first-network.md\n"))
    #expect(one.output.contains("Ran chapters/02-why-width.md in "))

    try await expect("clean", output: "Removed 'chapters/.nnbook'\n")
    try await expect("clean", output: "'chapters' has no stored results\n")
    #expect(FileSystem.kind(of: folder.file("book/chapters/.nnbook")) == nil)
    #expect(FileSystem.kind(of: folder.file("book/site/index.html")) == .file)
    let nothing = try await run("build", "--no-exec")
    #expect(nothing.status == 1 && nothing.errors.split(separator: "[not-run]").count == 3)
    try await expect(
      "clean", "nowhere", status: 1,
      errors:
        "error: no folder 'nowhere' here; a book is a folder of chapters ('nnbook init' makes "
        + "one) [no-such-folder]\n")
    let check = try await run("check")
    #expect(check.status == 0 && check.errors.isEmpty)
    #expect(check.output.hasSuffix("2 chapters: 0 errors, 0 warnings\n"))
  }

  @Test(.timeLimit(.minutes(15))) func cellsRunAgainOnRequest() async throws {
    try folder.write(
      """
      ---
      title: A
      ---

      ```swift
      print("drawn \\(UInt64.random(in: 0 ... .max))")
      ```

      """, to: "book/chapters/a.md")
    func drawn() throws -> Substring {
      let page = try folder.read("book/site/a.html")
      let start = try #require(page.ranges(of: "drawn ").last)
      return page[start.upperBound...].prefix { $0.isNumber }
    }
    try await expect("build", "--quiet")
    let first = try drawn()
    try FileSystem.remove(folder.file("book/chapters/.nnbook/stamps"))
    try await expect("build", "--quiet")
    #expect(try drawn() == first)
    try await expect("build", "--quiet", "--rerun")
    let second = try drawn()
    #expect(second != first)
    try await expect("build", "--quiet")
    #expect(try drawn() == second)
    let check = try await run("check", "--quiet")
    #expect(check.status == 1 && check.output.isEmpty)
    #expect(
      check.errors.hasPrefix(
        """
        chapters/a.md:5:1: error: cell gives another result when it runs again; a seed makes what is \
        random repeatable [changing-result]
        note: first 'drawn \(second)', then 'drawn 
        """))
    try await expect("build", "--quiet", "--no-exec")
    #expect(try drawn() == second)
  }

  @Test(.timeLimit(.minutes(15))) func whatCheckFindsIsAcceptedOrSaid() async throws {
    let chapter = """
      ---
      title: A
      ---

      ```swift id=fig-plot
      plot([1, 2, 3])
      ```

      ```swift id=lst-sum
      print("sum", [1, 2, 3].reduce(0, +))
      ```

      ```output
      sum 7
      ```

      See [](#fig-plot).

      """
    try folder.write(chapter, to: "book/chapters/a.md")
    let build = try await run("build", "--quiet")
    let check = try await run("check", "--quiet")
    for run in [build, check] {
      #expect(run.status == 1)
      #expect(run.errors.contains("chapters/a.md:14:1: error: "))
      #expect(run.errors.contains("[unexpected-output]"))
    }
    #expect(
      check.errors.contains(
        "chapters/a.md:5:13: warning: figure 'fig-plot' has no caption; '//| caption: …' says what "
          + "it shows [missing-caption]"))
    #expect(check.errors.contains("warning: id 'lst-sum' is used by no reference;"))
    #expect(try folder.read("book/chapters/a.md") == chapter)
    #expect(FileSystem.kind(of: folder.file("book/site")) == nil)

    let accepted = try await run("check", "--accept", "--quiet")
    #expect(accepted.status == 0)
    #expect(
      accepted.output
        == "Rewrote the expected output in chapters/a.md\n  line 13:\n    - sum 7\n    + sum 6\n")
    #expect(
      try folder.read("book/chapters/a.md") == chapter.replacing("sum 7", with: "sum 6"))
    try await expect("build", "--quiet")
  }

  @Test(.timeLimit(.minutes(15))) func asManyChaptersRunAtOnceAsAreAllowed() async throws {
    for name in ["a", "b", "c"] {
      try folder.write(
        """
        ---
        title: \(name)
        ---

        ```swift
        import Glibc
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        print("\(name) from \\(time.tv_sec * 1000 + time.tv_nsec / 1_000_000)")
        sleep(1)
        clock_gettime(CLOCK_MONOTONIC, &time)
        print("to \\(time.tv_sec * 1000 + time.tv_nsec / 1_000_000)")
        ```

        """, to: "book/chapters/\(name).md")
    }
    /// When each of the cells ran, the first one first.
    func intervals() throws -> [ClosedRange<Int>] {
      try ["a", "b", "c"].map { name in
        let words = try folder.read("book/site/\(name).html").split(whereSeparator: \.isWhitespace)
        func number(after word: String) -> Int {
          let places = words.indices.filter { words[$0].hasSuffix(word) }
          return places.compactMap { Int(words[$0 + 1].prefix { $0.isNumber }) }.last ?? 0
        }
        return number(after: "from")...number(after: "to")
      }.sorted { $0.lowerBound < $1.lowerBound }
    }
    try await expect("build", "--quiet", "--jobs", "1")
    let apart = try intervals()
    #expect(zip(apart, apart.dropFirst()).allSatisfy { !$0.overlaps($1) }, "\(apart)")
    try await expect("build", "--quiet", "--rerun", "--jobs", "3")
    let together = try intervals()
    #expect(zip(together, together.dropFirst()).contains { $0.overlaps($1) }, "\(together)")
  }

  @Test func chaptersThatAreStartedAtOnceHaveNumbersOfTheirOwn() async throws {
    try FileSystem.makeFolder(folder.file("book/chapters"))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for letter in ["a", "a", "b", "c", "d"] {
        group.addTask { [self] in _ = try await run("new", "Title \(letter)") }
      }
      try await group.waitForAll()
    }
    let names = FileSystem.names(in: folder.file("book/chapters"))
    #expect(Set(names.map { $0.prefix(3) }) == ["01-", "02-", "03-", "04-"])
    #expect(Set(names.map { $0.dropFirst(3) }) == Set("abcd".map { "title-\($0).md" }))
    #expect(names.count == 4)
  }
}
