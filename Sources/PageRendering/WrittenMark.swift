/// An element with what its author wrote in its place.
package enum WrittenMark {
  private static let attribute = "data-written"

  static func element(_ written: String, _ shown: String, id: String?, href: String?) -> String {
    // Only these two lead somewhere, and links hold no others.
    let name = id == nil && href == nil ? "span" : "a"
    var attributes = [HTML.Attribute(name: attribute, value: written)]
    if let id { attributes.append(HTML.Attribute(name: "id", value: id)) }
    if let href { attributes.append(HTML.Attribute(name: "href", value: href)) }
    // What Markdown, and mathematics in it, might read in the attribute.
    let opening = HTML.opening(name, attributes: attributes).reduce(into: "") { text, letter in
      let code = letter.unicodeScalars.first?.value ?? 0
      text += "\n`$|*_\\".contains(letter) ? "&#\(code);" : "\(letter)"
    }
    return opening + shown + HTML.closing(name)
  }

  /// A text of a notebook as it was before.
  package static func removed(from text: String) -> String {
    let bracket = Character(UnicodeScalar(HTML.closingBracket))
    let starts = ["a", "span"].map { name in
      (name, String(HTML.opening(name).dropLast()) + " \(attribute)=\"")
    }
    var (rest, result) = (text[...], "")
    while let (name, tag) = starts.compactMap({ name, start in
      rest.firstRange(of: start).map { (name, $0) }
    }).min(by: { $0.1.lowerBound < $1.1.lowerBound }),
      let quote = rest[tag.upperBound...].firstIndex(of: "\""),
      let words = rest[quote...].firstIndex(of: bracket),
      let end = rest[words...].firstRange(of: HTML.closing(name))
    {
      result += rest[..<tag.lowerBound] + unescaped(rest[tag.upperBound..<quote])
      rest = rest[end.upperBound...]
    }
    return result + rest
  }

  private static func unescaped(_ text: Substring) -> String {
    String(text).replacing(/&(?:#(?<number>[0-9]{1,6})|(?<name>amp|lt|gt|quot));/) { match in
      if let number = match.output.number.flatMap({ UInt32($0) }) {
        return UnicodeScalar(number).map { String(Character($0)) } ?? ""
      }
      return ["amp": "&", "lt": HTML.openingBracketText, "gt": ">", "quot": "\""][
        String(match.output.name ?? "")] ?? ""
    }
  }
}
