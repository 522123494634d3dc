import BookModel
import Foundation
import Testing

@testable import PageRendering

/// The look that a book gives itself.
@Suite struct ThemeTests {
  private static let frame =
    "<div id=\"tools\"></div><main id=\"main\"><article>{{{content}}}</article></main>"

  private func messages(_ template: String) -> [String] {
    BodyTemplate.problems(in: template, path: "theme/body.mustache").map { problem in
      let start = problem.range?.start
      return
        "\(start?.line ?? 0):\(start?.column ?? 0): \(problem.summary) [\(problem.id.rawValue)]"
    }
  }

  @Test func theTemplateOfAllPagesHoldsToTheRulesForBooks() {
    let own = String(decoding: PackageResources.body_mustache, as: UTF8.self)
    #expect(messages(own) == [])
    #expect(messages(Self.frame) == [])
  }

  @Test func aCopyOfItGivesTheSamePages() throws {
    let book = try SampleBook(["01-a": "## One\n\nText.", "02-b": "Text."])
    var own = BookTheme()
    own.body = String(decoding: PackageResources.body_mustache, as: UTF8.self)
    let renderer = PageRenderer(
      index: book.index, theme: Theme(words: book.index.words, own: own))
    for chapter in book.chapters {
      #expect(
        renderer.page(for: chapter, result: nil).files
          == book.renderer().page(for: chapter, result: nil).files)
    }
    #expect(renderer.commonFiles() == book.renderer().commonFiles())
  }

  static let mistakes: [(String, String)] = [
    ("{{autor}}", "1:1: key 'autor' doesn't exist in a template; did you mean 'author'?"),
    (
      "{{qqqqqqqqqqqqqqqq}}",
      "1:1: key 'qqqqqqqqqqqqqqqq' doesn't exist in a template; keys are 'author', "
    ),
    ("{{href}}", "1:1: key 'href' doesn't exist in a template; "),
    ("\n {{content}}", "2:2: key 'content' is markup; it is written '{{{content}}}'"),
    ("{{{author}}}", "1:1: key 'author' is text; it is written '{{author}}'"),
    (
      "{{isIndex}}",
      "1:1: key 'isIndex' shows nothing by itself; it opens a section, '{{#isIndex}}'"
    ),
    ("{{title\n", "1:1: '{{' is never closed"),
    ("{{#isIndex}}", "1:1: section 'isIndex' is never closed; '{{/isIndex}}' ends it"),
    (
      "{{#next}}{{/previous}}",
      "1:10: '{{/previous}}' closes nothing; each closes the section opened last"
    ),
    (
      "{{> other}}",
      "1:1: template has no partials, blocks or marks of its own; keys and sections do"
    ),
    ("<{{author}}>", "1:2: '{{author}}' stands in a tag; there, only quoted values hold keys"),
    ("<p></{{author}}>", "1:6: '{{author}}' stands in a tag; there, only quoted values hold keys"),
    ("<p {{author}}=\"x\">", "1:4: a key stands in a tag; there, only quoted values hold keys"),
    ("<p class={{author}}></p>", "a key stands in a tag; there, only quoted values hold keys"),
    (
      "<p{{#author}} id=\"a\"{{/author}}></p>",
      "a key stands in a tag; there, only quoted values hold keys"
    ),
    (
      "<p title=\"{{{book}}}\"></p>",
      "1:1: attribute 'title' of 'p' holds a key of markup; values hold keys of text"
    ),
    (
      "<script src=\"x.js\"></script>",
      "1:1: element 'script' can't be part of a page; pages hold no scripts, styles or frames of their own"
    ),
    (
      "<p onclick=\"x\"></p>",
      "1:1: attribute 'onclick' of 'p' can't be used; the page's content policy"
    ),
    ("<div>", "1:1: element 'div' is never closed; "),
    ("{{{content}}}", ": template shows '{{{content}}}' twice; it stands there once"),
  ]

  @Test(arguments: mistakes) func aTemplateCannotBreakAPage(text: String, message: String) {
    let found = messages(text + Self.frame)
    #expect(found.count == 1 && found[0].contains(message), "\(found)")
    #expect(found.allSatisfy { $0.hasSuffix("[theme-template]") })
  }

  @Test func aTemplateHasWhatScriptsNeed() {
    #expect(
      messages("<p></p>") == [
        "1:1: template shows '{{{content}}}' nowhere; it stands there once [theme-template]",
        "1:1: template has no element 'article', which the scripts and styles of the pages need [theme-template]",
        "1:1: template has no element 'main' with the id 'main', which the scripts and styles of the pages need [theme-template]",
        "1:1: template has no element with the id 'tools', which the scripts and styles of the pages need [theme-template]",
      ])
  }

  /// Whatever a book calls itself, it writes no tag.
  @Test func valuesAreText() throws {
    var book = try SampleBook("Text.")
    book.settings.author = "<script src='x.js'>\" onload='x"
    var own = BookTheme()
    own.body = "<p title=\"{{author}}\">{{author}}</p>" + Self.frame
    let renderer = PageRenderer(
      index: book.index, theme: Theme(words: book.index.words, own: own))
    let page = renderer.page(for: book.chapters[0], result: nil)
    let html = String(decoding: try #require(page.files[page.path]), as: UTF8.self)
    let parsed = ParsedPage(html)
    #expect(parsed["script"].allSatisfy { $0.attributes["src"]?.hasPrefix("assets/") == true })
    #expect(!parsed.elements.contains { $0.attributes["onload"] != nil })
  }

  @Test func styleAndFontsAreThoseOfAllPages() throws {
    let book = try SampleBook("Text.")
    var own = BookTheme()
    own.variables = [
      .init(ThemeVariable(name: "accent", isColor: true), light: "#000000", dark: "#ffffff"),
      .init(ThemeVariable(name: "pad", isColor: false), light: "2rem"),
    ]
    own.style = ".a { }\n"
    own.epubStyle = ".b { }\n"
    own.files = ["fonts/a.WOFF2"]
    own.body = "<p>Mine</p>" + Self.frame
    let renderer = PageRenderer(
      index: book.index, theme: Theme(words: book.index.words, own: own))
    let files = renderer.commonFiles()
    #expect(
      String(decoding: files["assets/theme/style.css"] ?? [], as: UTF8.self) == """
        :root {
          --pad: 2rem;
        }
        @media screen {
        :root {
          --accent: light-dark(#000000, #ffffff);
        }
        }
        .a { }

        """)
    let page = renderer.page(for: book.chapters[0], result: nil)
    for bytes in [page.files[page.path], files["index.html"], files["404.html"]] {
      let text = String(decoding: try #require(bytes), as: UTF8.self)
      #expect(text.contains("assets/theme/style.css\" />"))
      #expect(text.contains("font-src &#39;self&#39;") || text.contains("font-src 'self'"))
      #expect(text.contains("<p>Mine</p>"))
    }
    // Paper has the style, and none of the template.
    let whole = renderer.wholeBook([renderer.part(of: book.chapters[0], result: nil)])
    #expect(whole["assets/theme/style.css"] == files["assets/theme/style.css"])
    let text = String(decoding: whole["index.html"] ?? [], as: UTF8.self)
    #expect(text.contains("assets/theme/style.css") && !text.contains("Mine"))
    let epub = renderer.epub(
      [renderer.epubPart(of: book.chapters[0], result: nil)], images: [:],
      modified: "2026-01-01", identifier: "urn:x")
    #expect(String(decoding: epub["EPUB/book.css"] ?? [], as: UTF8.self).hasSuffix("\n.b { }\n"))
    // A book without a theme has nothing of it.
    #expect(book.renderer().commonFiles()["assets/theme/style.css"] == nil)
    #expect(!book.page().contains("font-src") && !book.page().contains("assets/theme"))
  }

  @Test func variablesAreThoseOfTheStylesheet() {
    let names = Theme.variables.map(\.name)
    #expect(Set(names).count == names.count && names.count > 30)
    for name in ["paper", "ink", "accent", "nn-series-6", "nn-ink", "shade"] {
      #expect(Theme.variables.contains(ThemeVariable(name: name, isColor: true)), "\(name)")
    }
    for name in ["serif", "sans", "mono", "pad", "nn-figure-font"] {
      #expect(Theme.variables.contains(ThemeVariable(name: name, isColor: false)), "\(name)")
    }
  }

  /// Stylesheets that end nowhere and nest in every way are read to their end.
  @Test func noStylesheetIsTooBroken() {
    let pieces = [
      "{", "}", "(", ")", "\"", "'", "\\", "/*", "*/", "url(", "var(--", "@import", "\n", ";",
      "--a:", "é",
    ]
    var state: UInt64 = 7
    for _ in 0..<400 {
      var text = ""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int(state >> 33) % pieces.count]
      }
      for problem in ThemeStyle.problems(in: text, path: "style.css", files: ["a.svg"]) {
        #expect(problem.id == .themeStyle && problem.range != nil)
      }
      _ = BodyTemplate.problems(
        in: text.replacing("(", with: "{{").replacing(")", with: "}}"), path: "x")
    }
  }
}
