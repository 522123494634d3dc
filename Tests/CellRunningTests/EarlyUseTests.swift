import BookModel
import ChapterParsing
import Foundation
import HostSystem
import Testing

@testable import CellRunning

/// Chapters in `Cases` named `early-…` have the messages; here is what must not be told.
@Suite struct `Uses above the declaration` {
  @Test func `are found in no chapter of the book`() throws {
    let folder = String(#filePath.split(separator: "/Tests/")[0]) + "/chapters"
    let names = FileSystem.names(in: folder).filter { $0.hasSuffix(".md") }
    #expect(!names.isEmpty)
    for name in names {
      let bytes = try FileSystem.read(folder + "/" + name)
      let chapter = try #require(ChapterParser().parse(bytes: bytes, path: name).0)
      let found = Scope.all(of: chapter).flatMap(\.earlyUses.found)
      #expect(found == [], "\(name)")
      #expect(!Scope.all(of: chapter).contains { $0.earlyUses.mayHideMore }, "\(name)")
    }
  }

  @Test(arguments: [
    "func f() -> Int { later }",
    "let f = { later }",
    "let f: [() -> Int] = [{ later }]",
    "Task { print(later) }",
    "struct S { var later = 1; var twice: Int { later * 2 } }\nS().twice",
    "func f(_ later: Int) -> Int { later }\nf(1)",
    "[1].map { later in later }",
    "for later in [1] { print(later) }",
    "if let later = Int(\"1\") { print(later) }",
    "switch 1 { case let later: print(later) }",
    "enum E { case later }\nlet e: E = .later",
    "[[1]].map(\\.later)",
    "f(later: 1)",
    "x.later",
    "#if DEBUG\nprint(later)\n#endif",
    "var computed: Int { later }",
    "enum Error: Swift.Error { case later(Int) }\ndo {} catch Error.later(let later) { print(later) }",
    "protocol P {}\nextension P { var f: Int { later } }\nstruct S: P { }\nprint(S())",
  ]) func `are not seen in what only looks like one`(_ code: String) throws {
    #expect(try uses(code) == [])
  }

  @Test(arguments: [
    ("print(later)", "later"),
    ("let f = later + 1", "later"),
    ("let f = { later }()", "later"),
    ("[1].map { $0 + later }", "later"),
    ("func f() -> Int { later }\nf()", "f: later"),
    ("let f = { later }\nlet g = { f() }\nprint(g())", "g: later"),
    ("struct S { let a = later }\nprint(S())", "S: later"),
    ("struct S { static let a = later }\nprint(S.a)", "S: later"),
    ("var computed: Int { later }\nprint(computed)", "computed: later"),
    ("print(\"it is \\(later)\")", "later"),
    ("later = 3", "later"),
    ("guard let a = later else { fatalError() }", "later"),
  ]) func `are seen however they come about`(_ code: String, _ use: String) throws {
    #expect(try uses(code) == [use])
  }

  /// The compiler is asked, which takes a moment, where members make an early use possible.
  @Test(arguments: [
    ("extension Int { var f: Int { self + later } }", true),
    ("struct S: Equatable { func f() -> Int { later } }", true),
    ("extension Int { var f: Int { self + own } }", false),
    ("extension Int { func f(later: Int) -> Int { later } }", false),
    ("struct S { func f() -> Int { later } }", false),
    ("print(1)", false),
  ]) func `may hide in members`(_ code: String, _ isPossible: Bool) throws {
    let chapter = try chapter(
      "```swift\nlet own = 2\n\(code)\nprint(own)\n```\n\n```swift\nvar later: Int! = 1\n```\n")
    #expect(Scope.all(of: chapter)[0].earlyUses.mayHideMore == isPossible)
  }

  private func uses(_ code: String) throws -> [String] {
    let chapter = try chapter("```swift\n\(code)\n```\n\n```swift\nvar later: Int! = 1\n```\n")
    return Scope.all(of: chapter).flatMap(\.earlyUses.found).map { use in
      (use.through.map { $0 + ": " } ?? "") + use.variable
    }
  }
}
