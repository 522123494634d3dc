import Foundation
import Fuzz
import Markdown
import Testing

struct RangeFuzzTests {
  @Test func `ranges of variants of texts cover what the author wrote`() throws {
    #expect(FuzzRun.firstMistake(seeds: try ChapterSeeds.texts(), in: mistake(in:)) == nil)
  }

  /// Bytes that are not UTF-8 and NUL never come as far as a document.
  private func mistake(in text: [UInt8]) -> String? {
    let text = String(decoding: text.filter { $0 != 0 }, as: UTF8.self)
    let document = MarkdownDocument(parsing: text)
    for node in document.nodes {
      if let mistake = mistake(in: node) { return mistake }
    }
    _ = document.render(.html)
    _ = document.render(.markdown)
    return nil
  }

  /// What is wrong with the range of a node; nil if nothing is.
  private func mistake(in node: MarkdownNode) -> String? {
    let document = node.document
    guard let range = node.range else { return nil }
    let start = document.lines.offset(of: range.start)
    let end = document.lines.offset(of: range.end)
    guard start >= 0, start <= end, end <= document.text.count else {
      return "\(node.kind) has range \(range)"
    }
    let source = document.text[start..<end]
    let (first, last): (String, String)
    switch node.kind {
    case .code: (first, last) = ("`", "`")
    case .formula: (first, last) = ("$", "$")
    case .image: (first, last) = ("!", "")
    case .footnoteReference: (first, last) = ("[", "]")
    case .htmlInline: (first, last) = ("<", ">")
    case .strikethrough: (first, last) = ("~", "~")
    case .link where source.first == 0x5B || source.first == 0x3C: (first, last) = ("", "")
    case .link(let destination, _):
      let isBare = destination.contains(String(decoding: source, as: UTF8.self))
      return isBare ? nil : "\(node.kind) is said to be \(String(decoding: source, as: UTF8.self))"
    default: return nil
    }
    guard source.starts(with: first.utf8), source.reversed().starts(with: last.utf8) else {
      return
        "\(node.kind) is said to be \(String(decoding: source, as: UTF8.self).debugDescription)"
    }
    return nil
  }
}
