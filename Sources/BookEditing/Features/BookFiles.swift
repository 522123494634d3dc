import Foundation

/// Files of the book that a chapter names: images, data, other chapters.
extension LanguageServer {
  /// The file that a link leads to, or whose path stands in quotes in a cell; nil where there is none.
  func namedFile(_ file: OpenFile, _ place: EditorPlace) -> (path: String, range: EditorRange)? {
    let name: Substring
    let start: Int
    if let link = place.link {
      let written = link.prefix { $0 != "#" }
      name = written.dropFirst(written.hasPrefix("./") ? 2 : 0)
      let before = place.before[place.before.lastRange(of: "](")!.upperBound...]
      start = place.position.character - before.utf16.count
      return found(name, file).map {
        ($0, range(at: start, length: written.utf16.count, place))
      }
    }
    guard case .swift = place.part, let quoted = place.quoted, !quoted.after.isEmpty else {
      return nil
    }
    name = quoted.before + quoted.after
    start = place.position.character - quoted.before.utf16.count
    return found(name, file).map { ($0, range(at: start, length: name.utf16.count, place)) }
  }

  private func range(at start: Int, length: Int, _ place: EditorPlace) -> EditorRange {
    EditorRange(
      EditorPosition(line: place.position.line, character: start),
      EditorPosition(line: place.position.line, character: start + length))
  }

  private func found(_ name: Substring, _ file: OpenFile) -> String? {
    guard !name.isEmpty, !name.contains("://") else { return nil }
    let decoded = name.removingPercentEncoding ?? String(name)
    let path = file.folder == "." ? decoded : file.folder + "/" + decoded
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue
    else { return nil }
    return path
  }

  /// What a file is: an image itself, the columns of a table, and its size.
  func preview(ofFile path: String) -> String {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let size = (attributes?[.size] as? Int ?? 0)
    var lines: [String] = []
    let images = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif"]
    if images.contains(where: path.lowercased().hasSuffix) {
      lines.append("![](\(address(ofPath: path)))")
    }
    if path.hasSuffix(".csv") {
      let columns = TableHeader(ofFile: path).columns
      if !columns.isEmpty {
        lines.append("Columns: " + columns.map { "`\($0)`" }.joined(separator: ", "))
      }
    }
    lines.append("`\(path)`, \(size < 10_000 ? "\(size) bytes" : "\(size / 1000) kB")")
    return lines.joined(separator: "\n\n")
  }
}

extension EditorPlace {
  /// The text in quotes around the place, up to it and from it on; nil outside of quotes.
  var quoted: (before: Substring, after: Substring)? {
    guard let quote = before.lastIndex(of: "\""),
      before[..<quote].count(where: { $0 == "\"" }) % 2 == 0
    else { return nil }
    let rest = after.firstIndex(of: "\"").map { after[..<$0] } ?? ""
    return (before[before.index(after: quote)...], rest)
  }
}

/// The first line of a file of data, as the engine reads it.
struct TableHeader {
  private(set) var columns: [String] = []

  init(ofFile path: String) {
    let handle = FileHandle(forReadingAtPath: path)
    defer { try? handle?.close() }
    self.init(String(decoding: (try? handle?.read(upToCount: 16384)) ?? Data(), as: UTF8.self))
  }

  init(_ text: String) {
    let line = (text.drop { $0 == "\u{FEFF}" || $0.isNewline }).prefix { !$0.isNewline }
    let separator = Self.separator(of: line)
    var field = ""
    var isQuoted = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == separator, !isQuoted {
        columns.append(field)
        field = ""
      } else {
        field.append(character)
      }
    }
    columns.append(field)
    columns = columns.map { $0.trimmingCharacters(in: .whitespaces) }
    if columns == [""] { columns = [] }
  }

  /// Where no comma stands outside of quotes, semicolons or tabs separate, whichever are more.
  private static func separator(of line: Substring) -> Character {
    var isQuoted = false
    let bare = line.filter { character in
      if character == "\"" { isQuoted.toggle() }
      return !isQuoted
    }
    if bare.contains(",") { return "," }
    let (semicolons, tabs) = (bare.count { $0 == ";" }, bare.count { $0 == "\t" })
    if semicolons == 0, tabs == 0 { return "," }
    return semicolons >= tabs ? ";" : "\t"
  }
}
