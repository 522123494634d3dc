import Foundation

/// The words of a text as the search knows them. The script of the search cuts what a reader types
/// in the same way: `Theme/search-words.js`.
enum SearchWords {
  /// The terms of a text, in order, each as often as it occurs.
  ///
  /// - Words without accents and capitals; of names such as `parameterCount` the parts too.
  /// - Numbers without separators of thousands.
  /// - Signs by their names in TeX: `σ` is `sigma`.
  /// - Chinese, Japanese and Korean by pairs of characters, since nothing stands between words.
  static func terms(of text: String) -> [String] {
    var scanner = Scanner(folded(text))
    return scanner.terms()
  }

  /// Compatible characters as their plain ones, and no accents.
  private static func folded(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.decomposedStringWithCompatibilityMapping.unicodeScalars
    where scalar.properties.generalCategory != .nonspacingMark {
      result.append(scalar)
    }
    return String(result)
  }

  /// Signs that are no letters.
  private static let signs: [Unicode.Scalar: String] = [
    "∂": "partial", "∇": "nabla", "∑": "sum", "∏": "prod", "√": "sqrt", "∞": "infty",
    "≈": "approx", "≤": "leq", "≥": "geq", "≠": "neq", "→": "to", "×": "times", "⋅": "cdot",
    "∈": "in", "±": "pm", "∫": "int", "∘": "circ", "⊙": "odot", "∝": "propto", "⊤": "top",
  ]

  static let greek: [Unicode.Scalar: String] = [
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon",
    "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
  ]

  private struct Scanner {
    private let scalars: [Unicode.Scalar]
    private var place = 0
    private var found: [String] = []

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    mutating func terms() -> [String] {
      while place < scalars.count {
        let scalar = scalars[place]
        if SearchWords.isDigit(scalar) {
          number()
        } else if SearchWords.isUnspaced(scalar) {
          pairs()
        } else if SearchWords.isLetter(scalar) {
          word()
        } else {
          if let name = SearchWords.signs[scalar] { found.append(name) }
          place += 1
        }
      }
      return found
    }

    private mutating func number() {
      var digits = run(SearchWords.isDigit)
      while place + 3 < scalars.count, scalars[place] == ",", digits.count <= 12,
        scalars[place + 1...place + 3].allSatisfy(SearchWords.isDigit),
        place + 4 >= scalars.count || !SearchWords.isDigit(scalars[place + 4])
      {
        place += 1
        digits += run(SearchWords.isDigit)
      }
      // Places of a book, such as 3.2.1, are numbers too.
      while place + 1 < scalars.count, scalars[place] == ".",
        SearchWords.isDigit(scalars[place + 1])
      {
        place += 1
        digits += "." + run(SearchWords.isDigit)
      }
      found.append(digits)
    }

    private mutating func pairs() {
      let start = place
      while place < scalars.count, SearchWords.isUnspaced(scalars[place]) { place += 1 }
      if place - start == 1 { found.append(text(start..<place)) }
      for first in start..<max(start, place - 1) { found.append(text(first..<first + 2)) }
    }

    private mutating func word() {
      let start = place
      while place < scalars.count,
        SearchWords.isDigit(scalars[place])
          || SearchWords.isLetter(scalars[place]) && !SearchWords.isUnspaced(scalars[place])
      {
        place += 1
      }
      if place - start == 1,
        let lower = scalars[start].properties.lowercaseMapping.unicodeScalars.first,
        let name = SearchWords.greek[lower]
      {
        found.append(name)
        return
      }
      found.append(text(start..<place))
      let parts = SearchWords.parts(scalars[start..<place])
      if parts.count > 1 { found += parts.filter { $0.utf8.count > 1 } }
    }

    private mutating func run(_ belongs: (Unicode.Scalar) -> Bool) -> String {
      let start = place
      while place < scalars.count, belongs(scalars[place]) { place += 1 }
      return text(start..<place)
    }

    private func text(_ range: Range<Int>) -> String {
      let part = scalars[range]
      if part.allSatisfy(\.isASCII) {
        return String(unsafeUninitializedCapacity: part.count) { buffer in
          for (place, scalar) in part.enumerated() {
            let isCapital = ("A"..."Z").contains(scalar)
            buffer[place] = UInt8(truncatingIfNeeded: scalar.value) | (isCapital ? 0x20 : 0)
          }
          return part.count
        }
      }
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[range])
      return String(view).lowercased()
    }
  }

  /// Of a name such as `parameterCount` or `max_count`.
  private static func parts(_ name: ArraySlice<Unicode.Scalar>) -> [String] {
    // Nearly all words are one.
    guard name.contains("_") || name.dropFirst().contains(where: isCapital) else { return [] }
    var parts: [String] = [""]
    var previous: Unicode.Scalar?
    for scalar in name {
      if scalar == "_" {
        parts.append("")
      } else {
        if let previous, isCapital(scalar), !isCapital(previous) {
          parts.append("")
        }
        parts[parts.count - 1].unicodeScalars.append(scalar)
      }
      previous = scalar
    }
    return parts.map { $0.lowercased() }.filter { !$0.isEmpty }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "_" { return true }
    // Asking for a property takes as long as all the rest.
    if scalar.isASCII { return isCapital(scalar) || ("a"..."z").contains(scalar) }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return true
    default: return false
    }
  }

  private static func isCapital(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? ("A"..."Z").contains(scalar) : scalar.properties.isUppercase
  }

  /// Scripts that write no spaces.
  private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7AF, 0x1100...0x11FF,
      0x0E00...0x0E7F, 0x20000...0x2FA1F:
      true
    default: false
    }
  }
}
