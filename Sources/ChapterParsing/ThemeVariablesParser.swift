import BookModel
import Yams

/// Reads `theme/variables.yml`: `accent: "#0a6e5c"`, or a value each for light and dark colors.
package struct ThemeVariablesParser: Sendable {
  private let known: [ThemeVariable]

  /// - Parameter known: the variables that the stylesheet has.
  package init(known: [ThemeVariable]) { self.known = known }

  /// Each with the place of its name.
  package func parse(bytes: [UInt8], path: String) -> ([Located<BookTheme.Setting>], [Diagnostic]) {
    let (source, unreadable) = SourceText.read(bytes, path: path)
    guard let source else { return ([], unreadable) }
    var problems = Problems(source)
    guard
      let yaml = YAMLMapping(
        1..<source.lines.count + 1, of: source, name: "variables.yml", &problems)
    else { return ([], problems.found) }
    var settings: [Located<BookTheme.Setting>] = []
    for entry in yaml.entries {
      guard let variable = known.first(where: { $0.name == entry.key.value }) else {
        problems.add(
          .unknownKey, at: entry.key.range,
          unknownKey(entry.key.value, in: "variables.yml", known.map(\.name)))
        continue
      }
      if let setting = setting(variable, entry, yaml, &problems) {
        settings.append(Located(setting, at: entry.key.range))
      }
    }
    return (settings, problems.found)
  }

  private func setting(
    _ variable: ThemeVariable, _ entry: YAMLMapping.Entry, _ yaml: YAMLMapping,
    _ problems: inout Problems
  ) -> BookTheme.Setting? {
    if case .scalar = entry.value {
      guard let text = yaml.string(entry, &problems) else { return nil }
      return value(text, of: variable, &problems).map { .init(variable, light: $0) }
    }
    let example = "light: \"#a8420b\""
    var values: [String: String] = [:]
    for (key, text) in yaml.pairs(entry, example: example, &problems) {
      guard ["light", "dark"].contains(key.value) else {
        problems.add(
          .unknownKey, at: key.range,
          unknownKey(key.value, in: "'\(variable.name)'", ["light", "dark"]))
        return nil
      }
      guard let value = value(text, of: variable, &problems) else { return nil }
      values[key.value] = value
    }
    guard variable.isColor, let light = values["light"], let dark = values["dark"] else {
      if !values.isEmpty {
        problems.add(
          .yamlValue, at: entry.key.range,
          variable.isColor
            ? "'\(variable.name)' needs a color for 'light' and one for 'dark', or one for both"
            : "'\(variable.name)' is no color, and has one value in light and dark")
      }
      return nil
    }
    return .init(variable, light: light, dark: dark)
  }

  private func value(
    _ text: Located<String>, of variable: ThemeVariable, _ problems: inout Problems
  ) -> String? {
    let value = text.value
    if value.isEmpty {
      problems.add(
        .yamlValue, at: text.range,
        "value of '\(variable.name)' is empty; YAML takes '#' for the beginning of a comment, so a "
          + "color stands in quotation marks: \"#a8420b\"")
    } else if variable.isColor, !isColor(value) {
      problems.add(
        .yamlValue, at: text.range,
        "value '\(value)' of '\(variable.name)' must be a color, such as '#a8420b' or 'rgb(168 66 11)'"
      )
    } else if !isOneValue(value) {
      problems.add(
        .yamlValue, at: text.range,
        "value '\(value)' of '\(variable.name)' must be one value of a stylesheet, without ';', "
          + "braces, 'url(…)' and comments, and with each quotation mark and parenthesis closed")
    } else {
      return value
    }
    return nil
  }

  private static let functions: Set<Substring> = [
    "rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color", "color-mix",
    "light-dark", "var",
  ]
  private static let names: Set<String> = [
    "aqua", "black", "blue", "fuchsia", "gray", "green", "lime", "maroon", "navy", "olive",
    "purple", "red", "silver", "teal", "transparent", "white", "yellow",
  ]

  private func isColor(_ value: String) -> Bool {
    if value.hasPrefix("#") {
      let digits = value.utf8.dropFirst()
      return [3, 4, 6, 8].contains(digits.count)
        && digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) }
    }
    if let end = value.firstIndex(of: "(") {
      return Self.functions.contains(value[..<end]) && value.hasSuffix(")") && isOneValue(value)
    }
    return Self.names.contains(value.lowercased())
  }

  /// Whether it can stand after a colon and end nothing but itself.
  private func isOneValue(_ value: String) -> Bool {
    var depth = 0
    var quote: Character?
    for character in value {
      if character.isNewline || ";{}\\<>@".contains(character) { return false }
      if let open = quote {
        if character == open { quote = nil }
        continue
      }
      switch character {
      case "\"", "'": quote = character
      case "(": depth += 1
      case ")": depth -= 1
      default: break
      }
      if depth < 0 { return false }
    }
    return depth == 0 && quote == nil && !value.contains("/*")
      && !value.lowercased().contains("url(")
  }
}
