import BookModel

/// The files that fences may show: those of the book's folder.
package struct IncludedFiles: Sendable {
  /// As the author would type it.
  let folder: String
  let read: @Sendable (String) throws(IncludedFileError) -> [UInt8]
  /// Their paths in the folder, for a message about one that is not there.
  let names: @Sendable () -> [String]

  package init(
    folder: String, read: @escaping @Sendable (String) throws(IncludedFileError) -> [UInt8],
    names: @escaping @Sendable () -> [String]
  ) {
    self.folder = folder
    self.read = read
    self.names = names
  }
}

package struct IncludedFileError: Error {
  var isAbsence: Bool
  var reason: String

  package init(isAbsence: Bool, reason: String) {
    self.isAbsence = isAbsence
    self.reason = reason
  }
}

extension ChapterReader {
  /// - Parameter from: a path, and after `#` the name of a snippet of the file.
  mutating func inclusion(
    _ from: Located<String>, of fence: Fence, hasCode: Bool, _ problems: inout Problems
  ) -> Inclusion? {
    asksForFiles = true
    if hasCode {
      problems.add(
        .includedFile, at: from.range,
        "fence shows '\(ShownPieces.path(in: from.value))', so it has no code of its own; leave one of "
          + "the two out")
      return nil
    }
    switch pieces?.piece(from.value) {
    case nil: return nil
    case .failure(let refusal):
      problems.add(refusal.id, at: from.range, refusal.summary)
      return nil
    case .success(let piece):
      let inclusion = Inclusion(
        piece, fenceLine: fence.opening.start.line,
        number: problems.inclusionsBefore + problems.inclusions.count)
      problems.inclusions.append(inclusion)
      return inclusion
    }
  }
}

/// Where the named stretches of a file stand. A line with nothing but a comment `snippet.NAME`
/// begins one; it ends before `snippet.end`, before the next one, or with the file, as in Swift's
/// own snippets.
struct Snippets {
  private var ranges: [(name: String, range: Range<Int>)] = []

  init(_ lines: [String]) {
    var open: (name: String, start: Int)?
    for (place, line) in lines.enumerated() {
      guard Self.isBoundary(line), let name = Self.marker(line) else { continue }
      if let open { ranges.append((open.name, open.start..<place)) }
      open = name == "end" ? nil : (name, place + 1)
    }
    if let open { ranges.append((open.name, open.start..<lines.count)) }
  }

  var beginnings: [(name: String, line: Int)] {
    ranges.map { ($0.name, $0.range.lowerBound - 1) }
  }

  /// Whether a snippet begins or ends here; other markers fold lines.
  static func isBoundary(_ line: String) -> Bool {
    marker(line).map { $0 != "hide" && $0 != "show" } ?? false
  }

  /// What stands after `snippet.` in a comment that has a line to itself.
  static func marker(_ line: some StringProtocol) -> String? {
    let words = line.split { $0 == " " || $0 == "\t" }
    guard let mark = words.first else { return nil }
    var rest = words.dropFirst()
    if ["*/", "-->"].contains(rest.last) { rest.removeLast() }
    let marks = ["//", "#", "--", "%", ";", "/*", "<!--"]
    // `//snippet.a` has no blank.
    let word =
      rest.isEmpty ? marks.first { mark.hasPrefix($0) }.map { mark.dropFirst($0.count) } : nil
    guard let name = word ?? (marks.contains(String(mark)) && rest.count == 1 ? rest.first : nil),
      name.hasPrefix("snippet.")
    else { return nil }
    return String(name.dropFirst("snippet.".count))
  }

  func range(_ wanted: String, in file: String) throws(ShownPieces.Refusal) -> Range<Int> {
    let found = ranges.filter { $0.name == wanted }
    guard let first = found.first else {
      let names = ranges.map(\.name)
      let hint =
        names.isEmpty
        ? "; a line '// snippet.\(wanted)' begins one"
        : nearest(to: wanted, in: names).map { "; did you mean '\($0)'?" }
          ?? "; it has '\(names.joined(separator: "', '"))'"
      throw .init(.snippetName, "file '\(file)' has no snippet '\(wanted)'\(hint)")
    }
    if found.count > 1 {
      throw .init(
        .snippetName,
        "snippet '\(wanted)' begins twice in '\(file)', on lines \(first.range.lowerBound) and "
          + "\(found[1].range.lowerBound)")
    }
    if first.range.isEmpty {
      throw .init(.snippetName, "snippet '\(wanted)' of '\(file)' is empty")
    }
    return first.range
  }
}

extension Fence {
  /// The file that a fence of another language shows.
  func from(_ source: SourceText, _ problems: inout Problems) -> Located<String>? {
    guard case .success(let words) = splitInfoString(info) else { return nil }
    let given = words.dropFirst().filter { $0.key == "from" && $0.value?.isEmpty == false }
    guard let first = given.first, let value = first.value, let range = first.valueRange else {
      return nil
    }
    func place(_ range: Range<Int>) -> SourceRange {
      let column = infoRange.start.column - 1
      return source.range(
        line: infoRange.start.line, range.lowerBound + column..<range.upperBound + column)
    }
    if given.count > 1 {
      problems.add(.includedFile, at: place(given[1].range), "word 'from' is given twice")
      return nil
    }
    return Located(value, at: place(range))
  }
}
