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
