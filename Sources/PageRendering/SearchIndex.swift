/// The search index of a book as scripts: a page opened from disk may load scripts, but not fetch
/// data. It is cut into shards, so that a query loads a few of them, however large the book is:
///
/// - `index.js` says what the shards hold;
/// - `words-N.js` lists terms in order, each without what it shares with the one before;
/// - `endings-N.js` lists them read backwards, for words that are mistyped at their beginning;
/// - `postings-N.js` says for each term in which entries it stands, and how much it says there;
/// - `entries-N.js` holds what results show.
package struct SearchIndex: Sendable {
  private struct Posting {
    var entry: Int32
    var weight: Float
  }

  private var postings: [[Posting]] = []
  private var terms: [String: Int] = [:]
  private var lengths: [Float] = []
  private var entryShards = Shards(limit: 8 << 10)
  private var chapterBefore = ""

  package init() {}

  /// Entries that a term is looked up in, the best ones; a term of more is in half the book.
  private static let mostEntries = 1500

  // MARK: Adding

  /// Pages are added in the order of the book.
  package mutating func add(_ part: SearchPart) {
    for entry in part.entries {
      let place = Int32(lengths.count)
      lengths.append(entry.length)
      for (term, weight) in entry.weights {
        let id = terms[term] ?? postings.count
        if id == postings.count {
          terms[term] = id
          postings.append([])
        }
        postings[id].append(Posting(entry: place, weight: weight))
      }
      if entryShards.startsAnew { chapterBefore = "" }
      let chapter = entry.chapter == chapterBefore ? "\"\"" : entry.chapter
      chapterBefore = entry.chapter
      entryShards.add(
        "[\(entry.url),\(chapter),\(entry.section),\(entry.text)]", first: "\(place)")
    }
  }

  // MARK: Files

  /// By relative path.
  package func files() -> [String: [UInt8]] {
    let sorted = terms.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let mean = max(1, lengths.reduce(0, +) / Float(max(1, lengths.count)))
    var words = Shards(limit: 12 << 10)
    var lists = Shards(limit: 12 << 10)
    var starts: [String] = []
    var before = ""
    for (id, term) in sorted.enumerated() {
      if words.startsAnew {
        before = ""
        starts.append("\(id)")
      }
      words.add(Self.tail(of: term, after: before), first: JavaScript.quoted(term))
      before = term
      lists.add(list(of: postings[terms[term] ?? 0], mean), first: "\(id)")
    }
    var files: [String: [UInt8]] = [:]
    // A book of few words is looked through as a whole.
    var endings = Shards(limit: 12 << 10)
    if words.parts.count > 4 {
      before = ""
      let backwards = sorted.filter(Self.mayBeMistyped).map { String($0.reversed()) }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      for ending in backwards {
        if endings.startsAnew { before = "" }
        endings.add(Self.tail(of: ending, after: before), first: JavaScript.quoted(ending))
        before = ending
      }
    }
    for (kind, shards, isText) in [
      ("words", words, true), ("endings", endings, true), ("postings", lists, false),
      ("entries", entryShards, false),
    ] {
      for (place, part) in shards.parts.enumerated() {
        let content =
          isText
          ? "\"\(part.items.joined(separator: " "))\"" : "[\(part.items.joined(separator: ",\n"))]"
        files["assets/search/\(kind)-\(place).js"] = Array(
          "nnbookSearch(\"\(kind)\",\(place),\(content));\n".utf8)
      }
    }
    files["assets/search/index.js"] = Array(
      """
      nnbookSearch("index",0,{"entries":\(lengths.count),\
      "words":[\(words.firsts)],"starts":[\(starts.joined(separator: ","))],\
      "endings":[\(endings.firsts)],"postings":[\(lists.firsts)],"shards":[\(entryShards.firsts)]});

      """.utf8)
    return files
  }

  private static func mayBeMistyped(_ term: String) -> Bool {
    term.utf8.count > 3 && term.unicodeScalars.allSatisfy { $0.properties.isAlphabetic }
  }

  /// How many characters a term shares with the one before, as one character, and the rest of it.
  private static func tail(of term: String, after before: String) -> String {
    let shared = zip(term.unicodeScalars, before.unicodeScalars).prefix { $0 == $1 }.count
    let mark = UnicodeScalar(UInt8(ascii: "0") + UInt8(min(shared, 40)))
    var text = String.UnicodeScalarView([mark])
    text.append(contentsOf: term.unicodeScalars.dropFirst(min(shared, 40)))
    return String(text)
  }

  /// The entries of a term in order, each as what it is further than the one before, times ten, and
  /// how much the term says there, from 1 to 9.
  /// - Parameter mean: of the lengths of entries.
  private func list(of postings: [Posting], _ mean: Float) -> String {
    var rated = postings.map { posting -> (entry: Int32, impact: Int) in
      let room = 1.5 * (0.4 + 0.6 * lengths[Int(posting.entry)] / mean)
      let impact = (9 * posting.weight / (posting.weight + room)).rounded(.up)
      return (posting.entry, min(9, max(1, Int(impact))))
    }
    if rated.count > Self.mostEntries {
      rated.sort { ($1.impact, $0.entry) < ($0.impact, $1.entry) }
      rated.removeLast(rated.count - Self.mostEntries)
      rated.sort { $0.entry < $1.entry }
    }
    var last: Int32 = 0
    let numbers = rated.map { entry, impact in
      defer { last = entry }
      return "\(Int(entry - last) * 10 + impact)"
    }
    // How many there are in all, for a list that was cut.
    return "[\(postings.count),\(numbers.joined(separator: ","))]"
  }

  /// Items in parts of about equal size.
  private struct Shards {
    var limit: Int
    var parts: [(first: String, items: [String])] = []
    private var size = 0

    init(limit: Int) { self.limit = limit }

    /// Whether the next item begins a part.
    var startsAnew: Bool { parts.isEmpty || size >= limit }

    mutating func add(_ item: String, first: String) {
      if startsAnew {
        parts.append((first, []))
        size = 0
      }
      parts[parts.count - 1].items.append(item)
      size += item.utf8.count + 1
    }

    /// The name of each part's first item.
    var firsts: String { parts.map(\.first).joined(separator: ",") }
  }
}
