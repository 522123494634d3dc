import BookModel
import Mustache

/// A book's own template of what stands between the tags of a page's body: Mustache over a fixed set of
/// keys, around markup that is as safe as an author's raw HTML. The head, with the content policy and
/// the scripts, stays nnbook's.
package struct BodyTemplate {
  private enum Kind { case text, markup, section }

  private struct Tag {
    var sigil: UInt8?
    var isTriple: Bool
    var name: String
    /// In bytes, braces and all.
    var range: Range<Int>
  }

  private struct Section {
    var name: String
    var range: Range<Int>
  }

  private static let texts: Set<String> = [
    "kind", "root", "language", "title", "direction", "description", "author",
  ]
  private static let markup: Set<String> = ["book", "contents", "sections", "content", "citation"]
  private static let conditions: Set<String> = [
    "isIndex", "isWhole", "hasContents", "hasSections", "hasNeighbors",
  ]
  private static let links: Set<String> = ["previous", "next", "links"]

  private let file: ThemeFile
  private let text: String
  private let bytes: [UInt8]
  private var problems: [Diagnostic] = []

  /// - Parameter path: as the author would type it.
  package static func problems(in text: String, path: String) -> [Diagnostic] {
    var template = BodyTemplate(text, path)
    let tags = template.tags()
    template.check(tags)
    if template.problems.isEmpty { template.checkMarkup(tags) }
    if template.problems.isEmpty, (try? MustacheTemplate(string: text)) == nil {
      template.add(0..<0, "this is no template of Mustache")
    }
    return template.problems
  }

  private init(_ text: String, _ path: String) {
    file = ThemeFile(path: path, text: text)
    self.text = text
    bytes = Array(text.utf8)
  }

  private mutating func add(_ range: Range<Int>, _ summary: String) {
    problems.append(file.diagnostic(.themeTemplate, at: range, summary))
  }

  // MARK: Tags

  private static let openingBrace = UInt8(ascii: "{")
  private static let closingBrace = UInt8(ascii: "}")

  private mutating func tags() -> [Tag] {
    var tags: [Tag] = []
    var i = 0
    while i + 1 < bytes.count {
      guard bytes[i] == Self.openingBrace, bytes[i + 1] == Self.openingBrace else {
        i += 1
        continue
      }
      let isTriple = i + 2 < bytes.count && bytes[i + 2] == Self.openingBrace
      let width = isTriple ? 3 : 2
      var end = i + width
      while end < bytes.count, bytes[end] != Self.closingBrace, bytes[end] != 0x0A { end += 1 }
      guard end + width <= bytes.count,
        bytes[end..<end + width].allSatisfy({ $0 == Self.closingBrace })
      else {
        add(i..<i + width, "'\(isTriple ? "{{{" : "{{")' is never closed")
        return tags
      }
      var inside = bytes[i + width..<end].drop { $0 == 0x20 }
      var sigil: UInt8?
      if let first = inside.first, "#^/!>=&$<".utf8.contains(first) {
        sigil = first
        inside = inside.dropFirst().drop { $0 == 0x20 }
      }
      while inside.last == 0x20 { inside.removeLast() }
      tags.append(
        Tag(
          sigil: sigil, isTriple: isTriple, name: String(decoding: inside, as: UTF8.self),
          range: i..<end + width))
      i = end + width
    }
    return tags
  }

  private mutating func check(_ tags: [Tag]) {
    var open: [Section] = []
    for tag in tags {
      switch tag.sigil {
      case UInt8(ascii: "!"): continue
      case UInt8(ascii: "/"):
        guard let last = open.popLast(), last.name == tag.name else {
          add(tag.range, "'{{/\(tag.name)}}' closes nothing; each closes the section opened last")
          return
        }
        continue
      case nil, UInt8(ascii: "#"), UInt8(ascii: "^"): break
      default:
        add(tag.range, "template has no partials, blocks or marks of its own; keys and sections do")
        continue
      }
      let isInLink = open.contains { Self.links.contains($0.name) }
      guard let kind = Self.kind(of: tag.name, isInLink: isInLink) else {
        let near = nearest(to: tag.name, in: Self.names(isInLink: isInLink))
        add(
          tag.range,
          "key '\(tag.name)' doesn't exist in a template; "
            + (near.map { "did you mean '\($0)'?" }
              ?? "keys are \(Self.names(isInLink: isInLink).map { "'\($0)'" }.joined(separator: ", "))")
        )
        continue
      }
      if tag.sigil != nil {
        open.append(Section(name: tag.name, range: tag.range))
        continue
      }
      switch kind {
      case .text where tag.isTriple:
        add(tag.range, "key '\(tag.name)' is text; it is written '{{\(tag.name)}}'")
      case .markup where !tag.isTriple:
        add(tag.range, "key '\(tag.name)' is markup; it is written '{{{\(tag.name)}}}'")
      case .section:
        add(
          tag.range,
          "key '\(tag.name)' shows nothing by itself; it opens a section, '{{#\(tag.name)}}'")
      default: break
      }
    }
    for section in open {
      add(
        section.range, "section '\(section.name)' is never closed; '{{/\(section.name)}}' ends it")
    }
  }

  private static func kind(of name: String, isInLink: Bool) -> Kind? {
    if isInLink, name == "href" { return .text }
    if isInLink, name == "title" { return .markup }
    if texts.contains(name) || words.contains(name) { return .text }
    if markup.contains(name) { return .markup }
    return conditions.contains(name) || links.contains(name) ? .section : nil
  }

  private static let words = Set(
    InterfaceWords.english.keys.filter { !$0.hasPrefix("js-") }.map { "word-" + $0 })

  private static func names(isInLink: Bool) -> [String] {
    let own = texts.union(markup).union(conditions).union(links).sorted()
    return (isInLink ? ["href"] : []) + own + words.sorted()
  }

  // MARK: Markup

  /// What scripts and styles look for.
  private static let frame: [(name: String?, id: String?, shown: String)] = [
    ("article", nil, "element 'article'"),
    ("main", "main", "element 'main' with the id 'main'"),
    (nil, "tools", "element with the id 'tools'"),
  ]

  private mutating func checkMarkup(_ tags: [Tag]) {
    for tag in tags {
      let before = bytes[..<tag.range.lowerBound].suffix(2)
      if before.last == HTML.openingBracket
        || before.elementsEqual([HTML.openingBracket, UInt8(ascii: "/")])
      {
        add(tag.range, "'{{\(tag.name)}}' stands in a tag; there, only quoted values hold keys")
        return
      }
    }
    let markup = masked(tags)
    do throws(HTMLFragment.Problem) {
      _ = try HTMLFragment.wellFormed([markup])
    } catch {
      let isKey = tags.contains { $0.range.contains(error.offset) }
      add(
        error.offset..<error.offset + 1,
        isKey ? "a key stands in a tag; there, only quoted values hold keys" : error.summary)
      return
    }
    let elements = HTMLFragment.elements(in: markup)
    for element in elements {
      for (name, value) in element.attributes where value.contains(HTML.commentStart) {
        add(
          0..<0,
          "attribute '\(name)' of '\(element.name)' holds a key of markup; values hold keys of text"
        )
      }
    }
    let content = tags.filter { $0.isTriple && $0.name == "content" }
    if content.count != 1 {
      add(
        content.last?.range ?? 0..<0,
        "template shows '{{{content}}}' \(content.isEmpty ? "nowhere" : "twice"); it stands there once"
      )
    }
    for (name, id, shown) in Self.frame {
      let isThere = elements.contains { element in
        (name == nil || element.name == name) && (id == nil || element.attributes["id"] == id)
      }
      if !isThere {
        add(0..<0, "template has no \(shown), which the scripts and styles of the pages need")
      }
    }
  }

  /// With something else of the same length in the place of each tag, so that places stay what they
  /// are: markup is a comment, which stands only where markup can; all else holds spaces, which end a
  /// value that has no quotation marks.
  private func masked(_ tags: [Tag]) -> String {
    var masked = bytes
    for tag in tags {
      let length = tag.range.count
      masked.replaceSubrange(
        tag.range,
        with: tag.isTriple
          ? HTML.comment(ofLength: length)
          : [Self.openingBrace] + [UInt8](repeating: 0x20, count: length - 2)
            + [Self.openingBrace])
    }
    return String(decoding: masked, as: UTF8.self)
  }
}
