import BookBuilding
import BookModel
import ChapterParsing
import Foundation

/// Files of the book that a chapter names: images, data, other chapters.
extension LanguageServer {
  /// The file that a link leads to, that a fence shows, that a key of `book.yml` names, or whose path stands
  /// in quotes in a cell; nil where there is none.
  func namedFile(_ file: OpenFile, _ place: EditorPlace) -> NamedFile? {
    if let link = place.link {
      let written = link.prefix { $0 != "#" }
      let before = place.before[place.before.lastRange(of: "](")!.upperBound...]
      return found(written.dropFirst(written.hasPrefix("./") ? 2 : 0), file).map {
        NamedFile(path: $0, range: range(written, after: before, place))
      }
    }
    if let from = place.shownFile {
      let files = IncludedFiles.beside(chapter: file.path)
      guard let piece = files.piece(from.text) ?? files.piece(from.path) else { return nil }
      return NamedFile(
        path: piece.path, piece: piece, range: range(from.text[...], after: from.before[...], place)
      )
    }
    if case .settings = place.part {
      guard let value = KeyedValue(file.text, place),
        BookKey(rawValue: value.key)?.takesFile == true
      else { return nil }
      let name = value.typed + place.after.prefix { !" \t\"',]#".contains($0) }
      return found(name[...], file).map {
        NamedFile(path: $0, range: range(name[...], after: value.typed[...], place))
      }
    }
    guard case .swift = place.part, let quoted = place.quoted, !quoted.after.isEmpty else {
      return nil
    }
    let name = quoted.before + quoted.after
    return found(name[...], file).map {
      NamedFile(path: $0, range: range(name[...], after: quoted.before, place))
    }
  }

  /// Of a text of which some stands before the place.
  private func range(
    _ text: Substring, after before: Substring, _ place: EditorPlace
  ) -> EditorRange {
    let start = place.position.character - before.utf16.count
    return EditorRange(
      EditorPosition(line: place.position.line, character: start),
      EditorPosition(line: place.position.line, character: start + text.utf16.count))
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

  /// What a file is: an image itself, the columns of a table, the lines that a fence shows, and its size.
  func preview(of named: NamedFile) -> String {
    let path = named.path
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
    if let piece = named.piece {
      let shown = piece.shown.prefix(8).map { piece.lines[$0] }
      let marks = shown.contains { $0.contains("```") } ? "~~~~" : "```"
      let language = path.split(separator: ".").last ?? ""
      lines.append("\(marks)\(language)\n" + shown.joined(separator: "\n") + "\n\(marks)")
    }
    lines.append("`\(path)`, \(size < 10_000 ? "\(size) bytes" : "\(size / 1000) kB")")
    return lines.joined(separator: "\n\n")
  }
}

/// A file whose path stands in the text.
struct NamedFile {
  var path: String
  /// Of the file, where a fence shows it.
  var piece: Inclusion.Piece?
  /// Of the path.
  var range: EditorRange

  /// Where it begins, as far as it is meant.
  var start: SourceRange { SourceRange(file: path, line: (piece?.shown.first ?? 0) + 1) }
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
