import BookModel
import ChapterParsing
import Testing

/// Fences that show files of the book.
@Suite struct `Lines of files` {
  private static let files: [String: String] = [
    "code/model.swift": """
    import A
    struct B {
      // snippet.loss
      let a = 1

        let b = 2
      // snippet.rate
      let c = 3
      // snippet.end
    }
    // snippet.empty
    // snippet.end
    // snippet.twice
    x
    // snippet.twice
    y
    """,
    "code/train.py": "# snippet.loop\nfor x in y:\n  pass\n",
    "page.html": "<!-- snippet.head -->\n<h1>A</h1>\n<!-- snippet.end -->\n",
    "plain.txt": "one\ntwo",
  ]

  private static let reader = IncludedFiles(folder: "chapters") {
    name throws(IncludedFileError) in
    if name == "locked.swift" {
      throw IncludedFileError(isAbsence: false, reason: "permission denied")
    }
    if name == "picture.png" { return [0x89, 0x50, 0xFF] }
    guard let text = files[name] else {
      throw IncludedFileError(isAbsence: true, reason: "no such file")
    }
    return Array(text.utf8)
  } names: {
    files.keys.sorted()
  }

  private func read(_ text: String) -> (Chapter?, String) {
    let (chapter, problems) = ChapterParser(files: Self.reader).parse(
      bytes: Array("# T\n\n\(text)".utf8), path: "chapters/a.md")
    return (chapter, DiagnosticPrinter().text(for: problems))
  }

