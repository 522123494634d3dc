import Foundation
import Testing

@testable import PageRendering

/// Over every figure that the engine's tests hold.
@Suite struct `Figures in pages` {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "NotebookTests/Golden")

  private static let figures: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".svg") || $0.hasSuffix(".html") }.sorted()
  }()

  private static func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  private static var paper: RelocatedMarkup.Rules {
    RelocatedMarkup.Rules(id: { $0 }, address: { _ in nil }, isXML: true)
  }

  private struct Element: Equatable {
    var name: String
    var attributes: [String: String]
  }

  private func elements(_ markup: String) -> [Element] {
    HTMLFragment.elements(in: markup).map { Element(name: $0.name, attributes: $0.attributes) }
  }

  /// What has a stroke and says nothing of its inside is a line, and XML wants the namespace of a
  /// drawing that HTML knows by its name.
  private func closed(_ element: Element) -> Element {
    var element = element
    if element.name == "svg" { element.attributes["xmlns"] = FigureMarkup.svgNamespace }
    if element.name == "path", element.attributes["stroke"] != nil,
      element.attributes["fill"] == nil
    {
      element.attributes["fill"] = "none"
    }
    return element
  }

  @Test func `come back whole for readers without the stylesheet`() throws {
    #expect(Self.figures.count > 60)
    for name in Self.figures {
      let text = try Self.text(name)
      let page = try HTMLFragment.wellFormed([text], isCompact: true)[0]
      let again = RelocatedMarkup(page, Self.paper).markup
      #expect(elements(again) == elements(text).map(closed), "\(name)")
      #expect(HTMLFragment.text(in: again) == HTMLFragment.text(in: text), "\(name)")
    }
  }

  @Test func `are shorter in a page`() throws {
    var before = 0
    var after = 0
    for name in Self.figures {
      let text = try Self.text(name)
      let page = try HTMLFragment.wellFormed([text], isCompact: true)[0]
      (before, after) = (before + text.utf8.count, after + page.utf8.count)
      #expect(!page.contains("xmlns") && !page.contains("></path>"), "\(name)")
      if text.contains("class=\"nn-figure\"") { #expect(!page.contains(",#"), "\(name)") }
    }
    #expect(after * 100 < before * 95)
  }

  @Test(arguments: [
    // An author's own figure keeps its words.
    (
      "<svg xmlns=\"http://www.w3.org/2000/svg\"><text text-anchor=\"end\">a</text></svg>",
      "<svg><text text-anchor=\"end\">a</text></svg>"
    ),
    ("<svg><path d=\"M0 0\" /></svg>", "<svg><path d=\"M0 0\"/></svg>"),
    (
      "<table class=\"nn-table\"><tr><td class=\"nn-number\">1</td><td>a</td></tr></table><td>b</td>",
      "<table class=\"nn-table nn-c\"><tr><td>1</td><td class=\"l\">a</td></tr></table><td>b</td>"
    ),
    // HTML knows no closed elements, and these are unknown there.
    ("<path d=\"M0 0\"/>", "<path d=\"M0 0\"></path>"),
    ("<svg><foreignObject><p/></foreignObject></svg>", nil),
    (
      "<svg class=\"nn-figure\"><text class=\"nn-halo\" text-anchor=\"end\">a</text></svg>",
      "<svg class=\"nn-figure\"><text class=\"nn-halo e\">a</text></svg>"
    ),
    (
      "<svg class=\"nn-figure\"><g fill=\"var(--nn-muted,#59636e)\" stroke=\"var(--mine)\"><path d=\"M0 0\" stroke=\"var(--nn-blue,#0b62b0)\" stroke-width=\"2\"/></g></svg>",
      "<svg class=\"nn-figure\"><g stroke=\"var(--mine)\" class=\"fu\"><path d=\"M0 0\" class=\"sb w\"/></g></svg>"
    ),
    (
      "<svg class=\"nn-figure\"><path fill=\"none\"/><path fill=\"none\" stroke=\"red\"/></svg>",
      "<svg class=\"nn-figure\"><path fill=\"none\"/><path stroke=\"red\"/></svg>"
    ),
  ])
  func `lose only what the stylesheet says`(markup: String, expected: String?) throws {
    let expected = expected ?? "<svg><foreignObject><p></p></foreignObject></svg>"
    #expect(try HTMLFragment.wellFormed([markup], isCompact: true) == [expected])
  }
}
