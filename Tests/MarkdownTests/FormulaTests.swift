import Markdown
import Testing

struct FormulaTests {
  @Test(
    arguments: [
      ("$x$", ["x"]), ("a $x_1 * y_2$ b", ["x_1 * y_2"]), ("$5 and $6", []), ("$5, $6", []),
      ("from $5 to $10", []), ("US$5 and CA$6", []), ("$ x$", []), ("$x $", []), ("\\$x$", []),
      ("$x\\$y$", ["x\\$y"]), ("`$x$`", []), ("$a `$` b$", []), ("$`a*b`$", ["a*b"]),
      ("in $$x$$ line", ["x"]), ("$$$x$$$", []), ("$x$5", []), ("$5 is $x$", ["x"]),
      ("($x$)", ["x"]), ("[$x$](a.md)", ["x"]), ("*$x$*", ["x"]), ("$a\nb$", ["a\nb"]),
      ("$x", []), ("$", []), ("$$", []), ("$\\{a\\}$", ["\\{a\\}"]), ("é$x$", []),
      ("$x$ and $y$", ["x", "y"]), ("<a title=\"$x$\">", []), ("$x$é", []), ("**$x$**.", ["x"]),
      ("权重$w$和", ["w"]), ("$a$–$b$", ["a", "b"]), ("$n$×$m$", ["n", "m"]), ("“$x$”", ["x"]),
      ("값$x$는", ["x"]), ("ค่า$x$คือ", ["x"]), ("⚙️$x$…", ["x"]), ("１$x$。", ["x"]),
      ("ж$x$", []), ("$x$²", []), ("٣$x$", []), ("e\u{301}$x$", []), ("€$x$°", ["x"]),
    ] as [(String, [String])])
  func `a dollar opens a formula where a reader sees one`(text: String, formulas: [String]) {
    let found = MarkdownDocument(parsing: text).nodes.compactMap { node -> String? in
      if case .formula(let tex, _) = node.kind { return tex }
      return nil
    }
    #expect(found == formulas)
  }

  @Test func `lines of a block formula are no lists, headings or quotes`() {
    let text = """
      before
      $$
      a
      + b
      - c
      # d
      > e
      = f
      $$ {#eq-f}
      after $$ x $$ {#eq-g}

      $$ y $$ {#eq-h}
      """
    let blocks = MarkdownDocument(parsing: text).nodes.compactMap { node -> FormulaBlock? in
      if case .formulaBlock(let block) = node.kind { return block }
      return nil
    }
    #expect(blocks.map(\.tex) == ["a\n+ b\n- c\n# d\n> e\n= f", "y"])
    #expect(blocks.map(\.label) == ["eq-f", "eq-h"])
    #expect(blocks.map(\.isClosed) == [true, true])
  }

  @Test(arguments: [
    "$x$ costs \\$5 and \\$6", "$`a*b`$", "text $$ x $$ text", "> $$\n> x\n> $$ {#eq-a}",
    "- $$ x $$", "$5 and $6", "> a\n>\n> $$\n> x\n> $$\n>\n> b",
    "- a\n\n  $$\n  x\n  $$\n\n  b", "> - > $$\n>   > x\n>   > $$\n>   >\n>   > b",
  ])
  func `Markdown written from a text has the same formulas`(text: String) {
    let once = MarkdownDocument(parsing: text).render(.markdown)
    let twice = MarkdownDocument(parsing: once)
    #expect(twice.render(.html) == MarkdownDocument(parsing: text).render(.html))
  }

  @Test func `text put in never becomes a formula`() {
    let document = MarkdownDocument(parsing: "A `b` c")
    for node in document.nodes {
      if case .code = node.kind { node.replace(with: [.text("$x$")]) }
    }
    #expect(document.render(.markdown) == "A \\$x\\$ c\n")
    #expect(document.render(.html) == "<p>A $x$ c</p>\n")
  }
}
