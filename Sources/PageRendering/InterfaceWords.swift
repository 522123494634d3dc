/// What a page says of itself, in the language of the book: names of figures, buttons, messages.
/// Languages are files of lines `key = text` in the theme; English is the one for all others.
package struct InterfaceWords: Hashable, Sendable {
  /// The language of the words, such as `de`; another than the book's where that has none here.
  package let language: String
  private let texts: [String: String]

  package static let english = InterfaceWords("en", PackageResources.words_en_txt)

  private static let all = [
    english.language: english,
    "ar": InterfaceWords("ar", PackageResources.words_ar_txt),
    "de": InterfaceWords("de", PackageResources.words_de_txt),
    "ja": InterfaceWords("ja", PackageResources.words_ja_txt),
    "zh": InterfaceWords("zh", PackageResources.words_zh_txt),
  ]

  /// Languages that have words of their own.
  package static let languages = all.keys.sorted()

  /// - Parameter tag: of BCP 47; its region and script do not matter.
  package init(of tag: String) {
    self = Self.all[Self.primary(tag)] ?? .english
  }

  private init(_ language: String, _ file: [UInt8]) {
    self.language = language
    var texts: [String: String] = [:]
    for line in String(decoding: file, as: UTF8.self).split(separator: "\n") {
      guard let mark = line.firstRange(of: " = ") else { continue }
      texts[String(line[..<mark.lowerBound])] = String(line[mark.upperBound...])
    }
    self.texts = texts
  }

  package var keys: [String] { texts.keys.sorted() }

  /// Whether anything is said for `key` in this language itself.
  package subscript(key: String) -> String {
    texts[key] ?? Self.english.texts[key] ?? key
  }

  /// With values in the places of the marks `%`, in order.
  package func text(_ key: String, _ values: String...) -> String {
    var parts = self[key].split(separator: "%", omittingEmptySubsequences: false)[...]
    var text = parts.popFirst().map(String.init) ?? ""
    for (part, value) in zip(parts, values) { text += value + part }
    return text
  }

  /// Something counted, such as "Figure 3.2".
  package func label(_ key: String, _ number: String) -> String {
    Self.counted(self[key], number)
  }

  /// A number with the word for what it counts, which may stand around it.
  static func counted(_ word: String, _ number: String) -> String {
    word.contains("%") ? word.replacing("%", with: number) : "\(word) \(number)"
  }

  static func primary(_ tag: String) -> String {
    tag.split(separator: "-").first.map { $0.lowercased() } ?? tag
  }

  /// Whether text of the language runs from right to left.
  package static func isRightToLeft(_ tag: String) -> Bool {
    ["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"].contains(primary(tag))
  }

  /// Words that no script but the search's needs.
  private static let ofSearch: Set<String> = [
    "js-searchBook", "js-searchHint", "js-close", "js-nothing", "js-onePlace", "js-places",
    "js-first", "js-instead", "js-kinds", "js-stops",
  ]

  /// As a JavaScript object, for the scripts of the theme: for the search, or for all others.
  func script(ofSearch isOfSearch: Bool) -> String {
    let entries = keys.filter {
      $0.hasPrefix("js-") && Self.ofSearch.contains($0) == isOfSearch
    }.map { "\"\($0.dropFirst(3))\": \(JavaScript.quoted(self[$0]))" }
    return "{\(entries.joined(separator: ", "))}"
  }
}
