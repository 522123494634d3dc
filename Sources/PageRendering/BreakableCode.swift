/// Code of a table with places where a line may end: a name that is wider than its column breaks
/// between its words, as in `Categorical|Crossentropy`, and not anywhere or not at all.
enum BreakableCode {
  /// A run without spaces that fits everywhere.
  private static let fitting = 10

  /// Nil where nothing needs a break.
  static func html(of code: String) -> HTML? {
    let pieces = pieces(of: code)
    if pieces.count < 2 { return nil }
    let children = pieces.enumerated().flatMap { place, piece -> [HTML] in
      (place == 0 ? [] : [HTML.tag("wbr", [:])]) + [.text(piece)]
    }
    return .tag("code", [:], .group(children))
  }

  static func pieces(of code: String) -> [String] {
    var pieces = [""]
    for (place, run) in code.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      if place > 0 { pieces[pieces.count - 1] += " " }
      var length = 0
      var previous: Character?
      for character in run {
        // Two letters at either end would look lost.
        if run.count > fitting, length > 2, let previous, ends(previous, before: character) {
          pieces.append("")
          length = 0
        }
        pieces[pieces.count - 1].append(character)
        length += 1
        previous = character
      }
    }
    return pieces
  }

  private static func ends(_ character: Character, before next: Character) -> Bool {
    switch character {
    case "(", "[", ",", "/", "=", "_", ":": next.isLetter || next.isNumber || "\"'".contains(next)
    case ".": next.isLetter
    default: character.isLowercase && next.isUppercase
    }
  }
}