  @Test func `between two markers are a cell's code, without the blanks around them`() throws {
    let (chapter, messages) = read("```swift from=code/model.swift#loss\n```\n")
    #expect(messages == "")
    let cell = try #require(chapter?.cells.first)
    #expect(cell.code == "let a = 1\n\n  let b = 2\n")
    #expect(cell.codeStart == SourcePosition(line: 3, column: 1))
    // Each line has a place of its own, which leads to the file.
    let places = cell.lines.map {
      chapter?.place(SourceRange(file: "chapters/a.md", start: $0))
    }
    #expect(
      places
        == [4, 5, 6].map { SourceRange(file: "chapters/code/model.swift", line: $0, column: 3) }
    )
    #expect(chapter?.sourceLine(cell.lines[2].line) == "    let b = 2")
  }

  @Test func `end where another snippet begins, and with the file`() {
    let (chapter, messages) = read(
      """
      ```swift from=code/model.swift#rate
      ```

      ```swift from="plain.txt" ignore
      ```

      ```python from=code/train.py#loop
      ```

      ```html from=page.html#head
      ```

      """)
    #expect(messages == "")
    #expect(chapter?.cells.map(\.code) == ["let c = 3\n", "one\ntwo\n"])
    #expect(
      chapter?.inclusions.map(\.text)
        == ["let c = 3\n", "one\ntwo\n", "for x in y:\n  pass\n", "<h1>A</h1>\n"])
  }

  @Test func `may have options above them, and nothing else`() {
    let (chapter, messages) = read(
      "```swift from=code/model.swift#rate\n//| id: lst-a\n```\n")
    #expect(messages == "")
    #expect(chapter?.cells.first?.options.id?.value == "lst-a")
    #expect(chapter?.cells.first?.code == "let c = 3\n")
  }

  @Test func `may be named in a line of their own`() {
    let (chapter, messages) = read("```swift\n//| from: code/model.swift#rate\n```\n")
    #expect(messages == "")
    #expect(chapter?.cells.first?.code == "let c = 3\n")
  }

  @Test func `are found by their fences, also where one stands in a footnote`() throws {
    let text =
      "A[^1].\n\n[^1]: Note:\n\n    ```text from=plain.txt\n    ```\n\n"
      + "```html from=page.html#head\n```\n"
    let chapter = try #require(read(text).0)
    #expect(chapter.inclusion(atFence: 7)?.name == "plain.txt")
    #expect(chapter.inclusion(atFence: 10)?.name == "page.html")
    for inclusion in chapter.inclusions {
      let line = inclusion.stand(forLine: 1)
      #expect(chapter.sourceLine(line) == inclusion.lines[0])
      #expect(chapter.place(SourceRange(file: chapter.path, line: line)).file == inclusion.path)
    }
  }

  @Test func `leave out what marks snippets where a whole file is shown`() throws {
    let (chapter, messages) = read("```swift from=./code//model.swift\n```\n")
    #expect(messages == "")
    let cell = try #require(chapter?.cells.first)
    #expect(
      cell.code
        == "import A\nstruct B {\n  let a = 1\n\n    let b = 2\n  let c = 3\n}\nx\ny\n")
    let last = SourceRange(file: "chapters/a.md", start: try #require(cell.lines.last))
    #expect(chapter?.place(last).start == SourcePosition(line: 16, column: 1))
    #expect(read("```python from=code/train.py\n```\n").1 == "")
  }

  @Test func `without a reader of files are none, and no mistake`() {
    let (chapter, problems) = ChapterParser().parse(
      bytes: Array("# T\n\n```swift from=nowhere.swift\n```\n".utf8), path: "a.md")
    #expect(problems == [])
    #expect(chapter?.cells.first?.code == "")
  }

  @Test(arguments: [
    (
      "swift from=code/modl.swift", "3:15",
      "no file 'code/modl.swift' in folder 'chapters'; did you mean 'code/model.swift'? [included-file]"
    ),
    (
      "swift from=x/y/z/far.txt", "3:15",
      "no file 'x/y/z/far.txt' in folder 'chapters' [included-file]"
    ),
    (
      "swift from=../Sources/a.swift#b", "3:15",
      "file '../Sources/a.swift' is outside of the book; a fence shows files of folder 'chapters' and of "
        + "folders in it [included-file]"
    ),
    (
      "python from=/etc/passwd", "3:16",
      "file '/etc/passwd' is outside of the book; a fence shows files of folder 'chapters' and of folders "
        + "in it [included-file]"
    ),
    (
      "text from=code/.secret", "3:14",
      "file 'code/.secret' is hidden; a fence shows files whose names begin otherwise than with '.' "
        + "[included-file]"
    ),
    (
      "swift from=locked.swift", "3:15",
      "file 'locked.swift' cannot be read: permission denied [included-file]"
    ),
    (
      "swift from=picture.png", "3:15", "file 'picture.png' is not UTF-8 text [included-file]"
    ),
    (
      "text from=plain.txt from=plain.txt", "3:24", "word 'from' is given twice [included-file]"
    ),
    (
      "swift from=code/model.swift#los", "3:15",
      "file 'code/model.swift' has no snippet 'los'; did you mean 'loss'? [snippet-name]"
    ),
    (
      "swift from=code/train.py#optimizer", "3:15",
      "file 'code/train.py' has no snippet 'optimizer'; it has 'loop' [snippet-name]"
    ),
    (
      "swift from=plain.txt#loss", "3:15",
      "file 'plain.txt' has no snippet 'loss'; a line '// snippet.loss' begins one [snippet-name]"
    ),
    (
      "swift from=code/model.swift#empty", "3:15",
      "snippet 'empty' of 'code/model.swift' is empty [snippet-name]"
    ),
    (
      "swift from=code/model.swift#twice", "3:15",
      "snippet 'twice' begins twice in 'code/model.swift', on lines 13 and 15 [snippet-name]"
    ),
  ])
  func `that cannot be shown are told`(info: String, place: String, message: String) {
    let (_, messages) = read("```\(info)\n```\n")
    #expect(messages.split(separator: "\n").first == "chapters/a.md:\(place): error: \(message)")
  }

  @Test(arguments: ["swift", "python"])
  func `stand in no fence with code`(language: String) {
    let (_, messages) = read("```\(language) from=plain.txt\nlet a = 1\n```\n")
    #expect(
      messages.hasPrefix(
        "chapters/a.md:3:\(language.count + 10): error: fence shows 'plain.txt', so it has no code of its "
          + "own; leave one of the two out [included-file]"))
  }
}
