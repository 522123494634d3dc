import BookModel
import Foundation
import PageRendering
import Testing

/// What can be checked of WCAG 2.1 AA without a browser.
@Suite struct AccessibilityTests {
  let page: ParsedPage

  init() throws {
    let book = try SampleBook([
      "01-tour": GoldenFile.markdown("tour"), "02-counting": GoldenFile.markdown("counting"),
    ])
    let page = book.renderer(math: try SampleResults.math("tour"))
      .page(for: book.chapters[0], result: SampleResults.tour)
    self.page = ParsedPage(String(decoding: page.files[page.path] ?? [], as: UTF8.self))
  }

  @Test func thePageSaysItsLanguageAndTitle() {
    #expect(page["html"].first?.attributes["lang"] == "en")
    #expect(page["title"].first?.text == "What a hidden layer buys · Networks by Hand")
  }

  @Test func landmarksAreThereAndTwoOfAKindHaveNames() {
    #expect(page["main"].count == 1)
    #expect(page["header"].filter { $0.path == ["html", "body"] }.count == 1)
    #expect(page["footer"].filter { $0.path == ["html", "body"] }.count == 1)
    let names = (page["nav"] + page["aside"]).map { $0.attributes["aria-label"] ?? "" }
    #expect(!names.contains(""))
    #expect(Set(names).count == names.count)
  }

  @Test func theFirstLinkSkipsToTheText() {
    #expect(page["a"].first?.attributes["href"] == "#main")
  }

  @Test func headingsGoDownOneLevelAtATime() {
    let levels = page.elements.compactMap { element -> Int? in
      element.name.count == 2 && element.name.hasPrefix("h") ? Int(element.name.dropFirst()) : nil
    }
    #expect(levels.first == 1)
    #expect(levels.filter { $0 == 1 }.count == 1)
    for (before, after) in zip(levels, levels.dropFirst()) { #expect(after <= before + 1) }
  }

  @Test func everyPictureHasWords() {
    #expect(!page["svg"].isEmpty)
    for picture in page["svg"] { #expect(picture.attributes["role"] == "img") }
    for picture in page["img"] { #expect(picture.attributes["alt"] != nil) }
  }

  @Test func everyInputHasAName() {
    #expect(!page["input"].isEmpty)
    for input in page["input"] { #expect(input.attributes["aria-label"] != nil) }
  }

  @Test func everyLinkHasTextOrAName() {
    for link in page["a"] {
      let name = link.attributes["aria-label"] ?? link.text
      #expect(name.contains { !$0.isWhitespace }, "\(link)")
    }
  }

  @Test func idsAreUnique() {
    let ids = page.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
  }

  @Test func linksWithinThePageLeadSomewhere() {
    let ids = Set(page.elements.compactMap { $0.attributes["id"] })
    for link in page["a"] {
      guard let href = link.attributes["href"], href.hasPrefix("#") else { continue }
      #expect(ids.contains(String(href.dropFirst())), "\(href)")
    }
  }

  @Test func tablesSayWhatTheirColumnsAre() {
    #expect(page["table"].count == page["thead"].count)
  }
}
