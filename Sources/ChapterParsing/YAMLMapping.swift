import BookModel
import Yams

/// The top level of a YAML text, each key and value with its place in the file.
struct YAMLMapping {
  struct Entry {
    var key: Located<String>
    var value: Node
    var valueRange: SourceRange
  }

  var entries: [Entry] = []
  private let text: [Substring]
  private let source: SourceText
  private let firstLine: Int

  /// - Parameters:
  ///   - lines: the lines of `source` that hold the YAML.
  ///   - name: what to call it in messages, such as `front matter`.
  init?(_ lines: Range<Int>, of source: SourceText, name: String, _ problems: inout Problems) {
    self.source = source
    firstLine = lines.lowerBound
    let start = source.lines.range(ofLine: lines.lowerBound).lowerBound
    let end = lines.isEmpty ? start : source.lines.range(ofLine: lines.upperBound - 1).upperBound
    let yaml = String(decoding: source.bytes[start..<max(start, end)], as: UTF8.self)
    text = yaml.split(separator: "\n", omittingEmptySubsequences: false)
    let root: Node?
    do {
      root = try Yams.compose(yaml: yaml)
    } catch {
      add(error, name: name, &problems)
      return nil
    }
    guard let root else { return }
    if case .scalar(let scalar) = root, scalar.string.isEmpty { return }
    guard case .mapping(let mapping) = root else {
      problems.add(
        .yaml, at: range(root.mark, length: 1),
        "\(name) must be lines of 'key: value', such as 'title: Width'")
      return nil
    }
    for (key, value) in mapping {
      guard case .scalar(let scalar) = key else {
        problems.add(.yaml, at: range(key.mark, length: 1), "key in \(name) must be a plain word")
        continue
      }
      let keyRange = range(key.mark, length: scalar.string.utf8.count)
      entries.append(
        Entry(
          key: Located(scalar.string, at: keyRange), value: value,
          valueRange: range(value.mark, length: Self.length(value))))
    }
  }

  /// A scalar as text, whatever YAML takes it for.
  func string(_ entry: Entry, _ problems: inout Problems) -> Located<String>? {
    guard case .scalar(let scalar) = entry.value else {
      problems.add(
        .yamlValue, at: entry.valueRange, "value of '\(entry.key.value)' must be one line of text"
      )
      return nil
    }
    return Located(scalar.string, at: entry.valueRange)
  }

  /// A text that says something.
  func words(_ entry: Entry, _ problems: inout Problems) -> Located<String>? {
    guard let text = string(entry, &problems) else { return nil }
    if text.value.contains(where: { !$0.isWhitespace }) { return text }
    problems.add(.yamlValue, at: entry.key.range, "value of '\(entry.key.value)' is missing")
    return nil
  }

  func bool(_ entry: Entry, _ problems: inout Problems) -> Bool? {
    if case .scalar(let scalar) = entry.value {
      switch scalar.string {
      case "true": return true
      case "false": return false
      default: break
      }
    }
    problems.add(
      .yamlValue, at: entry.valueRange,
      "value of '\(entry.key.value)' must be 'true' or 'false'")
    return nil
  }

  func strings(_ entry: Entry, _ problems: inout Problems) -> [Located<String>]? {
    guard case .sequence(let sequence) = entry.value else {
      problems.add(
        .yamlValue, at: entry.valueRange,
        "value of '\(entry.key.value)' must be a list, a line '- name' each")
      return nil
    }
    return sequence.compactMap { node in
      let place = range(node.mark, length: Self.length(node))
      guard case .scalar(let scalar) = node else {
        problems.add(.yamlValue, at: place, "item of '\(entry.key.value)' must be a file name")
        return nil
      }
      return Located(scalar.string, at: place)
    }
  }

  /// The lines of a mapping inside the text, keys and values.
  func pairs(
    _ entry: Entry, example: String, _ problems: inout Problems
  ) -> [(key: Located<String>, value: Located<String>)] {
    guard case .mapping(let mapping) = entry.value else {
      problems.add(
        .yamlValue, at: entry.valueRange,
        "value of '\(entry.key.value)' must be lines of their own, such as '  \(example)'")
      return []
    }
    return mapping.compactMap { key, value in
      let place = range(key.mark, length: Self.length(key))
      guard case .scalar(let name) = key, case .scalar(let text) = value else {
        problems.add(
          .yamlValue, at: place,
          "line of '\(entry.key.value)' must be a name and a text, such as '\(example)'")
        return nil
      }
      return (
        Located(name.string, at: place),
        Located(text.string, at: range(value.mark, length: Self.length(value)))
      )
    }
  }

