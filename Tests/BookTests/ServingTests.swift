import Foundation
import HostSystem
import Testing

@testable import BookBuilding

@Suite struct ServingTests {
  let folder = try! TemporaryFolder()

  @Test(.timeLimit(.minutes(15))) func oneBurstOfChangesIsOneEvent() async throws {
    try folder.write("1", to: "book/a.md")
    var changes = try FileEvents(root: folder.file("book"), quiet: 100).changes()
      .makeAsyncIterator()
    try folder.write("2", to: "book/a.md")
    try folder.write("2", to: "book/b.md")
    #expect(await changes.next() != nil)
    // Nothing waits: what comes next is the change after this line.
    let start = ContinuousClock.now
    Task {
      try await Task.sleep(for: .milliseconds(200))
      try folder.write("3", to: "book/a.md")
    }
    #expect(await changes.next() != nil)
    #expect(ContinuousClock.now - start >= .milliseconds(190))
  }

  @Test(.timeLimit(.minutes(15))) func newFoldersAreWatchedAndHiddenOnesAreNot() async throws {
    try folder.write("1", to: "book/a.md")
    var changes = try FileEvents(root: folder.file("book")).changes().makeAsyncIterator()
    try folder.write("1", to: "book/data/x.csv")
    #expect(await changes.next() != nil)
    try folder.write("1", to: "book/.nnbook/result")
    let start = ContinuousClock.now
    Task {
      try await Task.sleep(for: .milliseconds(200))
      try folder.write("2", to: "book/data/x.csv")
    }
    #expect(await changes.next() != nil)
    #expect(ContinuousClock.now - start >= .milliseconds(190))
  }

  @Test func aServedPageKnowsItsVersion() {
    let page = "<head><script src=\"/-nnbook/reload.js\" defer></script></head>"
    #expect(
      String(decoding: ReloadScript.placed(in: Array(page.utf8), version: 3), as: UTF8.self)
        == "<head><script src=\"/-nnbook/reload.js?version=3\" defer></script></head>")
  }

  @Test func updatesNameWhatChanged() async {
    let site = ServedSite()
    var updates = await site.updates().makeAsyncIterator()
    #expect(await updates.next() == .init(version: 0, changed: [], problems: ""))
    await site.publish(["a.html": [1], "b.html": [1]], problems: "")
    #expect(await updates.next() == .init(version: 1, changed: ["a.html", "b.html"], problems: ""))
    await site.publish(["a.html": [1], "b.html": [1]], problems: "")
    await site.publish(nil, problems: "error: x\n")
    #expect(await updates.next() == .init(version: 2, changed: [], problems: "error: x\n"))
    await site.publish(["a.html": [2], "b.html": [1]], problems: "")
    #expect(await updates.next() == .init(version: 3, changed: ["a.html"], problems: ""))
    #expect(await site.files["b.html"] == [1])
  }

  @Test func aPageThatComesLateHearsOfAllThatChangedSince() async {
    let site = ServedSite()
    await site.publish(["a.html": [1], "b.html": [1], "c.html": [1]], problems: "")
    await site.publish(["a.html": [2], "b.html": [1], "c.html": [1]], problems: "")
    await site.publish(["a.html": [2], "b.html": [2]], problems: "")
    for (since, changed) in [
      (0, ["a.html", "b.html", "c.html"]), (1, ["a.html", "b.html", "c.html"]),
      (2, ["b.html", "c.html"]), (3, []), (9, []),
    ] {
      var updates = await site.updates(since: since).makeAsyncIterator()
      #expect(await updates.next() == .init(version: 3, changed: changed, problems: ""))
    }
  }
}
