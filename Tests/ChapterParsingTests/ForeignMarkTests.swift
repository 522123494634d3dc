import BookModel
import ChapterParsing
import Testing

/// Marks of other tools, in lines of their own and in sentences: each says what to write here.
struct ForeignMarkTests {
  @Test(arguments: marks)
  func `a mark of another tool has its message`(_ mistake: Mistake) {
    let (_, diagnostics) = ChapterParser().parse(
      bytes: Array(("# T\n\n" + mistake.text).utf8), path: "a.md")
    #expect(headlines(diagnostics) == mistake.printed, "\(mistake.text)")
  }
}

private let ofFiles =
  "code of a file is shown by a fence, '```swift from=code/model.swift', and other text stands in the "
  + "chapter itself"
private let noComponents = "chapters have no components; Markdown and cells are all that they hold"

private func foreign(_ line: Int, _ column: Int, _ mark: String, _ advice: String) -> String {
  "a.md:\(line):\(column): error: '\(mark)' is text here; \(advice) [foreign-mark]"
}

private let marks: [Mistake] = [
  // Lines of other tools.
  Mistake(
    "=== \"Tab\"\n\n/// note\nx\n///\n\n--8<-- \"a.md\"\n",
    [
      foreign(3, 1, "=== \"Tab\"", "tabs stand in a quote that begins with '> [!TABS]'"),
      foreign(5, 1, "/// note", "a note is written '> [!NOTE]'"),
      foreign(9, 1, "--8<-- \"a.md\"", ofFiles),
    ].joined(separator: "\n")),
  Mistake(
    "> (my-label)=\n> Text.\n\n- % a comment\n\n%%hidden%%\n\n+++ {\"a\": 1}\n\n+++\n",
    [
      foreign(
        3, 3, "(my-label)=", "a section is named after its words: '## Setup {#sec-setup}'"),
      foreign(6, 3, "% a comment", "a comment is written '<!-- … -->'"),
      foreign(8, 1, "%%hidden%%", "a comment is written '<!-- … -->'"),
      foreign(10, 1, "+++ {\"a\": 1}", "each fence is a cell by itself; leave the line out"),
      foreign(12, 1, "+++", "each fence is a cell by itself; leave the line out"),
    ].joined(separator: "\n")),
  Mistake(
    "{.lead}\nText.\n\n{: .no_toc}\n\nTerm\n:   What it means\n",
    [
      foreign(3, 1, "{.lead}", "attributes have no meaning; leave them out"),
      foreign(6, 1, "{: .no_toc}", "attributes have no meaning; leave them out"),
      foreign(
        9, 1, ":", "a list of definitions is written as a list, '- **Term.** What it means'"),
    ].joined(separator: "\n")),
  Mistake(
    "import X from './x'\n\nexport const a = 1\n",
    foreign(3, 1, "import X from './x'", noComponents) + "\n"
      + foreign(5, 1, "export const a = 1", noComponents)),
  Mistake(
    "``swift\nprint(1)\n``\n\n'''swift\nprint(1)\n'''\n",
    foreign(
      3, 1, "``swift", "a cell begins with a line of three back-quotes and its language, '```swift'"
    )
      + "\n"
      + foreign(
        7, 1, "'''swift",
        "a cell begins with a line of three back-quotes and its language, '```swift'")),
  Mistake(
    "{{< video https://a.b/c >}}\n\n{{#rustdoc_include a_b.rs:c}}\n\n{{< pagebreak >}}\n\n{{#title T}}\n",
    [
      foreign(
        3, 1, "{{< video https://a.b/c >}}",
        "chapters have no templates, and cells read files of 'data/'"),
      foreign(5, 1, "{{#rustdoc_include a_b.rs:c}}", ofFiles),
      foreign(7, 1, "{{< pagebreak >}}", "pages break by themselves; leave it out"),
      foreign(9, 1, "{{#title T}}", "the title stands in the front matter, 'title: …'"),
    ].joined(separator: "\n")),
  Mistake(
    ".. note::\n\n   Text.\n\n.. toctree::\n\n.. plot::\n",
    [
      foreign(3, 1, ".. note::", "a note is written '> [!NOTE]'"),
      foreign(7, 1, ".. toctree::", "every page has its contents beside it"),
      foreign(9, 1, ".. plot::", "directives have no meaning; leave it out"),
    ].joined(separator: "\n")),
  Mistake(
    "::: {.callout-tip collapse=\"true\"}\nx\n:::\n\n::: {.panel-tabset}\n\n:::: {.columns}\n\n:::info T\n\n"
      + "::: {#fig-a layout-ncol=2}\n\n::: {.theorem}\n",
    [
      (3, "a note is written '> [!TIP]'"),
      (7, "tabs stand in a quote that begins with '> [!TABS]'"),
      (9, "columns have no meaning; figures beside each other stand in '> [!FIGURES]'"),
      (11, "a note is written '> [!NOTE]'"), (13, "figures in parts stand in '> [!FIGURES]'"),
      (15, "what a text states is written '> [!THEOREM]'"),
    ].map { foreign($0.0, 1, ":::", $0.1) }.joined(separator: "\n")),
  // Marks in sentences.
  Mistake(
    "By \\cite{a}, \\textbf{b}, \\section*{c}, \\footnote{d}, \\url{e} and \\label{f}.\n\n\\newpage\n",
    [
      foreign(3, 4, "\\cite{a}", "a citation is written '[@key]'"),
      foreign(
        3, 14, "\\textbf{b}", "words are marked as '**bold**', '*so*' and, as code, in back-quotes"),
      foreign(3, 26, "\\section*{c}", "a heading is written '## Words'"),
      foreign(
        3, 40, "\\footnote{d}", "a footnote is written '[^1]', and its text '[^1]: …' below"),
      foreign(3, 54, "\\url{e}", "a link is written '[text](address)'"),
      foreign(
        3, 66, "\\label{f}", "a name stands in braces after what it names, '{#sec-setup}'"),
      foreign(5, 1, "\\newpage", "pages are laid out by themselves; leave it out"),
    ].joined(separator: "\n")),
  Mistake(
    "Press ++ctrl+c++ and :smile: now, as :ref:`a` says and {cite}`b`.\n",
    [
      foreign(3, 7, "++ctrl+c++", "keys are written '<kbd>Ctrl</kbd>'"),
      foreign(3, 22, ":smile:", "write the sign itself, or leave it out"),
      "a.md:3:38: error: role ':ref:' is text here; a reference is written '[](#a)' [foreign-mark]",
      "a.md:3:56: error: role '{cite}' is text here; a citation is written '[@b]' [foreign-mark]",
    ].joined(separator: "\n")),
  Mistake(
    "So {swift 1 + 1} and {swift} 2.\n\n[a][nope] and [b][], [c] (d.md) and (e)[f.md].\n",
    [
      foreign(
        3, 4, "{swift 1 + 1}",
        "a value in a sentence stands in back-quotes, as in '`{swift} net.count`'"),
      foreign(
        3, 22, "{swift} 2.",
        "a value in a sentence stands in back-quotes, as in '`{swift} net.count`'"),
      foreign(
        5, 1, "[a][nope]",
        "a link is written '[text](address)', or has its address on a line of its own, '[name]: address'"
      ),
      foreign(
        5, 15, "[b][]",
        "a link is written '[text](address)', or has its address on a line of its own, '[name]: address'"
      ),
      foreign(
        5, 22, "[c] (d.md)",
        "a link is written '[text](address)', with nothing between the brackets"),
      foreign(
        5, 37, "(e)[f.md]", "a link is written '[text](address)', the other way round"),
    ].joined(separator: "\n")),
  Mistake(
    "So \\\\( x \\\\) and\n\n\\\\[ y \\\\]\n",
    "a.md:3:4: error: '\\\\( x \\\\)' is text in brackets; a formula is written '$x$' [tex-delimiter]\n"
      + "a.md:5:1: error: '\\\\[…\\\\]' is text in brackets; a formula on lines of its own is written "
      + "'$$…$$' [tex-delimiter]"),
  Mistake(
    "\\begin{figure}\n\n\\begin{tabular}{c}\n\n\\begin{itemize}\n\n\\begin{lemma}\n\n\\begin{minted}\n",
    [
      (3, "figure", "a figure is written '![what it shows](file.svg \"Caption\")'"),
      (5, "tabular", "a table is written '| a | b |', as in Markdown"),
      (7, "itemize", "a list is written '- item' or '1. item'"),
      (9, "lemma", "what a text states is written '> [!LEMMA]'"),
      (11, "minted", "code stands in a fence, '```python'"),
    ].map {
      "a.md:\($0.0):1: error: '\\begin{\($0.1)}' stands outside of a formula; \($0.2) [tex-delimiter]"
    }.joined(separator: "\n")),
  Mistake(
    "> [!INFO]\n> x\n\n> [!DANGER]\n> y\n",
    "a.md:3:3: error: note '[!INFO]' doesn't exist; did you mean '[!NOTE]'? [unknown-alert]\n"
      + "a.md:6:3: error: note '[!DANGER]' doesn't exist; did you mean '[!CAUTION]'? [unknown-alert]"
  ),
  Mistake(
    "## A b { #custom .cls }\n",
    "a.md:3:8: error: '{ #custom .cls }' after a heading has no meaning; only a name such as "
      + "'{#sec-a-b}' has [heading-attributes]"),
  Mistake(
    "{{#include a.rs}} and {{< video a >}}\n",
    "a.md:3:1: error: '{{#include a.rs}}' is text here; \(ofFiles) [foreign-mark]"),
]
