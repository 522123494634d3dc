import Foundation
import Testing

@testable import BookEditing

/// What may stand after a key.
@Suite struct KeyValueTests {
  private static let settings = """
    language: d
    citations: "nu
    bibliography: ref
    start: 0
    cover: fig
    chapters:
      - 0
    parts:
      Basics: 01
    pictures: t
    title: A
    lang

    """

  private func labels(
    _ editor: Editor, _ name: String, _ text: String, _ mark: String
  ) async throws -> [String] {
    let answer = try await editor.ask("completion", name, text, at: mark)
    return (answer["items"]?.list ?? []).compactMap { $0["label"]?.text }
  }

  @Test func valuesOfTheBookAreCompleted() async throws {
    let editor = try await Editor([
      "book.yml": Self.settings, "01-a.md": "# A\n\n```swift id=fig-loss\n1\n```\n",
      "02-b.md": "# B\n", "ieee.csl": "", "references.bib": "", "data/more.bib": "",
    ])
    func labels(_ mark: String) async throws -> [String] {
      try await self.labels(editor, "book.yml", Self.settings, mark)
    }
    #expect(try await labels("language: d") == ["ar", "de", "en", "ja", "zh"])
    #expect(try await labels("\"nu") == ["author-year", "numbered", "ieee.csl"])
    #expect(try await labels("bibliography: ref") == ["references.bib"])
    #expect(try await labels("start: 0") == ["01-a.md", "02-b.md"])
    #expect(try await labels("cover: fig") == ["fig-loss"])
    #expect(try await labels("- 0") == ["01-a.md", "02-b.md"])
    #expect(try await labels("Basics: 01") == ["01-a.md", "02-b.md"])
    #expect(try await labels("pictures: t") == ["true", "false"])
    #expect(try await labels("title: A") == [])
    #expect(try await labels("\nlang").contains("language"))
    let quoted = try await editor.ask("completion", "book.yml", Self.settings, at: "\"nu")
    #expect(
      EditorRange(quoted["items"]?.list?.first?["textEdit"]?["range"])?.start
        == EditorPosition(line: 1, character: 12))
  }

  @Test func pathsOfShownFilesAreCompletedAndFollowed() async throws {
    let text = """
      # A

      ```swift from=co
      ```

      ```swift from=code/model.swift#lo
      ```

      ```python from="code/train.py"
      ```

      ```swift
      //| from: code/model.swift#loss
      ```

      """
    let editor = try await Editor([
      "01-a.md": text, "code/model.swift": "import NeuralNet\n// snippet.loss\nlet a = 1\n",
      "code/train.py": "x = 1\n",
    ])
    let files = ["code/model.swift", "code/train.py"]
    #expect(try await labels(editor, "01-a.md", text, "from=co") == files)
    #expect(try await labels(editor, "01-a.md", text, "from=\"code/t") == files)
    #expect(try await labels(editor, "01-a.md", text, "from: code/m") == files)
    #expect(try await labels(editor, "01-a.md", text, "#lo") == ["loss"])
    let model = try await editor.ask("definition", "01-a.md", text, at: "//| from: code/m")
    #expect(model["uri"]?.text == editor.address("code/model.swift"))
    #expect(EditorRange(model["range"])?.start.line == 2)
    let train = try await editor.ask("definition", "01-a.md", text, at: "from=\"code/t")
    #expect(train["uri"]?.text == editor.address("code/train.py"))
    let hover = try await editor.ask("hover", "01-a.md", text, at: "//| from: code/m")
    #expect(hover["contents"]?["value"]?.text?.contains("```swift\nlet a = 1\n```") == true)
    #expect(
      EditorRange(hover["range"])?.start == EditorPosition(line: 12, character: 10)
        && EditorRange(hover["range"])?.end.character == 31)
  }

  @Test func valuesOfTheBookAreFollowedAndRenamed() async throws {
    let settings = "start: 02-b.md\ncover: fig-loss\nchapters:\n  - 01-a.md\n"
    let editor = try await Editor([
      "book.yml": settings, "01-a.md": "# A\n\n```swift id=fig-loss\n1\n```\n",
      "02-b.md": "# B\n\nSee [](#fig-loss).\n",
    ])
    func target(_ mark: String) async throws -> String? {
      try await editor.ask("definition", "book.yml", settings, at: mark)["uri"]?.text
    }
    #expect(try await target("start: 0") == editor.address("02-b.md"))
    #expect(try await target("- 01") == editor.address("01-a.md"))
    #expect(try await target("cover: fig") == editor.address("01-a.md"))
    let edits = try await editor.ask(
      "rename", "book.yml", settings, at: "cover: fig", ["newName": "fig-new"])
    guard case .object(let changes) = edits["changes"] else { throw Message.Failure.invalid("") }
    #expect(changes.keys.sorted() == ["01-a.md", "02-b.md", "book.yml"].map(editor.address))
    let own = changes[editor.address("book.yml")]?.list?.first?["range"]
    #expect(EditorRange(own)?.start == EditorPosition(line: 1, character: 7))
  }

  @Test func valuesOfAChapterAreCompleted() async throws {
    let text = "---\ntitle: A\ndraft: t\nappendix:\ndate: 2\ndesc\n---\n\n# A\n"
    let editor = try await Editor(["01-a.md": text])
    #expect(try await labels(editor, "01-a.md", text, "draft: t") == ["true", "false"])
    #expect(try await labels(editor, "01-a.md", text, "appendix:") == ["true", "false"])
    #expect(try await labels(editor, "01-a.md", text, "title: A") == [])
    #expect(try await labels(editor, "01-a.md", text, "\ndesc").contains("description"))
    let days = try await labels(editor, "01-a.md", text, "date: 2")
    #expect(days.count == 1 && days[0].wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil)
  }
}
