import Foundation
import HostSystem
import Testing

/// Builds that share a store, as the command does them.
@Suite struct SharedStoreTests {
  private let store = try! TestStore()

  /// A machine: a folder with the book, and a cache where one is given.
  private struct Machine {
    let folder = try! TemporaryFolder()

    init() throws {
      try folder.write(
        """
        ---
        title: Numbers
        ---

        ```swift
        let lines = try! String(contentsOfFile: "data/lines.txt", encoding: .utf8)
        print(lines.utf8.count)
        [1, 2, 3].map { $0 * $0 }
        ```

        The sum is `swift 1 + 2`, and $x^2$.
        """.replacing("let lines", with: "import Foundation\nlet lines"),
        to: "chapters/01-numbers.md")
      try folder.write(
        "---\ntitle: Words\n---\n\n```swift\nprint(\"a word\")\n```\n",
        to: "chapters/02-words.md")
      try folder.write("one\ntwo\n", to: "chapters/data/lines.txt")
    }

    func build(
      _ arguments: String..., environment: [String: String] = [:]
    ) async throws -> CommandRun {
      try await CommandRun(
        ["build", "--live", "off"] + arguments, in: folder.path, environment: environment)
    }

    func site() throws -> [String: [UInt8]] {
      var files: [String: [UInt8]] = [:]
      for name in try FileSystem.everyFile(below: folder.file("site")) {
        files[name] = try FileSystem.read(folder.file("site/" + name))
      }
      return files
    }
  }

  /// The law: with a full store an empty machine gives the same bytes, and starts no compiler but to ask
  /// which one it is.
  @Test func aFullStoreGivesTheSameSite() async throws {
    let first = try Machine()
    let made = try await first.build("--store", store.url, "--quiet")
    #expect(made.transcript == "exit 0\n")
    #expect(store.asked.filter { $0.hasPrefix("PUT /ac/") }.count == 2)

    let second = try Machine()
    let compiler = try #require(Environment.program("swiftc"))
    try second.folder.write(
      "#!/bin/sh\necho \"$@\" >> '\(second.folder.file("asked"))'\nexec '\(compiler)' \"$@\"\n",
      to: "bin/swiftc")
    chmod(second.folder.file("bin/swiftc"), 0o755)
    let taken = try await second.build(
      "--store", store.url, "--store-mode", "read", "--verbose",
      environment: [
        "NNBOOK_SWIFTC": second.folder.file("bin/swiftc"),
        "NNBOOK_CACHE": second.folder.file("cache"),
      ])
    #expect(taken.status == 0 && taken.errors.isEmpty, "\(taken.transcript)")
    let lines = taken.output.split(separator: "\n")
    for chapter in ["01-numbers.md", "02-words.md"] {
      #expect(lines.contains("Took the results of chapters/\(chapter) from the shared store"))
      #expect(lines.contains("Reused the results of chapters/\(chapter)"))
    }
    #expect(try second.site() == first.site())
    let asked = Set(try second.folder.read("asked").split(separator: "\n"))
    #expect(asked == ["-print-target-info"])
    #expect(!FileManager.default.fileExists(atPath: second.folder.file("cache/engines")))
    #expect(store.asked.filter { $0.hasPrefix("PUT /ac/") }.count == 2)

    // What was taken is kept: the store is not asked again.
    store.stop()
    try FileSystem.remove(second.folder.file("site"))
    let again = try await second.build(
      "--quiet",
      environment: [
        "NNBOOK_SWIFTC": second.folder.file("bin/swiftc"),
        "NNBOOK_CACHE": second.folder.file("cache"),
        "NNBOOK_STORE": store.url,
      ])
    #expect(again.transcript == "exit 0\n")
    #expect(try second.site() == first.site())
  }

  /// A share runs cells; a plain build of pages only puts together what the store has.
  @Test func pagesAloneAreMadeFromTheStore() async throws {
    let first = try Machine()
    #expect(try await first.build("--store", store.url, "--quiet").status == 0)
    let second = try Machine()
    let pages = try await second.build(
      "--no-exec", "--quiet", environment: ["NNBOOK_STORE": store.url])
    #expect(pages.transcript == "exit 0\n")
    #expect(try second.site() == first.site())
  }

  @Test(arguments: [
    (
      TestStore.Mood.forging,
      "warning: an entry of the store 'URL' is damaged; what it should hold is computed anew "
        + "[store-damaged]"
    ),
    (
      .cutting,
      "warning: the store 'URL' gives no whole answer in time; this build goes on without it "
        + "[store-unreachable]"
    ),
  ])
  func whatAStoreDoesWrongCostsAWarning(_ mood: TestStore.Mood, _ words: String) async throws {
    let first = try Machine()
    #expect(try await first.build("--store", store.url, "--quiet").status == 0)
    store.state.withLock { $0.mood = mood }
    let second = try Machine()
    let run = try await second.build("--store", store.url, "--quiet")
    #expect(run.transcript.replacing(store.url, with: "URL") == "exit 0\n--- errors\n\(words)\n")
    #expect(try second.site() == first.site())
  }

  /// Killed after the first of its answers.
  @Test func aStoreThatDiesInTheMiddleIsLeftAlone() async throws {
    let first = try Machine()
    #expect(try await first.build("--store", store.url, "--quiet").status == 0)
    store.state.withLock { state in
      state.asked = []
      state.dies = 2
    }
    let second = try Machine()
    let run = try await second.build("--store", store.url, "--quiet", "--jobs", "1")
    #expect(
      run.transcript.replacing(store.url, with: "URL")
        == """
        exit 0
        --- errors
        warning: the store 'URL' gives no whole answer in time; this build goes on without it \
        [store-unreachable]

        """)
    #expect(try second.site() == first.site())
  }

  @Test func secretsAreNotPrinted() async throws {
    store.state.withLock { $0.mood = .closed }
    let machine = try Machine()
    let run = try await machine.build(
      "--store", store.url, "--verbose", environment: ["NNBOOK_STORE_TOKEN": "s3cret-word"])
    #expect(
      run.errors.replacing(store.url, with: "URL")
        == "warning: the store 'URL' does not let this build read (status 401); this build goes on "
        + "without it [store-refused]\n")
    #expect(!run.transcript.contains("s3cret-word"))
    #expect(store.state.withLock { $0.authorizations.first } == "Bearer s3cret-word")
  }

  @Test func anAddressThatIsNoneIsWrongUsage() async throws {
    let machine = try Machine()
    let run = try await machine.build("--store", "store.example")
    #expect(run.status == 64)
    #expect(
      run.errors.hasPrefix(
        "Error: store 'store.example' is no address; one reads 'https://store.example:8080/cache'\n"
      ), "\(run.errors)")
    // None is asked, and so none is read.
    let off = try await machine.build(
      "--store-mode", "off", "--no-exec", environment: ["NNBOOK_STORE": "store.example"])
    #expect(off.status == 1 && off.errors.contains("[not-run]"))
  }
}
