import BookModel
import ChapterParsing
import Testing

/// What is printed for a mistake, word for word.
struct MessageTests {
  @Test(arguments: chapterMistakes)
  func `a mistake in a chapter has its message`(_ mistake: Mistake) {
    let (_, diagnostics) = ChapterParser().parse(bytes: Array(mistake.text.utf8), path: "a.md")
    #expect(headlines(diagnostics) == mistake.printed, "\(mistake.text)")
  }

  @Test(arguments: wordMistakes)
  func `a mistake in the words of a cell has its message`(words: String, printed: String) {
    let text = "# T\n\n```swift \(words)\nx\n```\n"
    let (_, diagnostics) = ChapterParser().parse(bytes: Array(text.utf8), path: "a.md")
    #expect(headlines(diagnostics) == "a.md:3:" + printed)
  }

  @Test func `a text beyond the parser's limits is refused`() {
    func said(_ text: String) -> String {
      headlines(ChapterParser().parse(bytes: Array(text.utf8), path: "a.md").1)
    }
    func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }
    #expect(
      said("# T\n\n" + times(101, "> ") + "a\n")
        == "a.md:3:1: error: line has more than 100 quotes in each other [nested-too-deep]")
    #expect(
      said("# T\n\n" + times(60, "- ") + "a\n").hasSuffix(
        "error: text is nested deeper than 100 levels of quotes, lists and marks [nested-too-deep]")
    )
    #expect(
      said("# T\n\n" + times(30_000, "|") + "\n|-|-|\n")
        == "a.md:4:1: error: table, or the text before it without a blank line, is too large to be read; "
        + "2000000 cells are the limit [table-too-large]")
    #expect(
      said("# T\n\n" + times(8 << 20, "a"))
        == "a.md:1:1: error: chapter has more than 8 MiB, which is the limit; divide it, and let cells "
        + "read large data from files in 'data/' [text-too-large]")
    #expect(said("# T\n\n" + times((8 << 20) - 5, "a")) == "")
    let long = said("# T\n\n```swift \(times(10_000, "h"))\n```\n")
    #expect(long.utf8.count < 2_000 && long.contains("hhh…hhh"))
    let many = said("# T\n\n" + times(120, "`{swift}`\n\n")).split(separator: "\n")
    #expect(many.count == 101)
    #expect(
      many.last ?? ""
        == "a.md:201:1: note: more than 100 messages for one file; the others are left out "
        + "[too-many-errors]")
  }

  @Test func `a message shows the line and points at the place`() {
    let text = "# T\n\n- ```swift id=a hiden\n  x\n  ```\n"
    let (_, diagnostics) = ChapterParser().parse(bytes: Array(text.utf8), path: "a.md")
    #expect(
      DiagnosticPrinter().text(for: diagnostics) == """
        a.md:3:17: error: cell word 'hiden' doesn't exist; did you mean 'hidden'? \
        [unknown-cell-word]
          - ```swift id=a hiden
                          ^~~~~

        """)
  }
}

struct Mistake: Sendable, CustomTestStringConvertible {
  var text: String
  var printed: String

  init(_ text: String, _ printed: String) {
    self.text = text
    self.printed = printed
  }

  var testDescription: String { text.debugDescription }
}

/// Headlines and notes, without the quoted lines.
func headlines(_ diagnostics: [Diagnostic]) -> String {
  let bare = diagnostics.map {
    Diagnostic($0.severity, $0.id, at: $0.range, $0.summary, notes: $0.notes)
  }
  return String(DiagnosticPrinter().text(for: bare).dropLast())
}

