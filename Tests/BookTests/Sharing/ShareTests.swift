import Foundation
import HostSystem
import Testing

/// A book that several machines build, each a share of it, as the command does it.
@Suite struct ShareTests {
  private let store = try! TestStore()

  /// A folder with the book, and nothing stored.
  private struct Machine {
    let folder = try! TemporaryFolder()

    init() throws {
      for (name, text) in [
        ("01-words.md", "Words, and `{swift} 1 + 2`."),
        ("02-prose.md", "Prose alone, and $x^2$."),
        ("03-numbers.md", "```swift\n[1, 2, 3].map { $0 * $0 }\n```"),
        (
          "10-more.md", "```swift\nprint(\"a word\")\n```\n\n```swift fail\nlet x: Int = \"a\"\n```"
        ),
      ] {
        try folder.write("---\ntitle: T\(name.prefix(2))\n---\n\n\(text)\n", to: "chapters/\(name)")
      }
    }

    func build(_ arguments: [String]) async throws -> CommandRun {
      try await CommandRun(["build", "--live", "off"] + arguments, in: folder.path)
    }

    func site() throws -> [String: [UInt8]] {
      var files: [String: [UInt8]] = [:]
      for name in try FileSystem.everyFile(below: folder.file("site")) {
        files[name] = try FileSystem.read(folder.file("site/" + name))
      }
      return files
    }
  }

  private static func chaptersRun(by run: CommandRun) -> [String] {
    run.output.split(separator: "\n").filter { $0.hasPrefix("Ran ") }
      .map { String($0.split(separator: " ")[1]) }
  }

  /// The law: machines that know nothing of each other but a store run every chapter once, also where
  /// there are more machines than chapters; and a site that is put together from it is that of one
  /// machine.
  @Test(arguments: [2, 6])
  func sharesMakeTheSiteOfAPlainBuild(_ count: Int) async throws {
    let alone = try Machine()
    #expect(try await alone.build(["--quiet"]).transcript == "exit 0\n")

    var ran: [String] = []
    var divisions: Set<Substring> = []
    for number in 1...count {
      let machine = try Machine()
      let run = try await machine.build(["--shard", "\(number)/\(count)", "--store", store.url])
      #expect(run.status == 0 && run.errors.isEmpty, "\(run.transcript)")
      ran += Self.chaptersRun(by: run)
      let last = try #require(run.output.split(separator: "\n").last)
      let parts = try #require(
        last.wholeMatch(
          of: /Share (\d+\/\d+) \(division ([0-9a-f]{8})\): \d of 4 chapters, \d ran in .*/),
        "\(last)")
      #expect(parts.1 == "\(number)/\(count)")
      divisions.insert(parts.2)
      #expect(FileSystem.kind(of: machine.folder.file("site")) == nil)
      // What it stored it does not run again.
      let again = try await machine.build(["--shard", "\(number)/\(count)"])
      #expect(Self.chaptersRun(by: again) == [])
    }
    #expect(divisions.count == 1)
    #expect(
      ran.sorted() == ["01-words.md", "03-numbers.md", "10-more.md"].map { "chapters/" + $0 })

    let last = try Machine()
    let whole = try await last.build(["--no-exec", "--quiet", "--store", store.url])
    #expect(whole.transcript == "exit 0\n")
    #expect(try last.site() == alone.site())
  }

  /// The times travel with the results: a build that ran nothing writes them, and shares go by them.
  @Test func sharesAreDividedByDurations() async throws {
    let first = try Machine()
    #expect(try await first.build(["--quiet", "--store", store.url]).status == 0)
    let second = try Machine()
    let all = ["--quiet", "--store", store.url, "--durations", "times"]
    #expect(try await second.build(all).transcript == "exit 0\n")
    let written = try second.folder.read("times")
    #expect(
      written.split(separator: "\n").map { $0.split(separator: " ")[1] }
        == ["01-words.md", "03-numbers.md", "10-more.md"])
    #expect(!written.contains("0.000 "))
    // Once more from what is stored here, over the file that is there.
    #expect(try await second.build(all).transcript == "exit 0\n")
    #expect(try second.folder.read("times") == written)

    try second.folder.write("90 02-prose.md\n1 01-words.md\n1 03-numbers.md\n", to: "times")
    let share = try await second.build(
      ["--shard", "1/2", "--durations", "times"])
    #expect(share.output.contains(": 1 of 4 chapters, 0 ran in "), "\(share.transcript)")
    let missing = try await second.build(["--shard", "1/2", "--durations", "nowhere"])
    #expect(
      missing.transcript
        == """
        exit 1
        --- errors
        error: the durations 'nowhere' cannot be read: no such file or directory; a build of the whole \
        book with '--durations nowhere' writes them [durations-file]

        """)
    let unwritable = try await second.build(["--durations", "chapters"])
    #expect(unwritable.status == 1)
    #expect(
      unwritable.errors.hasPrefix("error: the durations 'chapters' cannot be written: "),
      "\(unwritable.errors)")
  }

  /// A share says what is wrong with its own chapters; the others say the rest.
  @Test func mistakesAreToldByTheirShare() async throws {
    let machine = try Machine()
    try machine.folder.write(
      "---\ntitle: B\n---\n\n```swift\nlet a: Int = \"b\"\n```\n", to: "chapters/11-broken.md")
    try machine.folder.write(
      "---\ntitle: C\n---\n\n```swift hiden\nlet a = 1\n```\n", to: "chapters/12-unread.md")
    var errors: [String] = []
    for number in 1...6 {
      let run = try await machine.build(["--shard", "\(number)/6", "--quiet"])
      #expect((run.status == 0) == run.errors.isEmpty)
      errors += run.errors.split(separator: "\n").filter { $0.contains(": error: ") }.map(
        String.init)
    }
    #expect(errors.count == 2)
    #expect(errors.contains { $0.hasPrefix("chapters/11-broken.md:6:14: error: ") }, "\(errors)")
    #expect(errors.contains { $0.hasPrefix("chapters/12-unread.md:5:10: error: ") }, "\(errors)")
  }

  @Test(arguments: [
    (["--shard", "0/4"], "share '0/4' does not exist; the shares of 4 are '1/4' to '4/4'"),
    (["--shard", "a/b"], "share 'a/b' is none; '3/16' is the third of sixteen"),
    (
      ["--shard", "1/2", "--no-exec"],
      "--shard and --no-exec exclude each other: a share runs cells and writes no site"
    ),
    (
      ["--shard", "1/2", "--check"],
      "--shard and --check exclude each other: a share runs cells and writes no site"
    ),
    (
      ["--shard", "1/2", "--output", "site"],
      "--shard and --output exclude each other: a share runs cells and writes no site"
    ),
    (
      ["--shard", "1/2", "--format", "epub"],
      "--shard and --format exclude each other: a share runs cells and writes no site"
    ),
  ])
  func wrongUsageIsSaid(_ arguments: [String], _ words: String) async throws {
    let machine = try TemporaryFolder()
    let run = try await CommandRun(["build"] + arguments, in: machine.path)
    #expect(run.status == 64)
    #expect(run.errors.hasPrefix("Error: \(words)\n"), "\(run.errors)")
  }
}
