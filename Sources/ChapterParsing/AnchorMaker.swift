import BookModel

/// Makes the anchors of headings as GitHub does.
struct AnchorMaker {
  private var used: [String: Int] = [:]

  /// A name that its author chose.
  mutating func reserve(_ name: String) { used[name] = used[name] ?? 0 }

  /// - Parameter base: what `slug` makes of the heading's words.
  mutating func anchor(for base: String) -> String {
    guard var count = used[base] else {
      used[base] = 0
      return base
    }
    var anchor: String
    repeat {
      count += 1
      anchor = "\(base)-\(count)"
    } while used[anchor] != nil
    used[base] = count
    used[anchor] = 0
    return anchor
  }

  /// Lower case, blanks to hyphens, and of the rest only letters, marks, digits, `-` and `_`.
  static func slug(_ text: String) -> String {
    var slug = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars {
      if scalar == " " || scalar == "-" {
        slug.append("-")
      } else if scalar.isASCII {
        if scalar == "_" || ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) {
          slug.append(scalar)
        }
      } else if isWord(scalar) {
        slug.append(scalar)
      }
    }
    return slug.isEmpty ? "section" : String(slug)
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation:
      true
    default: false
    }
  }
}
