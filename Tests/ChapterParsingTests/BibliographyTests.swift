import BookModel
import ChapterParsing
import Testing

@Suite struct BibliographyTests {
  private func parse(
    _ text: String, _ format: Bibliography.Format
  ) -> (keys: [String], messages: String) {
    let (bibliography, problems) = BibliographyParser().parse(
      bytes: Array(text.utf8), path: "r.\(format.rawValue)", format: format)
    let keys = (bibliography?.keys ?? []).map {
      "\($0.value) \($0.range.start.line):\($0.range.start.column)"
    }
    return (keys, DiagnosticPrinter().text(for: problems))
  }

  @Test func keysOfBibTeX() {
    let text = """
      A comment with @ in it, and me@example.org
      @string{nature = "Nature"}
      @comment{ @book{none, title = {x}} }
      @article{one, title = {With {@book{inner,} braces} and \\} one}, journal = nature}
      @Book( two ,
        title = "Parentheses (and more)" )
        @misc {three:2001/a,
        note = {x}
      }
      """
    let (keys, messages) = parse(text, .bibTeX)
    #expect(keys == ["one 4:10", "two 5:8", "three:2001/a 7:10"])
    #expect(messages == "")
  }

  @Test func whatIsNeverClosedHidesOneWorkAlone() {
    #expect(parse("@book{a, title={x\n@book{b, title={y}}\n", .bibTeX).keys == ["a 1:7", "b 2:7"])
  }

  @Test func keysOfJSON() {
    let (keys, messages) = parse(
      "[{\"id\": \"one\", \"title\": \"@x\"},\n {\"type\": \"book\", \"id\": \"two\"}]", .json)
    #expect(keys == ["one 1:1", "two 2:1"])
    #expect(messages == "")
    #expect(
      parse("{\"id\": 1}", .json).messages
        == "r.json:1:1: error: 'r.json' is no CSL-JSON, which is a list of works: [{\"id\": \"…\", "
        + "…}, …] [bibliography]\n  {\"id\": 1}\n  ^\n")
  }

  @Test func aKeyStandsForOneWork() {
    #expect(
      parse("@book{a, title={x}}\n@book{a, title={y}}\n", .bibTeX).messages
        == """
        r.bib:2:7: error: key 'a' is given twice in r.bib [duplicate-key]
          @book{a, title={y}}
                ^
        r.bib:1:7: note: first given here

        """)
  }

  @Test(arguments: [
    (
      "citations: numbred",
      "book.yml:1:12: error: value 'numbred' of 'citations' must be 'author-year', 'numbered' or the "
        + "name of a file that ends in '.csl'; did you mean 'numbered'? [yaml-value]"
    ),
    (
      "bibliography: works.txt",
      "book.yml:1:15: error: value 'works.txt' of 'bibliography' must name a file of BibTeX or "
        + "CSL-JSON, such as 'references.bib' or 'references.json' [yaml-value]"
    ),
    (
      "bibliografy: a.bib",
      "book.yml:1:1: error: key 'bibliografy' doesn't exist in book.yml; did you mean 'bibliography'? "
        + "[unknown-key]"
    ),
  ])
  func settings(text: String, message: String) {
    let (_, problems) = BookSettingsParser().parse(bytes: Array(text.utf8), path: "book.yml")
    #expect(DiagnosticPrinter().text(for: problems).hasPrefix(message))
  }

  @Test func styles() {
    func style(_ text: String) -> CitationStyle {
      BookSettingsParser().parse(bytes: Array("citations: \(text)".utf8), path: "b").0.citationStyle
    }
    #expect(style("author-year") == .authorYear)
    #expect(style("numbered") == .numbered)
    guard case .file(let name) = style("ieee.csl") else { Issue.record(); return }
    #expect(name.value == "ieee.csl")
  }
}
