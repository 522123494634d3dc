import Markdown

/// A number as print sets it: "−" for the hyphen of programs, and powers of ten for their `e`.
struct InlineNumber: Equatable {
  /// With its sign and what stands after it, such as `%`.
  var mantissa: String
  /// Of ten, with its sign; nil where none was written.
  var exponent: String?

  /// Nil for a text that is no number.
  init?(_ text: String) {
    guard let found = text.wholeMatch(of: Self.pattern) else { return nil }
    mantissa = Self.signed(found.1)
    exponent = found.2.map { exponent in
      let isNegative = exponent.hasPrefix("-")
      let digits = exponent.drop { "+-0".contains($0) }
      return (isNegative ? "−" : "") + (digits.isEmpty ? "0" : digits)
    }
  }

  /// For texts without markup.
  var plain: String {
    guard let exponent else { return mantissa }
    return "\(mantissa)\(Self.times)10" + String(exponent.map { Self.superscripts[$0] ?? $0 })
  }

  var fragments: [MarkdownFragment] {
    guard let exponent else { return [.text(mantissa)] }
    return [
      .text("\(mantissa)\(Self.times)10"), .html(HTML.tag("sup", [:], .text(exponent)).rendered),
    ]
  }

  var html: HTML {
    guard let exponent else { return .text(mantissa) }
    return .group([
      .text("\(mantissa)\(Self.times)10"), HTML.tag("sup", [:], .text(exponent)),
    ])
  }

  private static func signed(_ number: Substring) -> String {
    number.hasPrefix("-") ? "−" + number.dropFirst() : String(number)
  }

  /// Lines do not break at it.
  private static let times = "\u{A0}·\u{A0}"

  private static let superscripts: [Character: Character] = [
    "−": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷",
    "8": "⁸", "9": "⁹",
  ]

  private nonisolated(unsafe) static let pattern =
    /(-?(?:[0-9][0-9,]*(?:\.[0-9]+)?%?|inf|nan))(?:[eE]([-+]?[0-9]+))?/
}
