import BookModel
import Foundation

/// The colors of text in a book's own look against what the text stands on.
package struct ThemeContrast {
  /// What WCAG 2.1 AA asks of text.
  private static let least = 4.5
  private static let pairs: [(ground: String, texts: [String])] = [
    (
      "paper",
      ["ink", "muted", "link", "accent", "note", "tip", "important", "warning", "caution"]
    ),
    (
      "wash",
      ["ink", "keyword", "type", "call", "string", "number", "comment", "attribute"]
    ),
  ]

  private let settings: [String: Located<BookTheme.Setting>]

  package init(_ settings: [Located<BookTheme.Setting>]) {
    self.settings = Dictionary(
      settings.map { ($0.value.variable.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Of pairs that the book has a part in; colors other than `#rrggbb` are not judged.
  package var problems: [Diagnostic] {
    Self.pairs.flatMap { ground, texts in
      texts.flatMap { text in
        [false, true].compactMap { isDark in problem(text, on: ground, isDark: isDark) }
      }
    }
  }

  private func problem(_ text: String, on ground: String, isDark: Bool) -> Diagnostic? {
    guard let place = (settings[text] ?? settings[ground])?.range,
      let color = value(of: text, isDark: isDark), let other = value(of: ground, isDark: isDark),
      let a = Self.luminance(color), let b = Self.luminance(other)
    else { return nil }
    let contrast = (max(a, b) + 0.05) / (min(a, b) + 0.05)
    guard contrast < Self.least else { return nil }
    // Rounded down: what is told as 4.5 would be enough.
    let tenths = Int(contrast * 10)
    return Diagnostic(
      .warning, .lowContrast, at: place,
      "'\(text)' (\(color)) on '\(ground)' (\(other)) has a contrast of \(tenths / 10).\(tenths % 10) "
        + "in \(isDark ? "dark" : "light") colors; text needs \(Self.least)")
  }

  private func value(of name: String, isDark: Bool) -> String? {
    if let setting = settings[name]?.value {
      return isDark ? setting.dark ?? setting.light : setting.light
    }
    let value = Theme.defaults.first { $0.name == name }?.value ?? ""
    guard let pair = value.wholeMatch(of: /light-dark\((#\w{6}), (#\w{6})\)/) else { return nil }
    return String(isDark ? pair.2 : pair.1)
  }

  private static func luminance(_ color: String) -> Double? {
    var digits = color.dropFirst()
    if digits.count == 3 { digits = Substring(digits.map { "\($0)\($0)" }.joined()) }
    guard color.hasPrefix("#"), digits.count == 6, let value = Int(digits, radix: 16) else {
      return nil
    }
    func linear(_ byte: Int) -> Double {
      let share = Double(byte & 255) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(value >> 16) + 0.7152 * linear(value >> 8) + 0.0722 * linear(value)
  }
}
