import BookModel
import Foundation
import Support
import Testing

@testable import BookBuilding

/// How a book is divided into shares.
@Suite struct DivisionTests {
  /// Of random books: few chapters and many, equal ones and a giant, costs of 0.
  private static func book(_ random: inout SeededGenerator) -> [Division.Item] {
    let count = Int.random(in: 0...40, using: &random)
    let most = [0, 3, 1000, 5_000_000].randomElement(using: &random)!
    return (0..<count).map {
      Division.Item(name: "\($0)-ä.md", milliseconds: Int.random(in: 0...most, using: &random))
    }
  }

  private static func members(
    _ division: Division, _ items: [Division.Item], _ number: Int, of count: Int
  ) throws -> [Division.Item] {
    let share = try Share("\(number)/\(count)")
    return items.filter { division.contains($0.name, in: share) }
  }

  /// Complete and without overlap for every number of shares, also for more than there are chapters; in
  /// whatever order the chapters come; and no share has more to do than it must by much.
  @Test func sharesArePartitions() throws {
    var random = SeededGenerator(seed: 20)
    for _ in 0..<50 {
      let items = Self.book(&random)
      for count in Array(1...12) + [items.count, items.count + 1, 10_000] where count > 0 {
        let division = Division(items, into: count)
        #expect(Division(items.shuffled(using: &random), into: count) == division)
        let filled = Array(1...min(count, max(1, items.count)))
        var seen: [String] = []
        var loads: [Int] = []
        for number in filled {
          let own = try Self.members(division, items, number, of: count)
          seen += own.map(\.name)
          loads.append(own.reduce(0) { $0 + $1.milliseconds })
        }
        #expect(seen.count == items.count && Set(seen) == Set(items.map(\.name)))
        if count > items.count {
          #expect(try Self.members(division, items, count, of: count).isEmpty)
        }
        // Graham's bound needs the best division; what no division can be below does as well.
        let total = items.reduce(0) { $0 + $1.milliseconds }
        let longest = items.map(\.milliseconds).max() ?? 0
        #expect(loads.max()! <= total / count + longest)
      }
    }
  }

  /// Nothing of a machine or a process is part of it.
  @Test func theDivisionIsTheSameEverywhere() {
    let items = (1...30).map { Division.Item(name: "\($0).md", milliseconds: $0 * $0 % 17 * 100) }
    #expect(Division(items, into: 4).digest == "9e5717e1")
    #expect(Division(items, into: 7).digest == "c50f2b62")
    #expect(Division([], into: 7).digest != Division([], into: 8).digest)
  }

  @Test(arguments: [
    ("a/b", "share 'a/b' is none; '3/16' is the third of sixteen"),
    ("3", "share '3' is none; '3/16' is the third of sixteen"),
    ("", "share '' is none; '3/16' is the third of sixteen"),
    ("1/2/3", "share '1/2/3' is none; '3/16' is the third of sixteen"),
    ("-1/4", "share '-1/4' is none; '3/16' is the third of sixteen"),
    ("1/ 4", "share '1/ 4' is none; '3/16' is the third of sixteen"),
    ("1/", "share '1/' is none; '3/16' is the third of sixteen"),
    (
      "1/99999999999999999999",
      "share '1/99999999999999999999' is none; '3/16' is the third of "
        + "sixteen"
    ),
    ("0/4", "share '0/4' does not exist; the shares of 4 are '1/4' to '4/4'"),
    ("5/4", "share '5/4' does not exist; the shares of 4 are '1/4' to '4/4'"),
    ("2/1", "share '2/1' does not exist; the only share of 1 is '1/1'"),
    ("1/0", "share '1/0' is one of none; a book has at least one share, which is '1/1'"),
    ("0/0", "share '0/0' is one of none; a book has at least one share, which is '1/1'"),
  ])
  func whatIsNoShareIsSaid(_ text: String, _ words: String) {
    #expect(throws: Share.Mistake(summary: words)) { try Share(text) }
  }

  @Test func durationsAreReadAsTheyAreWritten() throws {
    var random = SeededGenerator(seed: 21)
    for _ in 0..<100 {
      var durations = Durations()
      for index in 0..<Int.random(in: 0...9, using: &random) {
        durations.milliseconds["\(index) a chapter.md"] = Int.random(
          in: 0...10_000_000, using: &random)
      }
      #expect(try Durations(text: durations.text, file: "times") == durations)
    }
    #expect(Durations(["10.md": 7, "2.md": 61_250]).text == "61.250 2.md\n0.007 10.md\n")
    #expect(
      try Durations(text: "3 a.md\r\n0.5 b.md\n\n", file: "times").milliseconds
        == ["a.md": 3000, "b.md": 500])
  }

  @Test(arguments: ["a.md 3", "1.2.3 a.md", "-1 a.md", "1e9 a.md", "3", "99999999 a.md", "1. a.md"])
  func whatIsNoDurationIsSaid(_ line: String) {
    let error = #expect(throws: DiagnosticError.self) {
      try Durations(text: "1.5 b.md\n\(line)\n", file: "times")
    }
    #expect(
      DiagnosticPrinter().text(for: error?.diagnostics ?? [])
        == """
        times:2:1: error: line '\(line)' is no duration; one reads '12.345 07-width.md': seconds and a \
        chapter's file [malformed-duration]

        """)
  }
}
