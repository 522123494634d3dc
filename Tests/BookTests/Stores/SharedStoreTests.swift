import Foundation
import HostSystem
import Testing

/// Builds that share a store, as the command does them.
@Suite struct SharedStoreTests {
  private let store = try! TestStore()

  /// The law: with a full store an empty machine gives the same bytes, and starts no compiler and nothing
  /// that typesets formulas: there is none.
  @Test func aFullStoreGivesTheSameSite() async throws {
    let first = try SharingMachine()
    let made = try await first.build("--store", store.url, "--quiet")
    #expect(made.transcript == "exit 0\n")
    #expect(store.asked.filter { $0.hasPrefix("PUT /ac/") }.count == 3)

    let second = try SharingMachine()
    let environment = try second.environmentWithoutCompiler()
    let taken = try await second.build(
      "--store", store.url, "--store-mode", "read", "--verbose",
      environment: environment)
    #expect(taken.status == 0 && taken.errors.isEmpty, "\(taken.transcript)")
    let lines = taken.output.split(separator: "\n")
    for chapter in ["01-numbers.md", "02-words.md"] {
      #expect(lines.contains("Took the results of chapters/\(chapter) from the shared store"))
      #expect(lines.contains("Reused the results of chapters/\(chapter)"))
    }
    #expect(try second.site() == first.site())
    #expect(try second.askedOfCompiler() == ["-print-target-info"])
    #expect(!FileManager.default.fileExists(atPath: second.folder.file("cache/engines")))
    #expect(store.asked.filter { $0.hasPrefix("PUT /ac/") }.count == 3)

    // What was taken is kept: the store is not asked again.
    store.stop()
    try FileSystem.remove(second.folder.file("site"))
    let again = try await second.build(
      "--quiet",
      environment: environment.merging(["NNBOOK_STORE": store.url]) { $1 })
    #expect(again.transcript == "exit 0\n")
    #expect(try second.site() == first.site())
  }

  /// What changed is typeset, and no more is asked of the store than what is new.
  @Test func formulasTravelByChapter() async throws {
    let first = try SharingMachine()
    #expect(try await first.build("--store", store.url, "--quiet").status == 0)
    store.state.withLock { $0.asked = [] }
    let second = try SharingMachine()
    for (name, text) in [("03-prose", "$a^2$ and $x^2$."), ("04-prose", "$b_1$ $$c$$")] {
      for machine in [first, second] {
        try machine.folder.write(
          "---\ntitle: \(name)\n---\n\n\(text)\n", to: "chapters/\(name).md")
      }
    }
    let added = try await first.build("--store", store.url, "--verbose")
    #expect(added.status == 0 && !added.output.contains("Took the formulas"))
    #expect(store.asked.count { $0.hasPrefix("PUT /ac/") } == 2)
    let taken = try await second.build(
      "--store", store.url, "--store-mode", "read", "--verbose",
      environment: try second.environmentWithoutCompiler())
    #expect(taken.status == 0 && taken.errors.isEmpty, "\(taken.transcript)")
    #expect(taken.output.contains("Took the formulas of 3 chapters from the shared store\n"))
    #expect(try second.site() == first.site())
    // Other macros, other formulas: nothing of the store is right for them.
    try second.folder.write("macros:\n  \\E: \\mathbb{E}\n", to: "chapters/book.yml")
    let other = try await second.build("--store", store.url, "--verbose")
    #expect(other.status == 0 && !other.output.contains("Took the formulas"))
  }

  /// A share runs cells; a plain build of pages only puts together what the store has.
  @Test func pagesAloneAreMadeFromTheStore() async throws {
    let first = try SharingMachine()
    #expect(try await first.build("--store", store.url, "--quiet").status == 0)
    let second = try SharingMachine()
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
    let first = try SharingMachine()
    #expect(try await first.build("--store", store.url, "--quiet").status == 0)
    store.state.withLock { $0.mood = mood }
    let second = try SharingMachine()
    let run = try await second.build("--store", store.url, "--quiet")
    #expect(run.transcript.replacing(store.url, with: "URL") == "exit 0\n--- errors\n\(words)\n")
    #expect(try second.site() == first.site())
  }

  /// Killed after the first of its answers.
  @Test func aStoreThatDiesInTheMiddleIsLeftAlone() async throws {
    let first = try SharingMachine()
    #expect(try await first.build("--store", store.url, "--quiet").status == 0)
    store.state.withLock { state in
      state.asked = []
      state.dies = 2
    }
    let second = try SharingMachine()
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
    let machine = try SharingMachine()
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
    let machine = try SharingMachine()
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
