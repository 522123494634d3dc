import BookModel
import PageRendering
import Testing

@Suite struct ReferenceTests {
  static let first = """
    ---
    title: One
    id: ch-one
    ---
    ## Alpha

    ### Inner

    ## Beta

    ```swift id=fig-a caption="A"
    1
    ```

    ```swift id=fig-b caption="B"
    2
    ```

    ```swift id=tbl-a caption="T"
    3
    ```

    ```swift id=lst-a caption="L"
    4
    ```

    <a id="fig-c"></a>
    ![A drawing](images/c.svg "A *drawing*")

    $$
    x
    $$ {#eq-a}

    """

  @Test(arguments: [
    ("[](#fig-a)", "<a href=\"01-one.html#fig-a\">Figure 1.1</a>"),
    ("[](#fig-b)", "<a href=\"01-one.html#fig-b\">Figure 1.2</a>"),
    ("[](#fig-c)", "<a href=\"01-one.html#fig-c\">Figure 1.3</a>"),
    ("[](#tbl-a)", "<a href=\"01-one.html#tbl-a\">Table 1.1</a>"),
    ("[](#lst-a)", "<a href=\"01-one.html#lst-a\">Listing 1.1</a>"),
    ("[](#eq-a)", "<a href=\"01-one.html#eq-a\">Equation (1.1)</a>"),
    ("[](#ch-one)", "<a href=\"01-one.html\">Chapter 1</a>"),
    ("[the **first**](#fig-a)", "<a href=\"01-one.html#fig-a\">the <strong>first</strong></a>"),
    ("[](01-one.md)", "<a href=\"01-one.html\">Chapter 1, One</a>"),
    ("[](01-one.md#inner)", "<a href=\"01-one.html#inner\">Section 1.1.1</a>"),
    ("[](./01-one.md#beta)", "<a href=\"01-one.html#beta\">Section 1.2</a>"),
    ("[](01-one.md#fig-b)", "<a href=\"01-one.html#fig-b\">Figure 1.2</a>"),
    ("[](#gamma)", "<a href=\"#gamma\">Section 2.1</a>"),
    ("[out](https://example.org/a.md#b)", "<a href=\"https://example.org/a.md#b\">out</a>"),
    ("[mail](mailto:a@example.org)", "<a href=\"mailto:a@example.org\">mail</a>"),
    ("[data](data/x.csv)", "<a href=\"data/x.csv\">data</a>"),
  ])
  func leadsTo(written: String, link: String) throws {
    let book = try SampleBook([
      "01-one": Self.first, "02-two": "## Gamma\n\nSee \(written).\n",
    ])
    #expect(book.messages == "")
    #expect(book.article(1).contains("<p>See \(link).</p>"), "\(book.article(1))")
  }

  @Test(arguments: [
    (
      "[](#fig-d)",
      "error: reference '#fig-d' names nothing in the book; did you mean 'fig-a'? "
        + "[unknown-reference]"
    ),
    (
      "[x](#zzzzzzzz)", "error: reference '#zzzzzzzz' names nothing in the book [unknown-reference]"
    ),
    (
      "[x](01-oen.md)",
      "error: link '01-oen.md' leads to no chapter; did you mean '01-one.md'? [unknown-link]"
    ),
    (
      "[x](01-one.md#bate)",
      "error: link '01-one.md#bate' names no place on its page; did you mean "
        + "'beta'? [unknown-link]"
    ),
    (
      "[x](../secret.txt)",
      "error: link '../secret.txt' leads out of the book's folder; pages link "
        + "to what is in it [unknown-link]"
    ),
    (
      "[x](/01-one.md)",
      "error: link '/01-one.md' leads out of the book's folder; a link to the chapter is written "
        + "'01-one.md' [unknown-link]"
    ),
    (
      "[x](01-one.qmd)",
      "error: link '01-one.qmd' names no file of the book; a link to the chapter is written "
        + "'01-one.md' [unknown-link]"
    ),
    (
      "[x](file:///tmp/a.md)",
      "error: link 'file:///tmp/a.md' leads to a file of one machine alone; pages link to what is in "
        + "the book's folder [unknown-link]"
    ),
    (
      "![x](01-one.md)",
      "error: image '01-one.md' is a page; a link to it is written without the '!' [unknown-link]"
    ),
    (
      "[x]()",
      "error: link has no destination; it leads to '#id', 'other.md' or an address "
        + "[unknown-link]"
    ),
    (
      "[](data/x.csv)",
      "error: link 'data/x.csv' has no text; write it between the square brackets "
        + "[link-without-text]"
    ),
    (
      "[](fig-loss)",
      "error: link 'fig-loss' has no text; a reference is written '[](#fig-loss)' "
        + "[link-without-text]"
    ),
    (
      "<a id=\"here\"></a>[](#here)",
      "error: reference '#here' has no text, and what it names has "
        + "no number; write the text between the square brackets [reference-without-text]"
    ),
    (
      "[x](javascript:alert)",
      "error: link 'javascript:alert' runs a script; pages link to "
        + "addresses and files [unknown-link]"
    ),
  ])
  func isRefused(written: String, message: String) throws {
    let book = try SampleBook([
      "01-one": Self.first, "02-two": "## Gamma\n\n- See \(written).\n",
    ])
    let column = 7 + (written.hasPrefix("<a") ? 17 : 0)
    #expect(book.messages == "chapters/02-two.md:6:\(column): \(message)\n")
  }

