import BookModel
import Yams

/// Finds what can be cited in a file of BibTeX or CSL-JSON. What is said of each work is the business
/// of the processor that formats it.
package struct BibliographyParser: Sendable {
  package init() {}

  package func parse(
    bytes: [UInt8], path: String, format: Bibliography.Format
  ) -> (Bibliography?, [Diagnostic]) {
    let (source, unreadable) = SourceText.read(bytes, path: path)
    guard let source else { return (nil, unreadable) }
    var problems = Problems(source)
    let keys: [Located<String>]
    switch format {
    case .bibTeX: keys = bibTeXKeys(source)
    case .json: keys = jsonKeys(source, &problems)
    }
    var first: [String: SourceRange] = [:]
    for key in keys {
      if let place = first[key.value] {
        problems.add(
          .duplicateKey, at: key.range, "key '\(key.value)' is given twice in \(path)",
          notes: [Diagnostic.Note("first given here", range: place)])
      } else {
        first[key.value] = key.range
      }
    }
    return (
      Bibliography(path: path, format: format, bytes: source.bytes, keys: keys), problems.found
    )
  }

  /// `@article{key,` outside of other entries. BibTeX takes for a comment what stands outside.
  private func bibTeXKeys(_ source: SourceText) -> [Located<String>] {
    let bytes = source.bytes
    let ends = EntryEnds(bytes)
    var keys: [Located<String>] = []
    var i = 0
    func skipSpaces() {
      while i < bytes.count, bytes[i] == 0x20 || (0x09...0x0D).contains(bytes[i]) { i += 1 }
    }
    while i < bytes.count {
      guard bytes[i] == UInt8(ascii: "@") else {
        i += 1
        continue
      }
      i += 1
      skipSpaces()
      let start = i
      while i < bytes.count, (0x61...0x7A).contains(bytes[i] | 0x20) { i += 1 }
      let kind = String(decoding: bytes[start..<i], as: UTF8.self).lowercased()
      skipSpaces()
      guard !kind.isEmpty, i < bytes.count, "{(".utf8.contains(bytes[i]) else { continue }
      let opening = i
      i += 1
      if !["comment", "preamble", "string"].contains(kind) {
        skipSpaces()
        let from = i
        while i < bytes.count, !",}) \t\r\n".utf8.contains(bytes[i]) { i += 1 }
        if i > from {
          let place = source.lines.position(of: from)
          keys.append(
            Located(
              String(decoding: bytes[from..<i], as: UTF8.self),
              at: source.range(line: place.line, place.column - 1..<place.column - 1 + i - from)))
        }
      }
      i = ends.end(ofEntryAt: opening)
    }
    return keys
  }

  /// JSON is YAML, too.
  private func jsonKeys(_ source: SourceText, _ problems: inout Problems) -> [Located<String>] {
    let text = String(decoding: source.bytes, as: UTF8.self)
    guard let root = try? Yams.compose(yaml: text), case .sequence(let works) = root else {
      problems.add(
        .bibliography, at: SourceRange(file: source.path, line: 1),
        "'\(source.path)' is no CSL-JSON, which is a list of works: [{\"id\": \"…\", …}, …]")
      return []
    }
    return works.compactMap { work in
      guard case .mapping(let mapping) = work, let id = mapping["id"], case .scalar(let key) = id
      else { return nil }
      let line = max(1, id.mark?.line ?? 1)
      return Located(key.string, at: SourceRange(file: source.path, line: line))
    }
  }
}

/// Where the entries of a file of BibTeX end, found in one pass for all of them.
private struct EntryEnds {
  private let bytes: [UInt8]
  /// Of braces that open, where those that close them stand.
  private var closings: [Int: Int] = [:]
  /// Parentheses that close, by how many braces are open there.
  private var parentheses: [Int: [Int]] = [:]
  /// How many braces are open at parentheses that open.
  private var depths: [Int: Int] = [:]
  /// Of `@` at the beginnings of lines.
  private var beginnings: [Int] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var open: [Int] = []
    var depth = 0
    var i = 0
    while i < bytes.count {
      switch bytes[i] {
      case UInt8(ascii: "\\"): i += 1
      case UInt8(ascii: "{"):
        open.append(i)
        depth += 1
      case UInt8(ascii: "}"):
        if let start = open.popLast() { closings[start] = i }
        depth -= 1
      case UInt8(ascii: "("): depths[i] = depth
      case UInt8(ascii: ")"): parentheses[depth, default: []].append(i)
      case UInt8(ascii: "@") where i > 0 && bytes[i - 1] == 0x0A: beginnings.append(i)
      default: break
      }
      i += 1
    }
  }

  /// Past the brace or parenthesis that closes an entry. One that nothing closes ends where the next
  /// line begins with `@`, so that one mistake hides one work and not all after it.
  func end(ofEntryAt opening: Int) -> Int {
    var closing = closings[opening]
    if bytes[opening] == UInt8(ascii: "("), let depth = depths[opening],
      let places = parentheses[depth]
    {
      let next = places.partitioningIndex { $0 > opening }
      closing = next < places.count ? places[next] : nil
    }
    if let closing { return closing + 1 }
    let next = beginnings.partitioningIndex { $0 > opening }
    return next < beginnings.count ? beginnings[next] : bytes.count
  }
}