private let chapterMistakes: [Mistake] = [
  Mistake(
    "# T\n\n| a |\n| - |\n| b | c |\n",
    "a.md:5:5: error: row has 2 cells and its table 1 columns, so the rest of it would not be shown; "
      + "a '|' inside a cell, code too, is written '\\|' [table-cells]"),
  Mistake(
    "# T\n\n```swift\nlet a = 1 // \u{202E}b\n```\n",
    "a.md:4:14: warning: the code holds the invisible character U+202E, which changes the order in "
      + "which text is shown; the page shows it as 'U+202E', and in a string it can be written as "
      + "'\\u{202E}' [hidden-character]"),
  Mistake(
    "# T\n\n```swift\nlet a = \(String(repeating: "[", count: 30))1\n```\n",
    "a.md:4:19: error: the code nests square brackets more than 10 levels deep, which is the limit; "
      + "give parts of it names of their own [code-nesting]"),
  Mistake(
    "---\ntitle:\n---\n", "a.md:2:1: error: value of 'title' is missing [yaml-value]"),
  Mistake(
    "---\ntitle: T\ndescription:\nid: \" \"\n---\n",
    "a.md:3:1: error: value of 'description' is missing [yaml-value]\n"
      + "a.md:4:1: error: value of 'id' is missing [yaml-value]"),
  Mistake(
    "---\ntitle: T\nid: wrong id\n---\n",
    "a.md:3:5: error: value 'wrong id' of 'id' must be letters, digits, '-' and '_', with a letter "
      + "first [yaml-value]"),
  Mistake(
    "---\ntitle: T\nid: 3-three\ndate: 2026-02-29\nmoved from: [old.html#part, ok]\n---\n",
    "a.md:3:5: error: value '3-three' of 'id' must be letters, digits, '-' and '_', with a letter "
      + "first [yaml-value]\n"
      + "a.md:4:7: error: value '2026-02-29' of 'date' must be a day, such as '2026-11-21' "
      + "[yaml-value]\n"
      + "a.md:5:14: error: value 'old.html#part' of 'moved from' must be the name of a page, such as "
      + "'03-old.html' [yaml-value]"),
  Mistake("---\ntitle: T\nid: ch-1_b\ndate: 2028-02-29\n---\n", ""),
  Mistake(
    "---\ntitle: T\n? [a]\n: b\n---\n",
    "a.md:3:3: error: key in front matter must be a plain word [yaml]"),
  Mistake(
    "# T\n\n> [!ABCDEFGHIJ]\n> x\n",
    "a.md:3:3: error: note '[!ABCDEFGHIJ]' doesn't exist; notes are '[!NOTE]', '[!TIP]', "
      + "'[!IMPORTANT]', '[!WARNING]', '[!CAUTION]', '[!EXERCISE]', '[!HINT]', '[!SOLUTION]', "
      + "'[!THEOREM]', '[!LEMMA]', '[!COROLLARY]', '[!DEFINITION]', '[!EXAMPLE]', '[!PROOF]', '[!TABS]', "
      + "'[!FIGURES]' [unknown-alert]"
  ),
  Mistake(
    "text",
    "a.md:1:1: error: chapter has no title; write 'title: …' in its front matter or begin it with "
      + "'# …' [missing-title]"),
  Mistake(
    "---\ntitel: T\n---\n",
    "a.md:2:1: error: key 'titel' doesn't exist in front matter; did you mean 'title'? "
      + "[unknown-key]"),
  Mistake(
    "---\ntitle: T\nzzzzzzzz: 1\n---\n",
    "a.md:3:1: error: key 'zzzzzzzz' doesn't exist in front matter; keys are 'title', 'date', "
      + "'id', 'description', 'draft', 'appendix', 'glossary', 'unlinked', 'moved from' [unknown-key]"
  ),
  Mistake(
    "---\ntitle: [a\n---\n",
    "a.md:2:10: error: front matter isn't YAML: did not find expected ',' or ']' [yaml]"),
  Mistake(
    "---\ntitle: T\nid: : x\n---\n",
    "a.md:3:1: error: value of 'id' has a colon in it, so it needs quotation marks: id: \": x\" "
      + "[yaml]"),
  Mistake(
    "---\ntitle: T\ntitle: U\n---\n",
    "a.md:3:1: error: key 'title' is given twice in front matter [duplicate-key]"),
  Mistake(
    "---\ntitle Matter\ndraft: true\n---\n",
    "a.md:2:1: error: line 'title Matter' of front matter has no colon; lines are 'key: value', such "
      + "as 'title: Matter' [yaml]"),
  Mistake(
    "---\ntitle: Loss: a story\n---\n",
    "a.md:2:1: error: value of 'title' has a colon in it, so it needs quotation marks: title: "
      + "\"Loss: a story\" [yaml]"),
  Mistake(
    "---\ntitle: T\nauthor: A\n---\n",
    "a.md:3:1: error: key 'author' belongs into book.yml, which speaks for all chapters "
      + "[unknown-key]"),
  Mistake(
    "\n---\ntitle: T\n---\n",
    "a.md:2:1: error: front matter must begin on the first line of the file; remove the blank lines "
      + "above it [front-matter-late]"),
  Mistake(
    "# T\n\n```swift\nlet x = 1\n\nText.\n\n```swift fold\n2\n```\n",
    "a.md:3:1: error: fence '```' is not closed before the next cell (line 8); write '```' on a line "
      + "of its own after the code [fence-never-closed]"),
  Mistake(
    "# T\n\n````swift asis\nprint(\"\"\"\n```swift\n\"\"\")\n````\n", ""),
  Mistake(
    "# T\n\nA `{swift} x %.2f` and `{swift} x, .3f`, but `{swift} x %y`.\n",
    "a.md:3:3: error: format '%.2f' needs a comma before it: '{swift} x, %.2f' [value-format]\n"
      + "a.md:3:24: error: format '.3f' must begin with '%', as in '%.3f' [value-format]"),
  Mistake(
    "---\njust words\n---\n",
    "a.md:2:1: error: front matter must be lines of 'key: value', such as 'title: Width' [yaml]"),
  Mistake(
    "---\ntitle: T\n",
    "a.md:1:1: error: front matter is never closed; write '---' on a line of its own after it "
      + "[front-matter-never-closed]"),
  Mistake(
    "---\ntitle: T\ndraft: yes\n---\n",
    "a.md:3:8: error: value of 'draft' must be 'true' or 'false' [yaml-value]"),
  Mistake(
    "---\ntitle: T\ndate: yesterday\n---\n",
    "a.md:3:7: error: value 'yesterday' of 'date' must be a day, such as '2026-11-21' "
      + "[yaml-value]"),
  Mistake(
    "---\ntitle: [a]\n---\n",
    "a.md:2:8: error: value of 'title' must be one line of text [yaml-value]"),
  Mistake(
    "# T\n\n```swift\nlet x = 1\n",
    "a.md:3:1: error: fence '```' is never closed; write '```' on a line of its own "
      + "[fence-never-closed]"),
  Mistake(
    "# T\n\n> ~~~~python\n> x\n\nafter\n",
    "a.md:3:3: error: fence '~~~~' is never closed; write '~~~~' on a line of its own "
      + "[fence-never-closed]"),
  Mistake(
    "# T\n\n> ```swift\n> x\n```\ny\n```\n",
    "a.md:3:3: error: fence '```' is never closed; write '```' on a line of its own "
      + "[fence-never-closed]"),
  Mistake(
    "# T\n\n```Swift\n```\n",
    "a.md:3:4: error: fence language 'Swift' must be written 'swift' [fence-language]"),
  Mistake(
    "# T\n\n```swift,live\n```\n",
    "a.md:3:4: error: fence language 'swift,live' is no cell; write '```swift live', with spaces "
      + "[fence-language]"),
  Mistake(
    "# T\n\n```swift, live id=a\n```\n",
    "a.md:3:4: error: fence language 'swift,' is no cell; write '```swift live id=a', with spaces "
      + "[fence-language]"),
  Mistake(
    "# T\n\n```{swift}\n```\n",
    "a.md:3:4: error: fence language '{swift}' is no cell; write '```swift', with spaces "
      + "[fence-language]"),
  Mistake(
    "# T\n\n```swfit\n```\n",
    "a.md:3:4: warning: fence language 'swfit' is shown, not run; did you mean 'swift'? "
      + "[fence-language]"),
  Mistake("# T\n\n```swig\n```\n\n```json\n```\n\n```\n```\n", ""),
  Mistake(
    "# T\n\n```output\n1\n```\n",
    "a.md:3:4: error: fence 'output' must follow a cell at once; it holds what that cell prints "
      + "[output-without-cell]"),
  Mistake(
    "# T\n\n```swift ignore\n```\n```output\n1\n```\n",
    "a.md:5:1: error: expected output belongs to a cell that runs; the cell before it does not "
      + "[output-of-nothing]"),
  Mistake(
    "# T\n\n```swift\n1\n```\n```output  tol=1e-3 id=a\n1\n```\n",
    "a.md:6:12: error: word 'tol=1e-3' belongs to the cell; write it after '```swift' in the fence "
      + "line above [output-words]"),
  Mistake(
    "# T\n\n- ```swift\n  1\n  ```\n  ```output text\n  1\n  ```\n",
    "a.md:6:13: error: fence 'output' takes no words, so 'text' means nothing [output-words]"),
  Mistake(
    "# T\n\n```swift\n//| caption: \"A \\\"b\\\" `{swift} x, %.2q`\"\n//|alt:é `{swift}`\n1\n```\n",
    "a.md:4:23: error: format '%.2q' doesn't exist; formats are '%.2f', '%.3g', '%.1e', '%.1%', "
      + "'%,' and '%,.1f' [value-format]\n"
      + "a.md:5:11: error: inline value has no expression; write one after '{swift}', such as "
      + "'{swift} net.count' [inline-value]"),
  Mistake(
    "# T\n\n```swift caption=\"the `x`\"\nx\n```\n\nmore\n",
    "a.md:3:1: error: fence line holds a back-quote after 'swift', so Markdown sees no cell; "
      + "write long options as '//| caption: …' inside the cell [back-quote-in-fence]\n"
      + "a.md:5:1: error: fence '```' is never closed; write '```' on a line of its own "
      + "[fence-never-closed]"),
  Mistake(
    "# T\n\nA `{swift} x, %.2q` b\n",
    "a.md:3:3: error: format '%.2q' doesn't exist; formats are '%.2f', '%.3g', '%.1e', '%.1%', "
      + "'%,' and '%,.1f' [value-format]"),
  Mistake(
    "# T\n\nA `{swift}` b\n",
    "a.md:3:3: error: inline value has no expression; write one after '{swift}', such as "
      + "'{swift} net.count' [inline-value]"),
  Mistake(
    "# T\n\nA `{Swift} x` b\n",
    "a.md:3:3: error: inline value must begin with '{swift}', not '{Swift}' [inline-value]"),
  Mistake(
    "# T\n\nA `{swift}x` b\n",
    "a.md:3:3: error: inline value needs a space after '{swift}' [inline-value]"),
  Mistake(
    "# T `{swift} x`\n",
    "a.md:1:5: error: heading holds an inline value; headings are known before cells run "
      + "[inline-value-in-heading]"),
  Mistake(
    "# T\n\n$$\nx\n\ny\n",
    "a.md:3:1: error: formula '$$' is never closed; write '$$' before the next blank line "
      + "[formula-never-closed]"),
  Mistake(
    "# T\n\n$$\nx\n$$ and more\n",
    "a.md:3:1: error: text 'and more' after '$$' has no meaning; only a name such as "
      + "'{#eq-loss}' has [formula-tail]"),
  Mistake(
    "# T\n\n$$ x $$ {#loss}\n",
    "a.md:3:1: error: name 'loss' of a formula must begin with 'eq-', as in '{#eq-loss}' "
      + "[name-prefix]"),
  Mistake(
    "# T\n\n```swift id=fig-a\n```\n\n```swift id=fig-a\n```\n",
    "a.md:6:13: error: id 'fig-a' is used twice; an id names one thing of a chapter "
      + "[duplicate-id]\na.md:3:13: note: first used here"),
  Mistake(
    "# T\n\n```swift id=T\n```\n\n```swift id=t\n```\n",
    "a.md:6:13: error: id 't' is used twice; an id names one thing of a chapter [duplicate-id]\n"
      + "a.md:1:1: note: first used here"),
  Mistake(
    "# T\n\n> [!NOET]\n> x\n",
    "a.md:3:3: error: note '[!NOET]' doesn't exist; did you mean '[!NOTE]'? [unknown-alert]"),
  Mistake(
    "# T\n\n> [!TIP] Title\n> x\n",
    "a.md:3:3: error: note '[!TIP]' must stand alone on its line [alert-text]"),
  Mistake(
    "# T\n\nA claim.[^src]\n",
    "a.md:3:9: error: footnote '[^src]' doesn't exist; write '[^src]: …' on a line of its own "
      + "[unknown-footnote]"),
  Mistake("# T\n\nA claim.[^src] Not \\[^one] `[^two]`\n\n[^src]: There.\n", ""),
  Mistake(
    "# T\n\n```swift\n//| hiden: x\n//| fold: true\n//| caption\nlet x = 1\n//| alt: y\n```\n",
    """
    a.md:4:5: error: cell word 'hiden' doesn't exist; did you mean 'hidden'? [unknown-cell-word]
    a.md:5:5: error: cell word 'fold' takes no value; write it after 'swift' in the fence line \
    [cell-word-value]
    a.md:6:5: error: option line must read '//| key: value', such as '//| caption: Loss over 500 \
    epochs' [option-line]
    a.md:8:4: error: option line '//| alt' stands after code; option lines stand at the top of the \
    cell [late-option-line]
    """),
  Mistake(
    "# T\n\n```swift\n// snippet.show\n// snippet.hide\n// snippet.hide\n// snippet.a\n```\n",
    """
    a.md:4:1: error: marker 'snippet.show' has no meaning here: no '// snippet.hide' stands before \
    it [snippet-marker]
    a.md:6:1: error: marker 'snippet.hide' has no meaning here: the lines are hidden already \
    [snippet-marker]
    a.md:7:1: error: marker 'snippet.a' has no meaning here: the markers are '// snippet.hide' and \
    '// snippet.show' [snippet-marker]
    """),
]
