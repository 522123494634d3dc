import BookModel
import ChapterParsing
import Testing

/// What looks like mathematics, a cell or a reference, and is text to Markdown: a word for each.
struct LookalikeTests {
  @Test(arguments: lookalikes)
  func `what would be shown as text has its message`(_ mistake: Mistake) {
    let (_, diagnostics) = ChapterParser().parse(
      bytes: Array(("# T\n\n" + mistake.text).utf8), path: "a.md")
    #expect(headlines(diagnostics) == mistake.printed, "\(mistake.text)")
  }

  @Test(arguments: [
    "US$5, 5$, $5 and $6, $1,000.50, $5k, CA$ and US$, the $ sign, $, $$$, a \\$x$.",
    "A `$HOME` and `$a $b`, $x$ and $`y`$; mail me@fig-tree.org or a@b.", "\\(a and b\\]",
    "\\[x\\] and \\[y\\] are brackets.", "- \\[ \\] to do", "Set {a, b} and {x}.",
    "<!--\n```swift\nx\n```\n-->", "<pre>\n```swift\n</pre>", "    let a = 1\n", "::: is no colon?",
    "| a | b |\n| - | - |\n| `x\\|y` | $\\|x\\|$ |",
    "\\==a== and x\\^2^, \\[[a]], 2 == 3, if a==b then c==d.",
    "The matrix [[1, 2], [3, 4]], [[a, b]], y^2 and z^3, a ^ b.",
    "`!!! note`, ~~gone~~, ~all of it~ (~gone~).",
    "W^[1] and a^[l], 2^3^2.", "\\!!! note", "x[1][2], a[i][j] and \\[a][b].", "- [ ] a\n- [x] b",
    "At 10:30: a ratio of 1:2:3, std::sin, a :: b.", "i++ + ++j, C++ and c++11.",
    "Both (a) [1] and [2].",
    "Path C:\\temp, \\newpageless, a \\\\ b.", "A [link] (so) and a note [see below] (p. 3).",
    "50\n% of it\n+ more", "```text\n% a\n+++\n{{< include a >}}\n```",
    "Import a, export b.", "import \"a\" is how.", "Set f: x ↦ y (f(x))=", "-- 8 < 9 --", "/// ",
    "/// starts a comment.",
    ".. and ..",
    "Swift's `{{< include a >}}` and `\\cite{a}`.",
    "=== and === \"",
    "See [a](b.html \"t\")(c)[d] and [x][1] with\n\n[1]: https://a.b", "\\[TOC]", "\\*[HTML]: x",
    "\\{#a}",
  ])
  func `what is meant as it stands has no message`(text: String) {
    let (_, diagnostics) = ChapterParser().parse(
      bytes: Array(("# T\n\n" + text).utf8), path: "a.md")
    #expect(headlines(diagnostics) == (text.hasPrefix(":::") ? colons : ""), "\(text)")
  }

  private var colons: String {
    "a.md:3:1: error: ':::' is text here; a note is written '> [!NOTE]', and what is folded in "
      + "'<details>' [foreign-mark]"
  }

  @Test(arguments: [
    (
      "+++\ntitle = 1\n+++\n",
      "a.md:1:1: error: front matter stands between lines of '---' and is YAML, such as 'title: "
        + "Width', not TOML [front-matter-marks]"
    ),
    (
      "<!-- a\nb -->\n\n---\ntitle: T\n---\n",
      "a.md:4:1: error: front matter must begin on the first line of the file; put the comment below "
        + "it [front-matter-late]"
    ),
  ])
  func `front matter of another kind has its message`(text: String, printed: String) {
    let (_, diagnostics) = ChapterParser().parse(bytes: Array(text.utf8), path: "a.md")
    #expect(headlines(diagnostics) == printed)
  }

  @Test func `a heading can be named`() {
    let text = "# T {#sec-top}\n\n## A *b* {#sec-b}\n\n## A *b*\n\n## Set {a}\n\n## C `{#d}`\n"
    let (chapter, diagnostics) = ChapterParser().parse(bytes: Array(text.utf8), path: "a.md")
    #expect(diagnostics == [])
    #expect(chapter?.headings.map(\.text) == ["T", "A b", "A b", "Set {a}", "C {#d}"])
    #expect(chapter?.headings.map(\.anchor) == ["sec-top", "sec-b", "a-b", "set-a", "c-d"])
    #expect(chapter?.frontMatter.id?.value == "sec-top")
  }
}

