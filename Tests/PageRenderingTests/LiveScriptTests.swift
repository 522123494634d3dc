import BookModel
import Testing

@testable import PageRendering

@Suite struct `The scripts of a page with live cells` {
  private func files() throws -> [String: [UInt8]] {
    let book = try SampleBook(
      "```swift live\n1\n```\n\n```swift\n2\n```\n\n```swift live timeout=9\n3\n```\n")
    let slider = ControlRecord(#"{"kind":"slider","key":"units","label":"Units"}"#)
    let goal = ControlRecord(#"{"kind":"goal","key":"win","label":"Win","reached":false}"#)
    let result = ChapterResult(
      cells: [
        CellResult(outputs: [.text("1")]), CellResult(),
        CellResult(outputs: [
          .control(try #require(slider)), .text("3"), .control(try #require(goal)),
        ]),
      ], liveModule: LiveModule(bytes: Array("module".utf8), cells: [0, 2]))
    return book.renderer().page(for: book.chapters[0], result: result).files
  }

  private func text(_ name: String) throws -> String {
    String(decoding: try #require(try files()[name]), as: UTF8.self)
  }

  @Test func `say before the text which controls there are`() throws {
    #expect(
      try text("01-sample.controls.js") == """
        nnbookControls({"0":{"limit":5,"controls":[]},"2":{"limit":9,"controls":[\
        {"kind":"slider","key":"units","label":"Units"},\
        {"kind":"goal","key":"win","label":"Win","reached":false}]}});

        """)
  }

  @Test func `carry the module`() throws {
    #expect(try text("01-sample.live.js") == "nnbookLive({module:\"bW9kdWxl\"});\n")
  }

  @Test func `come in the order in which they need one another`() throws {
    let head = try #require(try text("01-sample.html").split(separator: "<body").first)
    let scripts = head.split(separator: "\n").filter { $0.hasPrefix("<script") }
    #expect(
      scripts == [
        "<script src=\"assets/book.js\"></script>", "<script src=\"assets/live.js\"></script>",
        "<script src=\"01-sample.controls.js\"></script>",
        "<script src=\"01-sample.live.js\" defer=\"\"></script>",
      ])
  }

  @Test func `leave what few chapters need to scripts of their own`() throws {
    let book = try SampleBook("```swift live predict=\"What?\"\n1\n```\n")
    let points = try #require(ControlRecord(#"{"kind":"points","key":"p","label":"P"}"#))
    let result = ChapterResult(
      cells: [CellResult(outputs: [.control(points), .text("1")])],
      liveModule: LiveModule(bytes: [0], cells: [0]))
    let page = book.renderer().page(for: book.chapters[0], result: result)
    let html = String(decoding: page.files[page.path] ?? [], as: UTF8.self)
    #expect(html.contains("<script src=\"assets/live-plane.js\"></script>"))
    #expect(html.contains("<script src=\"assets/predictions.js\"></script>"))
    for script in ["live-plane", "predictions"] {
      #expect(try !text("01-sample.html").contains(script))
    }
  }
}

@Suite struct `What a page loads of the theme` {
  private func size(_ names: String...) throws -> Int {
    try names.reduce(0) { try $0 + #require(Theme.standard.files["assets/" + $1]).count }
  }

  @Test func `stays small`() throws {
    #expect(try size("book.css") <= 32 << 10)
    #expect(try size("book.js", "live.js") <= 35 << 10)
  }

  @Test func `has no comments and no empty lines`() {
    for (name, bytes) in Theme.standard.files {
      for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
        let text = String(decoding: line, as: UTF8.self).drop { $0 == " " }
        #expect(!text.isEmpty && !text.hasPrefix("//"), "\(name): \(text)")
      }
    }
  }

  @Test(arguments: ["live-plane.js", "predictions.js", "previews.js", "tabs.js", "tabs.css"])
  func `is less for what is loaded when it is needed`(name: String) throws {
    #expect(try size(name) <= 7 << 10)
  }

  @Test func `has the search in one small script`() throws {
    #expect(try size("search.js") <= 18 << 10)
  }
}
