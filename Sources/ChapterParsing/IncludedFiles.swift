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
    let parts = from.value.split(
      separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let name = Self.plain(parts[0])
    if hasCode {
      problems.add(
        .includedFile, at: from.range,
        "fence shows '\(name)', so it has no code of its own; leave one of the two out")
      return nil
    }
    guard let files else { return nil }
    if Self.leaves(name) {
      problems.add(
        .includedFile, at: from.range,
        "file '\(name)' is outside of the book; a fence shows files of folder '\(files.folder)' and of "
          + "folders in it")
      return nil
    }
    if name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
      problems.add(
        .includedFile, at: from.range,
        "file '\(name)' is hidden; a fence shows files whose names begin otherwise than with '.'")
      return nil
    }
    guard let lines = lines(of: name, files, at: from.range, &problems) else { return nil }
    var shown = 0..<lines.count
    if parts.count > 1 {
      let snippets = Snippets(lines)
      let wanted = String(parts[1])
      guard let found = snippets.range(wanted, in: name, at: from.range, &problems) else {
        return nil
      }
      shown = found
    }
    let inclusion = Inclusion(
      path: files.folder == "." ? name : files.folder + "/" + name, name: name, lines: lines,
      shown: shown.filter { !Snippets.isBoundary(lines[$0]) }, fenceLine: fence.opening.start.line,
      number: problems.inclusions.count)
    problems.inclusions.append(inclusion)
    return inclusion
  }

  private static func leaves(_ name: String) -> Bool {
    name.isEmpty || name.hasPrefix("/") || name.hasPrefix("~") || name.contains("\\")
      || name.split(separator: "/").contains("..")
  }

  /// `a/b` of `./a//b`.
  private static func plain(_ path: Substring) -> String {
    let parts = path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    return path.hasPrefix("/") ? "/" + parts : parts
  }

  private mutating func lines(
    of name: String, _ files: IncludedFiles, at range: SourceRange, _ problems: inout Problems
  ) -> [String]? {
    if let known = includedLines[name] { return known }
    let bytes: [UInt8]
    do throws(IncludedFileError) {
      bytes = try files.read(name)
    } catch {
      if error.isAbsence {
        let hint = nearest(to: name, in: files.names()).map { "; did you mean '\($0)'?" } ?? ""
        problems.add(
          .includedFile, at: range, "no file '\(name)' in folder '\(files.folder)'\(hint)")
      } else {
        problems.add(.includedFile, at: range, "file '\(name)' cannot be read: \(error.reason)")
      }
      return nil
    }
    guard let text = SourceText.read(bytes, path: name).0 else {
      problems.add(.includedFile, at: range, "file '\(name)' is not UTF-8 text")
      return nil
    }
    var lines = text.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    if lines.last?.isEmpty == true { lines.removeLast() }
    includedLines[name] = lines
    return lines
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

  func range(
    _ wanted: String, in file: String, at place: SourceRange, _ problems: inout Problems
  ) -> Range<Int>? {
    let found = ranges.filter { $0.name == wanted }
    guard let first = found.first else {
      let names = ranges.map(\.name)
      let hint =
        names.isEmpty
        ? "; a line '// snippet.\(wanted)' begins one"
        : nearest(to: wanted, in: names).map { "; did you mean '\($0)'?" }
          ?? "; it has '\(names.joined(separator: "', '"))'"
      problems.add(.snippetName, at: place, "file '\(file)' has no snippet '\(wanted)'\(hint)")
      return nil
    }
    if found.count > 1 {
      problems.add(
        .snippetName, at: place,
        "snippet '\(wanted)' begins twice in '\(file)', on lines \(first.range.lowerBound) and "
          + "\(found[1].range.lowerBound)")
      return nil
    }
    if first.range.isEmpty {
      problems.add(.snippetName, at: place, "snippet '\(wanted)' of '\(file)' is empty")
      return nil
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
