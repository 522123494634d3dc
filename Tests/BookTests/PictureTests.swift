import BookModel
import ChapterParsing
import Foundation
import HostSystem
import PageRendering
import Testing

@testable import BookBuilding

/// Pictures that programs show beside links to pages.
@Suite struct PictureTests {
  private static let figure =
    "<svg class=\"nn-figure\" viewBox=\"0 0 40 20\"><title>A rising line</title><path d=\"M0 20L40 0\" "
    + "stroke=\"var(--nn-blue,#0b62b0)\"/></svg>"

  private static let chapter = """
    ---
    title: A
    ---

    ```swift hidden
    1
    ```

    ```swift
    2
    ```

    ```swift id=fig-two
    3
    ```
    """

  private static let settings = """
    title: T
    base: https://example.org/b
    pictures: true
    cover: fig-two
    """

  private let folder = try! TemporaryFolder()

  private func figures(_ chapter: Chapter) -> ChapterResult {
    ChapterResult(cells: [
      CellResult(outputs: [.svg(Self.figure.replacing("rising", with: "hidden"))]),
      CellResult(outputs: [.console("2"), .svg(Self.figure)]),
      CellResult(outputs: [.svg(Self.figure.replacing("rising", with: "falling"))]),
    ])
  }

  private func picture(
    of chapter: Chapter, _ result: ChapterResult?, id: String? = nil, theme: BookTheme? = nil
  ) -> FigurePicture? {
    let index = BookIndex(Book(settings: BookSettings(), chapters: [chapter]))
    return FigurePicture(of: chapter, result, id: id, index: index, theme: theme) { path in
      Array(path.utf8)
    }
  }

  @Test func showImagesOfTheAuthorAndFiguresInParts() throws {
    let text = """
      ---
      title: A
      ---

      ![A photo](https://example.org/a.png "From elsewhere") ![No caption](b.png)

      > [!SOLUTION]
      > ![An answer](c.png "Seen later")

      ![A *drawing*](img/d.SVG "By hand")

      > [!FIGURES] Two of $f$ {#fig-both}
      >
      > ```swift
      > 2
      > ```
      >
      > ![An image](e.jpg "Beside it")
      """
    let (parsed, _) = ChapterParser().parse(bytes: Array(text.utf8), path: "chapters/01-a.md")
    let chapter = try #require(parsed)
    let result = ChapterResult(cells: [CellResult(outputs: [.svg(Self.figure)])])
    let first = try #require(self.picture(of: chapter, result))
    #expect(first.description == "A drawing")
    let data = Data("chapters/img/d.SVG".utf8).base64EncodedString()
    #expect(
      String(decoding: first.document, as: UTF8.self).contains(
        "<body><img alt=\"\" src=\"data:image/svg+xml;base64,\(data)\" /></body>"))
    let both = try #require(self.picture(of: chapter, result, id: "fig-both"))
    #expect(both.description == "Two of f")
    let page = String(decoding: both.document, as: UTF8.self)
    #expect(page.contains("repeat(2,auto)"))
    #expect(page.contains("</svg><img alt=\"\" src=\"data:image/jpeg;base64,"))
  }

  private func read() async throws -> Book {
    try folder.write(Self.chapter, to: "chapters/01-a.md")
    try folder.write(Self.settings, to: "chapters/book.yml")
    return await BookReader(includesDrafts: false, jobs: 1)
      .read(try BookFolder(folder.file("chapters"))).book
  }

  @Test func showTheFirstFigureThatReadersSee() async throws {
    let chapter = try await read().chapters[0]
    let picture = try #require(self.picture(of: chapter, figures(chapter)))
    #expect(picture.description == "A rising line")
    let page = String(decoding: picture.document, as: UTF8.self)
    #expect(page.contains("default-src 'none'"))
    #expect(page.contains("<body><svg xmlns=\"http://www.w3.org/2000/svg\" class=\"nn-figure\""))
    let named = self.picture(of: chapter, figures(chapter), id: "fig-two")
    #expect(named?.description == "A falling line")
    #expect(self.picture(of: chapter, nil) == nil)
    var theme = BookTheme()
    theme.variables = [
      BookTheme.Setting(
        ThemeVariable(name: "nn-blue", isColor: true), light: "#123456", dark: "#abcdef")
    ]
    let own = try #require(self.picture(of: chapter, figures(chapter), theme: theme))
    #expect(String(decoding: own.document, as: UTF8.self).contains(":root{--nn-blue:#123456;}"))
  }

  @Test func areNamedInTheHeadsOfPages() async throws {
    let book = try await read()
    let renderer = PageRenderer(
      index: BookIndex(book),
      pictures: [
        "01-a.html": PagePicture(path: "assets/pictures/01-a-12.png", description: "A “line”"),
        "index.html": PagePicture(path: "assets/pictures/index-3.png", description: ""),
      ])
    let page = renderer.page(for: book.chapters[0], result: nil)
    #expect(
      String(decoding: page.files["01-a.html"] ?? [], as: UTF8.self).contains(
        """
        <meta property="og:image" content="https://example.org/b/assets/pictures/01-a-12.png" />
        <meta property="og:image:width" content="1200" />
        <meta property="og:image:height" content="630" />
        <meta property="og:image:alt" content="A “line”" />
        <meta name="twitter:card" content="summary_large_image" />
        """))
    let index = String(decoding: renderer.commonFiles()["index.html"] ?? [], as: UTF8.self)
    #expect(index.contains("content=\"https://example.org/b/assets/pictures/index-3.png\""))
    #expect(!index.contains("og:image:alt"))
  }
}

