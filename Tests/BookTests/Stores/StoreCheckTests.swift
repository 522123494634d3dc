import BookModel
import Foundation
import HostSystem
import Testing

@testable import CellRunning
@testable import SharedStores

/// `nnbook check --store`.
@Suite struct StoreCheckTests {
  private let store = try! TestStore()

  private func check(_ machine: SharingMachine, _ arguments: String...) async throws -> CommandRun {
    try await CommandRun(["check", "--store", store.url] + arguments, in: machine.folder.path)
  }

  private func words(_ run: CommandRun) -> String {
    run.errors.replacing(store.url, with: "URL")
  }

  /// Puts something else in the place of what the store holds, with digests that fit: as somebody could
  /// who may write to it.
  private func forge(_ change: ([UInt8]) throws -> [UInt8]) throws {
    let keys = store.state.withLock { $0.entries.keys.filter { $0.hasPrefix("/ac/") } }
    for key in keys {
      try store.state.withLock { state in
        let message = try #require(ActionResult(encoded: state.entries[key]!))
        let name = String(key.dropFirst("/ac/".count))
        let payload = try #require(
          SharedEntry.payload(of: state.entries["/cas/" + message.digest]!, for: name))
        let content = SharedEntry.encoded(try change(payload), for: name)
        let digest = SHA256.digest(of: content)
        state.entries["/cas/" + digest] = content
        state.entries[key] = ActionResult(digest: digest, size: content.count).encoded
      }
    }
  }

  private func forge(_ old: String, _ new: String) throws {
    precondition(old.utf8.count == new.utf8.count)
    try forge { payload in
      var bytes = Data(payload)
      while let place = bytes.range(of: Data(old.utf8)) {
        bytes.replaceSubrange(place, with: Data(new.utf8))
      }
      return Array(bytes)
    }
  }

  @Test func whatTheStoreHoldsIsWhatTheCellsGive() async throws {
    let machine = try SharingMachine(isLive: true)
    #expect(try await machine.build("--quiet", "--store", store.url).transcript == "exit 0\n")
    let puts = store.asked.count { $0.hasPrefix("PUT") }
    let whole = try await check(machine)
    #expect(whole.status == 0 && whole.errors.isEmpty, "\(whole.transcript)")
    #expect(whole.output.hasSuffix("Compared 3 of 3 chapters with the store\n"))
    let one = try await check(machine, "--sample", "1")
    #expect(one.output.hasSuffix("Compared 1 of 3 chapters with the store\n"))
    #expect(store.asked.count { $0.hasPrefix("PUT") } == puts)

    try forge("a word", "a lie!")
    let lie = try await check(machine)
    #expect(lie.status == 1)
    #expect(
      words(lie)
        == """
        chapters/02-words.md:5:1: error: cell gives another result here than the store 'URL' holds \
        for it [store-differs]
        note: the store has 'a lie!', here it is 'a word'

        """)
    try forge { payload in
      // Formulas are no results.
      guard var run = try? StoredRun(encoded: payload[...]) else { return payload }
      run.result.liveModule?.bytes[40] ^= 1
      return run.encoded()
    }
    let module = try await check(machine)
    #expect(
      words(module).contains(
        "chapters/03-alive.md:5:4: error: the module of the live cells is another one here than the "
          + "store 'URL' holds [store-differs]\n"), "\(words(module))")
  }

  /// Also of a chapter that has no cell.
  @Test func aFormulaThatDiffersIsNamed() async throws {
    let machine = try SharingMachine()
    try machine.folder.write(
      "---\ntitle: Prose\n---\n\nLet $q + 1$ and\n\n$$q - 1$$\n", to: "chapters/03-prose.md")
    #expect(try await machine.build("--quiet", "--store", store.url).transcript == "exit 0\n")
    let whole = try await check(machine)
    #expect(whole.status == 0 && whole.errors.isEmpty, "\(whole.transcript)")
    #expect(whole.output.hasSuffix("Compared 3 of 3 chapters with the store\n"))
    // Of all formulas one has a plus.
    try forge(">+\u{3C}/mo", ">*\u{3C}/mo")
    let lie = try await check(machine)
    #expect(lie.status == 1)
    #expect(
      words(lie) == """
        chapters/03-prose.md:5:5: error: formula is set otherwise here than the store 'URL' holds it \
        [store-differs]

        """)
    // A machine that is trusted mends it.
    #expect(
      try await machine.build("--quiet", "--rerun", "--store", store.url).transcript == "exit 0\n")
    let mended = try await check(machine)
    #expect(mended.status == 0, "\(mended.transcript)")
  }

  @Test func whatChangesIsNotTakenForALie() async throws {
    let machine = try SharingMachine()
    try machine.folder.write(
      "---\ntitle: Chance\n---\n\n```swift\nprint(UInt64.random(in: 0 ... .max))\n```\n",
      to: "chapters/02-words.md")
    #expect(try await machine.build("--quiet", "--store", store.url).status == 0)
    try machine.folder.write(
      try machine.folder.read("chapters/01-numbers.md").replacing("[1, 2, 3]", with: "[1, 2, 4]"),
      to: "chapters/01-numbers.md")
    let run = try await check(machine)
    #expect(run.status == 1)
    #expect(run.errors.contains("[changing-result]") && !run.errors.contains("[store-differs]"))
    #expect(
      run.output.hasSuffix(
        "Compared 1 of 2 chapters with the store; 1 of the 2 looked for are not there\n"),
      "\(run.transcript)")
  }

  @Test func aValueThatDiffersIsNamed() async throws {
    let machine = try SharingMachine()
    for name in ["01-numbers.md", "02-words.md"] {
      try FileSystem.remove(machine.folder.file("chapters/" + name))
    }
    try machine.folder.write(
      "---\ntitle: A\n---\n\nSeen `{swift} 776655 + 1` times.\n", to: "chapters/a.md")
    #expect(try await machine.build("--quiet", "--store", store.url).status == 0)
    try forge("776656", "999999")
    let run = try await check(machine)
    #expect(run.status == 1)
    #expect(
      words(run).contains(
        "error: value is '776656' here, and the store 'URL' holds '999999' for it [store-differs]"),
      "\(words(run))")
    store.stop()
    let down = try await check(machine)
    #expect(down.status == 1 && down.errors.contains("[store-unreachable]"))
    let wrong = try await check(machine, "--sample", "0")
    #expect(wrong.status == 64)
    #expect(wrong.errors.hasPrefix("Error: --sample is at least 1, not 0\n"))
    let both = try await check(machine, "--accept")
    #expect(both.errors.hasPrefix("Error: --store and --accept exclude each other\n"))
  }
}
