import BookModel
import Markdown

extension InlineValue {
  /// As it stands in a sentence that has no markup.
  func text(in result: ChapterResult?) -> String {
    let value = value(in: result)
    return InlineNumber(value)?.plain ?? value
  }

  /// As it stands in the sentence of a page.
  ///
  /// - Parameter isRightToLeft: of the text around it, in which the sign of a number would stand behind
  ///   it.
  func fragments(in result: ChapterResult?, isRightToLeft: Bool) -> [MarkdownFragment] {
    let value = value(in: result)
    let number = InlineNumber(value)
    let html = number?.html ?? .text(value)
    let direction = isRightToLeft && number != nil ? "ltr" : nil
    if isLive {
      let attributes: KeyValuePairs<String, String?> = [
        "data-value": "\(id.index)", "dir": direction,
      ]
      return [.html(HTML.tag("span", attributes, html).rendered)]
    }
    if let direction { return [.html(HTML.tag("bdi", ["dir": direction], html).rendered)] }
    return number?.fragments ?? [.text(value)]
  }

  private func value(in result: ChapterResult?) -> String {
    guard let values = result?.inlineValues, values.indices.contains(id.index) else { return "…" }
    return values[id.index]
  }
}

extension Chapter {
  /// Those in the prose.
  var inlineValuesByPlace: [SourcePosition: InlineValue] {
    Dictionary(
      inlineValues.filter { $0.rangeInText == nil }.map { ($0.range.start, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Those in a caption, question or alternative text.
  func inlineValues(in text: Located<String>) -> [InlineValue] {
    inlineValues.filter { value in
      value.rangeInText != nil && value.range.start >= text.range.start
        && value.range.start < text.range.end
    }
  }

  /// A caption, question or alternative text with its values in place.
  /// - Parameter escape: what the text around them asks of their characters.
  func filled(
    _ text: Located<String>, _ result: ChapterResult?, escape: (String) -> String = { $0 }
  ) -> String {
    let values = inlineValues(in: text)
    if values.isEmpty { return text.value }
    let bytes = Array(text.value.utf8)
    var filled = ""
    var next = 0
    for value in values {
      guard let range = value.rangeInText, next <= range.lowerBound, range.upperBound <= bytes.count
      else { continue }
      filled += String(decoding: bytes[next..<range.lowerBound], as: UTF8.self)
      filled += escape(value.text(in: result))
      next = range.upperBound
    }
    return filled + String(decoding: bytes[next...], as: UTF8.self)
  }
}