/// How a build comes by its pictures.
@Suite struct PictureStoreTests {
  private let folder = try! TemporaryFolder()

  @Test func keepsThemByWhatIsOnThem() throws {
    let store = PictureStore(path: folder.file("stored"))
    #expect(store.bytes(for: "ab") == nil)
    store.keep([1, 2], for: "ab")
    store.keep([3], for: "cd")
    #expect(PictureStore(path: folder.file("stored")).bytes(for: "ab") == [1, 2])
    store.removeAll(but: ["cd"])
    #expect(store.bytes(for: "ab") == nil)
    #expect(store.bytes(for: "cd") == [3])
  }

  /// Writes what a browser would, and that it ran.
  private func writeBrowser() throws -> String {
    try folder.write(
      """
      #!/bin/sh
      echo ran >> "$0.log"
      for word; do
        case "$word" in
          --screenshot=*) printf '\\211PNG\\r\\n\\032\\nfigure' > "${word#*=}";;
        esac
      done

      """, to: "browser")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder.file("browser"))
    return folder.file("browser")
  }

  private func build(_ words: String..., browser: String) async throws -> CommandRun {
    try await CommandRun(
      ["build", "--sandbox", "off"] + words, in: folder.path,
      environment: ["NNBOOK_CHROMIUM": browser])
  }

  private func runs() -> Int {
    ((try? folder.read("browser.log")) ?? "").split(separator: "\n").count
  }

  private func pictures() -> [String] {
    ((try? FileSystem.list(folder.file("site/assets/pictures"))) ?? []).map(\.name)
  }

  @Test func aBrowserDrawsEachFigureOnce() async throws {
    try folder.write(
      "---\ntitle: A\n---\n\n```swift\nplot([1, 2, 3])\n```\n", to: "chapters/01-a.md")
    try folder.write(
      "title: T\nbase: https://example.org/b\npictures: true\n", to: "chapters/book.yml")
    let without = try await build("-q", browser: "/no/such")
    #expect(without.status == 0)
    #expect(
      without.errors.contains(
        "warning: pictures for links are drawn by Chromium, and NNBOOK_CHROMIUM names '/no/such', "
          + "which is no program [chromium-missing]"))
    #expect(pictures() == [])
    #expect(try !folder.read("site/01-a.html").contains("og:image"))

    let broken = try await build("-q", browser: "/bin/false")
    #expect(
      broken.errors.contains(
        "warning: '/bin/false' drew no picture of the figure for links to '01-a.html' "
          + "[printing-failed]"))

    let browser = try writeBrowser()
    #expect(try await build("-q", browser: browser).transcript == "exit 0\n")
    let made = pictures()
    #expect(made.count == 1 && made[0].hasPrefix("01-a-") && made[0].hasSuffix(".png"))
    #expect(
      try folder.read("site/01-a.html").contains(
        "content=\"https://example.org/b/assets/pictures/\(made.first ?? "")\""))
    #expect(runs() == 1)

    // From what is stored, and from the site, which may come from a machine that draws otherwise.
    try FileSystem.remove(folder.file("site"))
    #expect(try await build("-q", browser: browser).transcript == "exit 0\n")
    #expect(pictures() == made)
    let stored = folder.file("chapters/.nnbook/pictures")
    try FileManager.default.moveItem(atPath: stored, toPath: folder.file("kept"))
    let place = "site/assets/pictures/\(made[0])"
    let other = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x21] as [UInt8]
    try FileSystem.write(other, to: folder.file(place))
    #expect(try await build("-q", "--check", browser: folder.file("none")).transcript == "exit 0\n")
    // A change of the prose draws nothing anew.
    try folder.write(
      "---\ntitle: A\n---\n\nNew.\n\n```swift\nplot([1, 2, 3])\n```\n", to: "chapters/01-a.md")
    #expect(try await build("-q", browser: browser).transcript == "exit 0\n")
    #expect(try folder.read("site/01-a.html").contains("New."))
    #expect(try FileSystem.read(folder.file(place)) == other)
    #expect(runs() == 1)

    // A site without pictures is as good.
    try FileSystem.remove(folder.file("site"))
    #expect(try await build("-q", browser: folder.file("none")).status == 0)
    try FileManager.default.moveItem(atPath: folder.file("kept"), toPath: stored)
    #expect(try await build("-q", "--check", browser: browser).transcript == "exit 0\n")
    #expect(runs() == 1)
  }
}
