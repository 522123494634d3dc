import BookModel
import ChapterParsing
import Foundation
import HostSystem
import PageRendering
import Testing

@testable import BookBuilding

/// The real processor.
@Suite struct PandocTests {
  let folder = try! TemporaryFolder()

  static let works = """
    @article{rumelhart1986, author = {Rumelhart, David E. and Hinton, Geoffrey E.},
      title = {Learning Representations}, journal = {Nature}, year = 1986, doi = {10.1038/323533a0}}
    @book{minsky1969, author = {Minsky, Marvin}, title = {Perceptrons}, publisher = {MIT Press},
      year = 1969}
    """

  private func request(
    _ groups: [String], _ style: CitationStyle = .authorYear, language: String = "en",
    works: String = Self.works
  ) throws -> Pandoc.Request {
    let (bibliography, problems) = BibliographyParser().parse(
      bytes: Array(works.utf8), path: "r.bib", format: .bibTeX)
    #expect(problems.isEmpty)
    return Pandoc.Request(
      groups: groups, bibliography: try #require(bibliography), style: style, language: language)
  }

  private func words(_ works: CitedWorks, _ group: String) -> String {
    (works.groups[group] ?? []).map { piece in
      switch piece {
      case .markup(let text): text
      case .work(let key, let text): "{\(key)|\(text)}"
      }
    }.joined()
  }

  @Test func authorsAndYears() async throws {
    let groups = [
      "[see @minsky1969, p. 12; @rumelhart1986]", "@minsky1969 [p. 3]", "[-@minsky1969]",
    ]
    let works = try await Pandoc().format(try request(groups))
    #expect(
      groups.map { words(works, $0) } == [
        "(see {minsky1969|Minsky 1969, 12}; {rumelhart1986|Rumelhart and Hinton 1986})",
        "Minsky ({minsky1969|1969, 3})", "({minsky1969|1969})",
      ])
    #expect(works.entries.map(\.key) == ["minsky1969", "rumelhart1986"])
    #expect(works.entries[0].markup == "Minsky, Marvin. 1969. <em>Perceptrons</em>. MIT Press.")
    let german = try await Pandoc().format(try request(["@rumelhart1986"], language: "de"))
    #expect(words(german, "@rumelhart1986").hasPrefix("Rumelhart und Hinton"))
  }

