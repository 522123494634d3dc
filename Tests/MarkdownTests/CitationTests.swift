import Markdown
import Testing

struct CitationTests {
  private func found(_ text: String) -> [String] {
    MarkdownDocument(parsing: text).citations.map {
      "\($0.group.text) = \($0.group.keys.joined(separator: " "))"
    }
  }

  @Test(arguments: [
    ("[@a]", ["[@a] = a"]),
    ("See [@a; see @b, p. 12] and [-@c].", ["[@a; see @b, p. 12] = a b", "[-@c] = c"]),
    ("[see @a,\nchap. 3]", ["[see @a, chap. 3] = a"]),
    ("@a says", ["@a = a"]),
    ("@a [p. 12] says", ["@a [p. 12] = a"]),
    ("@a [@b]", ["@a = a", "[@b] = b"]),
    ("As @a.", ["@a = a"]),
    ("@{a b}, @{10.1/x}", ["@{10.1/x} = 10.1/x"]),
    ("(@doi:10.1/x-y, @a_b: yes)", ["@doi:10.1/x-y = doi:10.1/x-y", "@a_b = a_b"]),
    ("@müller2001's", ["@müller2001 = müller2001"]),
    ("*@a* **[@b]**", ["@a = a", "[@b] = b"]),
    ("| x |\n|-|\n| [@a] |", ["[@a] = a"]),
    ("A[^1]\n\n[^1]: In [@a].", ["[@a] = a"]),
    ("\\@a, \\[@b\\], [\\@c]", ["@b = b"]),
    ("a@b.org, `@a`, [@a](b.md), ![@a](b.svg), @, @ a, @-, x@y", []),
    ("[a](#b) [not one] [ ]", []),
  ])
  func `groups are what pandoc takes for them`(text: String, expected: [String]) {
    #expect(found(text) == expected)
  }

  @Test func `a group gives way to markup, and nothing else changes`() {
    let document = MarkdownDocument(
      parsing: "One [@a;\n@b] two *x*\nthree @c. `{x}` \\@d\n\nFour [@a][@b]\n")
    document.replace(document.citations) { "<i>\($0.group.keys.joined(separator: ","))</i>" }
    #expect(
      document.render(.html) == """
        <p>One <i>a,b</i> two <em>x</em>
        three <i>c</i>. <code>{x}</code> @d</p>
        <p>Four <i>a</i><i>b</i></p>

        """)
  }

  @Test func `what is left alone stays text`() {
    let document = MarkdownDocument(parsing: "One [@a] @b\n")
    document.replace(document.citations) { $0.group.keys == ["a"] ? nil : "<b>" }
    #expect(document.render(.html) == "<p>One [@a] <b></p>\n")
  }

  @Test func `keys have places`() {
    let text = "> - \\*x [see @a,\n>   @bc]\n"
    let places = MarkdownDocument(parsing: text).citations.flatMap(\.keyOffsets).map { offsets in
      offsets.map { String(decoding: Array(text.utf8)[$0], as: UTF8.self) }
    }
    #expect(places == ["@a", "@bc"])
  }
}
