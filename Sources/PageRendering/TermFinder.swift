/// Finds terms in texts, the longest at each place, in a time that grows as the text does: all
/// spellings share one tree of letters.
struct TermFinder: Sendable {
  struct Found: Hashable, Sendable {
    /// The number that the spelling was added with.
    var term: Int
    /// In the bytes of the text.
    var range: Range<Int>
  }

  private struct Spelling: Sendable {
    var term: Int
    /// Capitals that are part of the word, as in "ReLU" or "XOR", with their places.
    var capitals: [(place: Int, letter: Character)]
  }

  private struct Node: Sendable {
    var next: [Character: Int] = [:]
    var spelling: Spelling?
  }

  private var nodes = [Node()]

  var isEmpty: Bool { nodes.count == 1 }

  /// - Returns: the term that has this spelling already; nil if it was added.
  @discardableResult
  mutating func add(_ spelling: String, of term: Int) -> Int? {
    let units = TermText(spelling).units
    guard !units.isEmpty else { return nil }
    var place = 0
    for unit in units {
      if let next = nodes[place].next[unit.folded] {
        place = next
      } else {
        nodes.append(Node())
        nodes[place].next[unit.folded] = nodes.count - 1
        place = nodes.count - 1
      }
    }
    if let other = nodes[place].spelling { return other.term }
    nodes[place].spelling = Spelling(term: term, capitals: Self.capitals(units))
    return nil
  }

  /// A capital that follows a letter or comes before another one; a word may begin with one wherever a
  /// sentence or a title does.
  private static func capitals(
    _ units: [TermText.Unit]
  ) -> [(place: Int, letter: Character)] {
    units.indices.compactMap { i in
      let letter = units[i].original
      guard letter.isUppercase else { return nil }
      let isWithin = i > 0 && units[i - 1].original.isLetter
      let isFirstOfSome = i + 1 < units.count && units[i + 1].original.isUppercase
      return isWithin || isFirstOfSome ? (i, letter) : nil
    }
  }

  /// In the order of the text; none within another.
  func all(in text: String) -> [Found] {
    let text = TermText(text)
    var found: [Found] = []
    var start = 0
    while start < text.units.count {
      if let (term, end) = longest(in: text, from: start) {
        let (first, last) = (text.units[start].range, text.units[end - 1].range)
        found.append(Found(term: term, range: first.lowerBound..<last.upperBound))
        start = end
      } else {
        start += 1
      }
    }
    return found
  }

  private func longest(in text: TermText, from start: Int) -> (term: Int, end: Int)? {
    var place = 0
    var end = start
    var best: (term: Int, end: Int)?
    while end < text.units.count, let next = nodes[place].next[text.units[end].folded] {
      place = next
      end += 1
      guard let spelling = nodes[place].spelling, text.standsAlone(start..<end),
        spelling.capitals.allSatisfy({ text.units[start + $0.place].original == $0.letter })
      else { continue }
      best = (spelling.term, end)
    }
    return best
  }
}