  @Test func numbers() async throws {
    let groups = ["[@rumelhart1986]", "[@minsky1969, p. 12; @rumelhart1986]"]
    let works = try await Pandoc().format(try request(groups, .numbered))
    #expect(
      groups.map { words(works, $0) } == [
        "[{rumelhart1986|1}]", "[{rumelhart1986|1}, {minsky1969|2, p. 12}]",
      ])
    #expect(works.entries.map(\.key) == ["rumelhart1986", "minsky1969"])
    #expect(
      works.entries[1].markup == "<div class=\"csl-left-margin\">[2] </div>"
        + "<div class=\"csl-right-inline\">M. Minsky, <em>Perceptrons</em>. MIT Press, 1969.</div>")
  }

  @Test func whatIsWrittenIntoACitationIsText() async throws {
    let groups = [
      "[see <script>x</script> \\input{a} $x$ @minsky1969]", "[![x](/etc/passwd) @minsky1969]",
    ]
    let works = try await Pandoc().format(try request(groups))
    #expect(
      words(works, groups[0])
        == "(see &lt;script&gt;x&lt;/script&gt; \\input{a} $x$ {minsky1969|Minsky 1969})")
    #expect(!words(works, groups[1]).contains("img"))
  }

  @Test func aFileThatItCannotReadIsTold() async throws {
    let bad = try request(["[@a]"], works: "@book{a, title = {x\n")
    await #expect(throws: Pandoc.Failure.malformed("unexpected end of input", line: 2)) {
      try await Pandoc().format(bad)
    }
    let good = try request(["[@minsky1969]"])
    await #expect(throws: Pandoc.Failure.missing) {
      try await Pandoc(program: nil).format(good)
    }
  }

  @Test func anAnswerIsKeptUntilTheQuestionChanges() async throws {
    let question = try request(["[@minsky1969]", "@rumelhart1986"], .numbered)
    let works = try await Pandoc().format(question)
    let store = CitationStore(path: folder.file("citations"))
    store.keep(works, for: question.key("1"))
    #expect(store.works(for: question.key("1")) == works)
    var others = [try request(["[@minsky1969]"], .numbered), try request(question.groups)]
    others.append(try request(question.groups, .numbered, language: "de"))
    others.append(try request(question.groups, .numbered, works: Self.works + "\n"))
    for other in others { #expect(store.works(for: other.key("1")) == nil) }
    #expect(store.works(for: question.key("2")) == nil)
    try folder.write("x", to: "citations")
    #expect(store.works(for: question.key("1")) == nil)
  }

  @Test func aBookCitesOnlyWhereItIsThere() async throws {
    try folder.write("# A\n\nAs [@minsky1969].\n", to: "chapters/01-a.md")
    try folder.write(Self.works, to: "chapters/references.bib")
    try folder.write("#!/bin/sh\nexit 3\n", to: "bin/pandoc")
    let missing = try await CommandRun(
      ["build", "--quiet"], in: folder.path, environment: ["PATH": folder.file("none")])
    #expect(
      missing.errors
        == "warning: citations are shown as they are written, because 'pandoc' is not installed; "
        + "'apt install pandoc' mends this [no-pandoc]\n")
    #expect(try folder.read("site/01-a.html").contains("<p>As [@minsky1969].</p>"))
    #expect(chmod(folder.file("bin/pandoc"), 0o755) == 0)
    let broken = try await CommandRun(
      ["build", "--quiet"], in: folder.path,
      environment: ["PATH": folder.file("bin") + ":/usr/bin:/bin"])
    #expect(
      broken.errors
        == "warning: citations are shown as they are written, because pandoc failed: no answer "
        + "[pandoc-failed]\n")
    let run = try await CommandRun(["build", "--quiet"], in: folder.path)
    #expect(run.transcript == "exit 0\n", "\(run.transcript)")
  }

  @Test func pagesFollowTheBibliography() async throws {
    try folder.write("# A\n\nAs [@minsky1969], and [@rumelhart1986].\n", to: "chapters/01-a.md")
    try folder.write(Self.works, to: "chapters/works.bib")
    try folder.write("bibliography: works.bib\ncitations: numbered\n", to: "chapters/book.yml")
    let run = try await CommandRun(["build", "--quiet"], in: folder.path)
    #expect(run.transcript == "exit 0\n", "\(run.transcript)")
    let page = try folder.read("site/01-a.html")
    #expect(page.contains("href=\"#ref-minsky1969\"") && page.contains("MIT Press"))
    try folder.write(Self.works + "@book{new, title = {x\n", to: "chapters/works.bib")
    let broken = try await CommandRun(["build", "--quiet"], in: folder.path)
    #expect(
      broken.transcript.contains(
        "chapters/works.bib:5:1: error: bibliography cannot be read: unexpected end of input "
          + "[bibliography]"), "\(broken.transcript)")
  }

  @Test(arguments: [
    (
      "bibliography: wroks.bib",
      "chapters/book.yml:1:15: error: bibliography 'wroks.bib' is not in folder 'chapters'; did you "
        + "mean 'works.bib'? [bibliography]"
    ),
    (
      "bibliography: folder.bib",
      "error: bibliography 'folder.bib' cannot be read: is a directory [bibliography]"
    ),
    (
      "bibliography: ../works.bib",
      "error: bibliography '../works.bib' lies outside of the book; copy it into folder 'chapters' "
        + "[bibliography]"
    ),
    (
      "bibliography: works.bib\ncitations: note.csl",
      "chapters/book.yml:2:12: error: citation style 'note.csl' puts citations into notes; pages show "
        + "them in the text, as styles of the class 'in-text' do [bibliography]"
    ),
    (
      "bibliography: works.bib\ncitations: other.csl",
      "error: 'other.csl' is no citation style, which is a file of the Citation Style Language "
        + "[bibliography]"
    ),
    (
      "bibliography: works.bib\ncitations: oter.csl",
      "error: citation style 'oter.csl' is not in folder 'chapters'; did you mean 'other.csl'? "
        + "[bibliography]"
    ),
  ])
  func settings(text: String, message: String) async throws {
    try folder.write("# A\n\nText.\n", to: "chapters/01-a.md")
    try folder.write(Self.works, to: "chapters/works.bib")
    try folder.write("<style class=\"note\"></style>", to: "chapters/note.csl")
    try folder.write("<style></style>", to: "chapters/other.csl")
    try FileSystem.makeFolder(folder.file("chapters/folder.bib"))
    try folder.write(text + "\n", to: "chapters/book.yml")
    let run = try await CommandRun(["build", "--quiet"], in: folder.path)
    #expect(run.transcript.contains(message), "\(run.transcript)")
  }
}
