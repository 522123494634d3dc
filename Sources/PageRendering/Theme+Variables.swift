import BookModel

extension Theme {
  /// What a book can change of the stylesheet by a value: the variables at its top.
  package static let variables: [ThemeVariable] = defaults.map { name, value in
    ThemeVariable(
      name: name, isColor: ["light-dark(", "rgb("].contains(where: resolved(value).hasPrefix))
  }

  /// In the order of the stylesheet, with their values.
  static let defaults: [(name: String, value: String)] = {
    let css = String(decoding: PackageResources.book_css, as: UTF8.self)
    let block = css.split(separator: ":root {", maxSplits: 1).last?.prefix { $0 != "}" } ?? ""
    return block.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: ":", maxSplits: 1)
      let name = parts[0].drop { $0 == " " }
      guard parts.count == 2, name.hasPrefix("--") else { return nil }
      return (String(name.dropFirst(2)), String(parts[1].drop { $0 == " " }.dropLast()))
    }
  }()

  /// The value of a variable that is the value of another one.
  private static func resolved(_ value: String) -> String {
    guard value.hasPrefix("var(--"),
      let other = defaults.first(where: { $0.name == value.dropFirst(6).dropLast() })
    else { return value }
    return resolved(other.value)
  }
}