  @Test(arguments: [
    ("02-what?.md", "?", "02-what%3F.md"), ("03-c#.md#a", "#", "03-c%23.md#a"),
  ])
  func aLinkThatAMarkInItCutsIsRefused(written: String, mark: String, address: String) throws {
    let book = try SampleBook([
      "01-one": "[x](\(written)) and [y](\(address))\n", "02-what?": "Text.\n", "03-c#": "## A\n",
    ])
    #expect(
      book.messages
        == "chapters/01-one.md:4:1: error: link '\(written)' ends at its '\(mark)', which has a meaning in "
        + "addresses; a link to the chapter is written '\(address)' [unknown-link]\n")
  }

  @Test func anIDNamesOneThingInTheWholeBook() throws {
    let cell = "```swift id=fig-a\n1\n```\n"
    let book = try SampleBook(["01-one": cell, "02-two": "\n" + cell])
    #expect(
      book.messages == """
        chapters/02-two.md:5:13: error: id 'fig-a' is taken; each id names one thing in the whole \
        book [duplicate-id]
        chapters/01-one.md:4:13: note: first used here

        """)
  }

  @Test func filesAreListedOnceWithWhereTheyGo() throws {
    let book = try SampleBook(
      "![A](images/a.png) and ![A](./images/a.png), [b](data/b%20c.csv)\n")
    #expect(book.index.diagnostics.isEmpty)
    #expect(
      book.index.localFiles.map(\.path) == ["chapters/images/a.png", "chapters/data/b c.csv"])
    #expect(book.index.localFiles.map(\.destination) == ["images/a.png", "data/b c.csv"])
  }

  @Test func filesInRawHTMLAreListedToo() throws {
    let book = try SampleBook(
      """
      <img src="images/a.png" alt="" />

      <a href="b.csv">data</a> <a href="#here" id="here">x</a> <a href="https://x.org">out</a>

      <video src="c.mp4" poster="d.png"></video>

      """)
    #expect(book.messages == "")
    #expect(
      book.index.localFiles.map(\.destination) == ["images/a.png", "b.csv", "c.mp4", "d.png"])
  }

  @Test func mistakesInRawHTMLAreTold() throws {
    let book = try SampleBook(
      "<img src=\"../a.png\">\n\nSee <a href=\"01-sample.md#a\">x</a>.\n")
    #expect(
      book.messages == """
        chapters/01-sample.md:4:1: warning: image '../a.png' has no alternative text; alt="…" says \
        what it shows, and alt="" that it shows nothing of meaning [missing-alternative-text]
        chapters/01-sample.md:6:5: error: link '01-sample.md#a' in HTML leads to no page; \
        '[text](01-sample.md#a)' becomes a link to the page [chapter-link-in-html]
        chapters/01-sample.md:4:1: error: link '../a.png' leads out of the book's folder; pages \
        link to what is in it [unknown-link]

        """)
  }

  @Test func aHeadingThatSkipsALevelIsAWarning() throws {
    let book = try SampleBook("## A\n\n#### B\n")
    #expect(
      book.messages == """
        chapters/01-sample.md:6:1: warning: heading 'B' has level 4 below one of level 2; levels go \
        down one at a time [heading-level]

        """)
  }

  @Test func anImageWithoutWordsIsAWarning() throws {
    let book = try SampleBook("![](a.png)\n")
    #expect(
      book.messages == """
        chapters/01-sample.md:4:1: warning: image 'a.png' has no alternative text; what it shows \
        belongs between the square brackets [missing-alternative-text]

        """)
  }

  @Test func referencesInCaptionsAndQuestionsAreCheckedAtTheirPlace() throws {
    let book = try SampleBook([
      "01-one": Self.first,
      "02-two": """
      ```swift caption="See [it](#fig-d)"
      1
      ```

      > ```swift predict="As in [](#fig-b), or [it](no.md)?"
      > //| caption: Its [](#none)
      > 2
      > ```

      """,
    ])
    #expect(
      book.messages == """
        chapters/02-two.md:4:23: error: reference '#fig-d' names nothing in the book; did you mean \
        'fig-a'? [unknown-reference]
        chapters/02-two.md:9:20: error: reference '#none' names nothing in the book \
        [unknown-reference]
        chapters/02-two.md:8:42: error: link 'no.md' leads to no chapter [unknown-link]

        """)
  }
}