private let ofLines =
  "lines are neither numbered nor marked, but '// <1>' at the end of one gives it a note"

private let lookalikes: [Mistake] = [
  // Fences of other tools.
  Mistake(
    "```swift:a.swift\n1\n```\n\n```swift-live\n1\n```\n\n```swift,should_panic\n1\n```\n",
    "a.md:3:4: error: fence language 'swift:a.swift' is no cell; write '```swift', or '```swift "
      + "from=a.swift' for the code of that file [fence-language]\n"
      + "a.md:7:4: error: fence language 'swift-live' is no cell; write '```swift live', with spaces "
      + "[fence-language]\n"
      + "a.md:11:4: error: fence language 'swift,should_panic' is no cell; write '```swift crash', with "
      + "spaces [fence-language]"),
  Mistake(
    "```swift {.live} #fig-a name=fig-b {1,3-4} linenums=\"1\"\n1\n```\n",
    [
      "a.md:3:10: error: cell word '{.live}' doesn't exist; did you mean 'live'?",
      "a.md:3:18: error: cell word '#fig-a' doesn't exist; a name is given by 'id=fig-a'",
      "a.md:3:25: error: cell word 'name=fig-b' doesn't exist; nnbook's word is 'id=fig-b'",
      "a.md:3:36: error: cell word '{1,3-4}' doesn't exist; \(ofLines)",
      "a.md:3:44: error: cell word 'linenums' doesn't exist; \(ofLines)",
    ].map { $0 + " [unknown-cell-word]" }.joined(separator: "\n")),
  Mistake(
    "A [text]{.mark} and ^[a note] here.\n",
    "a.md:3:8: error: ']{.mark}' is text here; attributes of a piece of text have no meaning; leave "
      + "them out [foreign-mark]\n"
      + "a.md:3:21: error: '^[a note]' is text here; a footnote is written '[^1]', and its text "
      + "'[^1]: …' below [foreign-mark]"),
  Mistake(
    "A ==mark== and x^2^ and [[Page one]].\n",
    "a.md:3:3: error: '==mark==' is text here; what stands out is written '*so*' or "
      + "'<mark>so</mark>' [foreign-mark]\n"
      + "a.md:3:17: error: '^2^' is text here; a superscript is a formula, '$x^2$', or '<sup>2</sup>' "
      + "[foreign-mark]\n"
      + "a.md:3:25: error: '[[Page one]]' is text here; a link is written '[text](name.md)' "
      + "[foreign-mark]"),
  Mistake(
    "Water is H~2~O.\n",
    "a.md:3:11: error: '~2~' strikes its text out; a subscript is '<sub>2</sub>', and striking out is "
      + "written '~~2~~' [foreign-mark]"),
  Mistake(
    "!!! note\n    Hello\n",
    "a.md:3:1: error: '!!! note' is text here; a note is written '> [!NOTE]' [foreign-mark]"),
  Mistake(
    "[TOC]\n\n[[toc]]\n",
    "a.md:3:1: error: '[TOC]' is text here; every page has its contents beside it [foreign-mark]\n"
      + "a.md:5:1: error: '[[toc]]' is text here; every page has its contents beside it "
      + "[foreign-mark]"),
  Mistake(
    "*[HTML]: Hyper\n",
    "a.md:3:1: error: '*[HTML]:' is text here; an abbreviation is spelled out where it comes first "
      + "[foreign-mark]"),
  Mistake(
    "$$\nx = 1\n$$\n{#eq-b}\n",
    "a.md:6:1: error: '{#eq-b}' is text here; it names the formula on the line that ends it: "
      + "'$$ {#eq-b}' [foreign-mark]"),
  Mistake(
    "Text.\n\n{#sec-b}\n",
    "a.md:5:1: error: '{#sec-b}' is text here; it stands on the line of what it names "
      + "[foreign-mark]"),
  Mistake(
    "```mermaid\ngraph TD\n```\n",
    "a.md:3:4: warning: fence 'mermaid' is shown as text, not drawn; a picture is a file, "
      + "'![what it shows](file.svg)', or what a cell shows [fence-language]"),
  Mistake(
    "```swift\n#| echo: false\nprint(1)\n```\n",
    "a.md:4:1: error: option line begins with '//|', because a cell is Swift: '//| echo: false' "
      + "[option-line]"),
  Mistake(
    "```swift\n//| echo: false\n//| fig-cap: A b\nprint(1)\n```\n",
    "a.md:4:5: error: cell word 'echo=false' doesn't exist; nnbook's word is 'hide-code' "
      + "[unknown-cell-word]\n"
      + "a.md:5:5: error: cell word 'fig-cap' doesn't exist; nnbook's word is 'caption=\"…\"' "
      + "[unknown-cell-word]"),
  Mistake(
    "The $L = 1 is small.\n",
    "a.md:3:5: error: formula '$' is never closed; write '$' right after it, or '\\$' for the sign "
      + "itself [formula-never-closed]"),
  Mistake(
    "- Set $HOME and $PATH.\n",
    "a.md:3:7: error: formula '$' is never closed; write '$' right after it, or '\\$' for the sign "
      + "itself [formula-never-closed]\n"
      + "a.md:3:17: error: formula '$' is never closed; write '$' right after it, or '\\$' for the "
      + "sign itself [formula-never-closed]"),
  Mistake(
    "The $2^n is large.\n",
    "a.md:3:5: error: formula '$' is never closed; write '$' right after it, or '\\$' for the sign "
      + "itself [formula-never-closed]"),
  Mistake(
    "Text $$ x = 1 more.\n",
    "a.md:3:6: error: formula '$$' is never closed; write '$$' right after it, or '\\$\\$' for the "
      + "sign itself [formula-never-closed]"),
  Mistake(
    "The $n$th and a$n$.\n",
    "a.md:3:5: error: '$n$' is text, because a letter or digit stands right after it; put a space or "
      + "a hyphen between, or write '\\$' for the sign itself [formula-touches-word]\n"
      + "a.md:3:16: error: '$n$' is text, because a letter or digit stands right before it; put a "
      + "space or a hyphen between, or write '\\$' for the sign itself [formula-touches-word]"),
  Mistake(
    "So $ x $ and $ a + b_1 $.\n",
    "a.md:3:4: error: '$ x $' is text, because spaces stand inside its dollars; a formula is written "
      + "'$x$' [formula-spaces]\n"
      + "a.md:3:14: error: '$ a + b_1 $' is text, because spaces stand inside its dollars; a formula "
      + "is written '$a + b_1$' [formula-spaces]"),
  Mistake(
    "So $\\eta = `{swift} 1`$ is.\n",
    "a.md:3:4: error: inline value stands in a formula, which is set before cells run; write it "
      + "beside the formula, as in '$x =$ `{swift} x`' [inline-value-in-formula]"),
  Mistake(
    "> $$\n> x = `{swift} 2`\n> $$\n",
    "a.md:4:7: error: inline value stands in a formula, which is set before cells run; write it "
      + "beside the formula, as in '$x =$ `{swift} x`' [inline-value-in-formula]"),
  Mistake(
    "$$\na\n\\tag{7}\n$$ {#eq-a}\n",
    "a.md:5:1: error: '\\tag' stands in a formula that '{#eq-a}' numbers; leave one of them out "
      + "[formula-tag]"),
  Mistake(
    "So \\(x_1\\) and\n\n\\[y\\]\n\nand a \\[z = 1\\] here.\n",
    "a.md:3:4: error: '\\(x_1\\)' is text in brackets; a formula is written '$x_1$' [tex-delimiter]\n"
      + "a.md:5:1: error: '\\[…\\]' is text in brackets; a formula on lines of its own is written "
      + "'$$…$$' [tex-delimiter]\n"
      + "a.md:7:7: error: '\\[…\\]' is text in brackets; a formula on lines of its own is written "
      + "'$$…$$' [tex-delimiter]"),
  Mistake(
    "\\begin{align}\na &= b\n\\end{align}\n",
    "a.md:3:1: error: '\\begin{align}' stands outside of a formula; write '$$' on a line before it, "
      + "and after its end [tex-delimiter]"),
  Mistake(
    "See @fig-a, \\@ref(tab:b), [@sec-c] and \\eqref{eq-d}.\n",
    "a.md:3:5: error: '@fig-a' is text here; a reference is written '[](#fig-a)' "
      + "[foreign-reference]\n"
      + "a.md:3:14: error: '@ref(tab:b)' is text here; a reference is written '[](#tab-b)' "
      + "[foreign-reference]\n"
      + "a.md:3:28: error: '@sec-c' is text here; a reference is written '[](#sec-c)' "
      + "[foreign-reference]\n"
      + "a.md:3:40: error: '\\eqref{eq-d}' is text here; a reference is written '[](#eq-d)' "
      + "[foreign-reference]"),
  Mistake(
    "See {ref}`fig-a`, {math}`x`.\n",
    "a.md:3:5: error: role '{ref}' is text here; a reference is written '[](#fig-a)' [foreign-mark]\n"
      + "a.md:3:19: error: role '{math}' is text here; a formula is written '$x$' [foreign-mark]"),
  Mistake(
    "![a](b.svg){width=50%} and [c](d.md){.e}\n",
    "a.md:3:12: error: '{width=50%}' is text here: attributes have no meaning; an image is named by "
      + "'<a id=\"fig-name\"></a>' before it, and sized by its own file [foreign-mark]\n"
      + "a.md:3:37: error: '{.e}' is text here: attributes have no meaning; leave it out "
      + "[foreign-mark]"),
  Mistake(
    "A `{swift 1 + 1}`, `{python} x` and `{r}`.\n",
    "a.md:3:3: error: inline value is written '{swift}' and then the expression: '{swift} 1 + 1' "
      + "[inline-value]\n"
      + "a.md:3:20: error: inline value is Swift and begins with '{swift}': '{swift} x' "
      + "[inline-value]"),
  Mistake(
    "```{code-cell} swift\n1\n```\n\n``` {.swift .live #fig-a}\n2\n```\n\n```{swift, fold}\n3\n```\n",
    "a.md:3:4: error: fence language '{code-cell}' is no cell; write '```swift', with spaces "
      + "[fence-language]\n"
      + "a.md:7:5: error: fence language '{.swift' is no cell; write '```swift live id=fig-a', with "
      + "spaces [fence-language]\n"
      + "a.md:11:4: error: fence language '{swift,' is no cell; write '```swift fold', with spaces "
      + "[fence-language]"),
  Mistake(
    "```{note}\nx\n```\n\n```{.python}\nx\n```\n\n```{math}\nx\n```\n\n```{python}\nx\n```\n",
    "a.md:3:4: error: fence '{note}' is shown as text; a note is written '> [!NOTE]' "
      + "[fence-language]\n"
      + "a.md:7:4: error: fence '{.python}' is shown as text; write the language without braces: "
      + "'```python' [fence-language]\n"
      + "a.md:11:4: error: fence '{math}' is shown as text; a formula is written in a fence "
      + "'```math', or between '$$' and '$$' [fence-language]\n"
      + "a.md:15:4: error: fence '{python}' is shown as text; cells are Swift, and their fence is "
      + "'```swift' [fence-language]"),
  Mistake(
    "<details>\n```swift\n3 + 3\n```\n</details>\n",
    "a.md:4:1: error: fence stands in raw HTML, where Markdown sees none; put a blank line before it "
      + "[fence-in-html]"),
  Mistake(
    "- a\n\n        ```swift\n        4\n        ```\n",
    "a.md:5:9: error: fence is indented so far that Markdown shows it as text; let it begin under the "
      + "first letter of the paragraph or list item that it belongs to [fence-indented]"),
  Mistake(
    "## A {.unnumbered}\n\n## B b {#b}\n\n## C {#sec-b}\n\n## D {#sec-b}\n",
    "a.md:3:6: error: '{.unnumbered}' after a heading has no meaning; only a name such as '{#sec-a}' "
      + "has [heading-attributes]\n"
      + "a.md:5:8: error: name 'b' of a section must begin with 'sec-', as in '{#sec-b}' "
      + "[name-prefix]\n"
      + "a.md:9:6: error: id 'sec-b' is used twice; an id names one thing of a chapter "
      + "[duplicate-id]\n"
      + "a.md:7:6: note: first used here"),
]