  private static func length(_ node: Node) -> Int {
    guard case .scalar(let scalar) = node else { return 1 }
    return scalar.string.utf8.count
  }

  private func range(_ mark: Mark?, length: Int) -> SourceRange {
    guard let mark else { return SourceRange(file: source.path, line: max(1, firstLine)) }
    return range(line: mark.line, column: mark.column, length: length)
  }

  /// Yams counts columns in characters.
  private func range(line: Int, column: Int, length: Int) -> SourceRange {
    let index = min(max(line, 1), max(text.count, 1)) - 1
    let string = index < text.count ? text[index] : ""
    let isPastEnd = line > text.count
    let offset =
      isPastEnd
      ? string.utf8.count : String(string.unicodeScalars.prefix(max(0, column - 1))).utf8.count
    let end = max(offset, min(offset + max(1, length), string.utf8.count))
    return source.range(line: firstLine + index, offset..<end)
  }

  /// Yams only says in which mapping a key is repeated.
  private func secondPlace(of key: String, from line: Int) -> SourceRange {
    var count = 0
    for (i, string) in text.enumerated() where i + 1 >= line {
      let rest = string.drop { " \"'".contains($0) }
      guard rest.hasPrefix(key),
        rest.dropFirst(key.count).drop(while: { " \"'".contains($0) }).hasPrefix(":")
      else { continue }
      count += 1
      if count == 2 {
        let column = string.utf8.count - rest.utf8.count
        return source.range(line: firstLine + i, column..<column + key.utf8.count)
      }
    }
    return range(line: line, column: 1, length: 1)
  }

  /// The two mistakes that people make, which YAML tells in words of its own, often a line later.
  private func plainMistake(upTo last: Int, _ name: String) -> (line: Int, message: String)? {
    for (index, line) in text.prefix(last).enumerated() {
      if line.drop(while: { $0 == " " }).hasPrefix("\t") || line.contains(":\t") {
        return (index + 1, "line of \(name) holds a tab, which YAML does not take; write spaces")
      }
      guard let first = line.first, first.isLetter else { continue }
      guard let colon = line.firstIndex(of: ":") else {
        let words = line.split(separator: " ", maxSplits: 1)
        return (
          index + 1,
          "line '\(line)' of \(name) has no colon; lines are 'key: value', such as "
            + "'\(words[0]): \(words.count > 1 ? words[1] : "…")'"
        )
      }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      if let quote = value.first, "\"'".contains(quote),
        !value.dropFirst().drop(while: { $0 != quote }).hasPrefix(String(quote))
      {
        return (
          index + 1,
          "value of '\(line[..<colon])' has no closing quotation mark: \(line[..<colon]): "
            + "\(value)\(quote)"
        )
      }
      guard let start = value.first, !"\"'[{|>&*!#".contains(start), value.contains(": ") else {
        continue
      }
      let quoted = value.contains("\"") ? "'\(value)'" : "\"\(value)\""
      return (
        index + 1,
        "value of '\(line[..<colon])' has a colon in it, so it needs quotation marks: "
          + "\(line[..<colon]): \(quoted)"
      )
    }
    return nil
  }

  private func add(_ error: any Error, name: String, _ problems: inout Problems) {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      if let (line, message) = plainMistake(upTo: mark.line, name) {
        problems.add(
          .yaml, at: range(line: line, column: 1, length: text[line - 1].utf8.count), message)
        return
      }
      problems.add(
        .yaml, at: range(line: mark.line, column: mark.column, length: 1),
        "\(name) isn't YAML: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      let key = keys.first ?? ""
      problems.add(
        .duplicateKey, at: secondPlace(of: key, from: context.mark.line),
        "key '\(key)' is given twice in \(name)")
    default:
      problems.add(
        .yaml, at: SourceRange(file: source.path, line: max(1, firstLine)), "\(name) isn't YAML")
    }
  }
}
