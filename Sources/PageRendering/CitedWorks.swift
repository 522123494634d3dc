/// What a processor of citations made of those of a book.
package struct CitedWorks: Hashable, Sendable {
  /// A part of a citation's text.
  package enum Piece: Hashable, Sendable {
    case markup(String)
    /// The words that name one work.
    case work(key: String, markup: String)
  }

  package struct Entry: Hashable, Sendable {
    package var key: String
    package var markup: String

    package init(key: String, markup: String) {
      self.key = key
      self.markup = markup
    }
  }

  /// By the text of the group.
  package private(set) var groups: [String: [Piece]] = [:]
  /// In the order of the list.
  package private(set) var entries: [Entry] = []
  /// What an entry is called in an address.
  private var ids: [String: String] = [:]

  package init() {}

  /// A style of citations by numbers, for the processor.
  package static var numberedStyle: [UInt8] { PackageResources.numbered_csl }

  /// Reads HTML in which each group is a paragraph, in order, before the list of works.
  ///
  /// - Returns: nil where the markup is not that.
  package init?(html: String, groups texts: [String]) {
    var reader = Reader(html)
    while reader.next() {}
    guard reader.paragraphs.count == texts.count else { return nil }
    self.init(
      groups: Dictionary(zip(texts, reader.paragraphs), uniquingKeysWith: { first, _ in first }),
      entries: reader.entries)
  }

  package init(groups: [String: [Piece]], entries: [Entry]) {
    self.groups = groups
    self.entries = entries
    var taken: Set<String> = []
    for entry in entries {
      let plain = Self.plainID(of: entry.key)
      var id = plain
      var number = 2
      while !taken.insert(id).inserted {
        id = "\(plain)-\(number)"
        number += 1
      }
      ids[entry.key] = id
    }
  }

  /// Of letters that every form of a book takes in a name.
  static func plainID(of key: String) -> String {
    "ref-"
      + String(key.map { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "_" ? $0 : "-" })
  }

  func id(of key: String) -> String? { ids[key] }

  /// Takes out of the processor's markup what a page shows of it.
  private struct Reader {
    var paragraphs: [[Piece]] = []
    var entries: [Entry] = []
    private var scanner: MarkupScanner
    private var open: [(name: String, isKept: Bool)] = []
    /// How many elements stand around the paragraph or work that is read.
    private var base: Int?
    private var markup = ""
    private var pieces: [Piece] = []
    private var key: String?
    private var entryKey: String?

    private static let kept: Set<String> = [
      "em", "strong", "i", "b", "u", "sup", "sub", "code", "a", "span", "div",
    ]

    init(_ html: String) { scanner = MarkupScanner(html) }

    mutating func next() -> Bool {
      guard let token = try? scanner.next() else { return false }
      switch token {
      case .text(let text):
        if base != nil {
          markup += HTML.escaped(text.split(separator: "\n").joined(separator: " "))
        }
      case .comment: break
      case .opening(let name, let attributes, let isClosed, _):
        if isClosed || HTML.voidElements.contains(name) { break }
        begin(name, attributes)
      case .closing: end()
      }
      return true
    }

    private mutating func begin(_ name: String, _ attributes: [HTML.Attribute]) {
      func value(_ wanted: String) -> String? {
        attributes.first { $0.name == wanted }?.value
      }
      var isKept = false
      if base == nil {
        if name == "p" {
          base = open.count
        } else if name == "div", let id = value("id"), id.hasPrefix("ref-") {
          base = open.count
          entryKey = String(id.dropFirst(4))
        }
      } else if name == "a", let address = value("href"), address.hasPrefix("#ref-") {
        flush()
        key = String(address.dropFirst(5))
      } else if Self.kept.contains(name), value("class") != "citation" {
        isKept = true
        let attributes = attributes.filter {
          $0.name == "class" || $0.name == "href" && !$0.value.hasPrefix("#")
        }
        markup += HTML.opening(name, attributes: attributes)
      }
      open.append((name, isKept))
    }

    private mutating func end() {
      guard let (name, isKept) = open.popLast() else { return }
      if isKept { markup += HTML.closing(name) }
      if name == "a", !isKept, let key {
        pieces.append(.work(key: key, markup: markup))
        (markup, self.key) = ("", nil)
      }
      guard open.count == base else { return }
      base = nil
      if let entryKey {
        let words = markup.drop { $0 == " " }
        entries.append(Entry(key: entryKey, markup: String(words)))
      } else {
        flush()
        paragraphs.append(pieces)
      }
      (markup, pieces, entryKey) = ("", [], nil)
    }

    private mutating func flush() {
      if !markup.isEmpty { pieces.append(.markup(markup)) }
      markup = ""
    }
  }
}
