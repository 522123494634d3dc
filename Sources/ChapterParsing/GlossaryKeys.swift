import BookModel
import Yams

/// The value of `glossary` in a chapter's front matter: that the chapter is one, and what its terms
/// are written as besides.
func glossary(
  _ entry: YAMLMapping.Entry, _ yaml: YAMLMapping, _ problems: inout Problems
) -> GlossarySettings? {
  switch entry.value {
  case .scalar(let scalar) where scalar.string == "true": return GlossarySettings()
  case .scalar(let scalar) where scalar.string == "false": return nil
  case .mapping:
    return GlossarySettings(
      terms: yaml.pairs(entry, example: "Exclusive or: XOR", &problems).map { name, value in
        (name, value.value == "unlinked" ? .unlinked : .also(value.parts))
      })
  default:
    problems.add(
      .yamlValue, at: entry.valueRange,
      "value of 'glossary' must be 'true', or lines with other spellings of terms, such as "
        + "'  Exclusive or: XOR'")
    return nil
  }
}

/// The value of `unlinked`: all terms, or some with commas between them, or a list of them.
func unlinkedTerms(
  _ entry: YAMLMapping.Entry, _ yaml: YAMLMapping, _ problems: inout Problems
) -> UnlinkedTerms? {
  switch entry.value {
  case .sequence: return yaml.strings(entry, &problems).map(UnlinkedTerms.these)
  case .scalar(let scalar) where scalar.string == "all": return .all
  case .scalar(let scalar) where !["", "true", "false"].contains(scalar.string):
    return yaml.string(entry, &problems).map { .these($0.parts) }
  default:
    problems.add(
      .yamlValue, at: entry.valueRange,
      "value of 'unlinked' must be 'all' or terms, such as 'bias, code'")
    return nil
  }
}

extension Located<String> {
  /// What stands between its commas.
  fileprivate var parts: [Located<String>] {
    var parts: [Located<String>] = []
    var offset = 0
    for part in value.split(separator: ",", omittingEmptySubsequences: false) {
      let blanks = part.prefix { $0 == " " }.utf8.count
      let words = part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
      if !words.isEmpty {
        var place = range
        place.start.column += offset + blanks
        place.end = place.start
        place.end.column += String(words).utf8.count
        parts.append(Located(String(words), at: place))
      }
      offset += part.utf8.count + 1
    }
    return parts
  }
}
