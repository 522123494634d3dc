import BookModel
import ChapterParsing
import Foundation
import PageRendering

/// Names of the book: ids of cells, formulas, images, chapters, and headings.
extension LanguageServer {
  /// The target of the reference or link at the place, or the one that is named there.
  func referenced(
    _ file: OpenFile, _ place: EditorPlace
  ) async throws -> (ReferenceTarget, EditorRange)? {
    let index = await index(of: file)
    try checkIsUnchanged(file)
    let (name, range) = place.wholeWord(isNamePart)
    if case .settings = place.part {
      guard KeyedValue(file.text, place)?.key == BookKey.cover.rawValue,
        let target = index.target(name, from: "")
      else { return nil }
      return (target, range)
    }
    if let link = place.link {
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let page =
        parts[0].isEmpty
        ? file.slug : String(parts[0].split(separator: "/").last ?? "").dropSuffix(".md")
      if parts.count > 1 {
        let id = parts[1].removingPercentEncoding ?? String(parts[1])
        guard let target = index.target(id, from: page) else { return nil }
        return (target, range)
      }
      guard let path = index.path(ofChapter: page) else { return nil }
      let start = SourceRange(file: path, line: 1)
      return (
        ReferenceTarget(
          kind: .chapter, id: page, number: nil, title: index.title(ofChapter: page), slug: page,
          anchor: nil, range: start), range
      )
    }
    guard !name.isEmpty, let target = index.target(name, from: file.slug),
      target.range.file == file.path, target.range.start.line == place.position.line + 1,
      target.kind != .section
    else { return nil }
    return (target, range)
  }

  func definition(_ file: OpenFile, _ place: EditorPlace) async throws -> JSON {
    guard let (target, _) = try await referenced(file, place) else {
      return namedFile(file, place).map { location($0.start) } ?? .null
    }
    // From the name itself: to all its uses.
    if target.range.file == file.path, target.range.start.line == place.position.line + 1,
      place.link == nil
    {
      return .array(await uses(of: target, file).map { location($0) })
    }
    return location(target.range)
  }

  func references(_ file: OpenFile, _ place: EditorPlace) async throws -> JSON {
    guard let (target, _) = try await referenced(file, place) else { return [] }
    return .array((await uses(of: target, file) + [target.range]).map { location($0) })
  }

  /// Where the text refers to a target.
  private func uses(of target: ReferenceTarget, _ file: OpenFile) async -> [SourceRange] {
    await index(of: file).uses(of: target)
  }

  func location(_ range: SourceRange) -> JSON {
    ["uri": .string(address(ofPath: range.file)), "range": editorRange(range).json]
  }

  /// In the units of the editor, whichever file it is.
  func editorRange(_ range: SourceRange) -> EditorRange {
    let text =
      files.values.first { $0.path == range.file }?.text
      ?? FileManager.default.contents(atPath: range.file).map { EditedText(bytes: Array($0)) }
      ?? EditedText("")
    return text.range(range)
  }

  // MARK: Renaming

  func preparedRename(_ file: OpenFile, _ place: EditorPlace) async throws -> JSON {
    guard let (target, range) = try await referenced(file, place), Self.canBeRenamed(target) else {
      return .null
    }
    return ["range": range.json, "placeholder": .string(target.id)]
  }

  private static func canBeRenamed(_ target: ReferenceTarget) -> Bool {
    // A heading's name is made of its words, unless it was given one; a page's is its file's.
    (target.kind != .section || target.isNamed)
      && !(target.kind == .chapter && target.number == nil)
  }

  /// An id through the whole book.
  func rename(_ file: OpenFile, _ place: EditorPlace, to name: String) async throws -> JSON {
    guard let (target, _) = try await referenced(file, place), Self.canBeRenamed(target) else {
      throw Message.Failure.invalid("nothing at this place can be renamed")
    }
    guard let first = name.first, first.isLetter, name.allSatisfy(isNamePart) else {
      throw Message.Failure.invalid(
        "'\(name)' is no id; ids are letters, digits, '-' and '_', with a letter first")
    }
    let prefix = target.id.prefix { $0 != "-" } + "-"
    if ["fig-", "tbl-", "lst-", "eq-"].contains(prefix), !name.hasPrefix(prefix) {
      throw Message.Failure.invalid(
        "'\(name)' must begin with '\(prefix)', which makes it what it is")
    }
    var changes: [String: [JSON]] = [:]
    let uses = await uses(of: target, file)
    try checkIsUnchanged(file)
    for range in uses + [target.range] {
      guard let edit = edit(in: range, from: target.id, to: name) else { continue }
      changes[address(ofPath: range.file), default: []].append(edit)
    }
    return ["changes": changes.json]
  }

  /// The name within a stretch of text.
  private func edit(in range: SourceRange, from old: String, to new: String) -> JSON? {
    let text =
      files.values.first { $0.path == range.file }?.text
      ?? FileManager.default.contents(atPath: range.file).map { EditedText(bytes: Array($0)) }
    guard let text else { return nil }
    for number in range.start.line - 1..<max(range.start.line, range.end.line) {
      let line = text.text(ofLine: number)
      let from = number == range.start.line - 1 ? range.start.column - 1 : 0
      var rest = Substring(decoding: line.utf8.dropFirst(from), as: UTF8.self)
      var offset = from
      while let found = rest.range(of: old) {
        let start = offset + rest.utf8.distance(from: rest.startIndex, to: found.lowerBound)
        let next = rest[found.upperBound...]
        let before = line.utf8.prefix(start).last.map { Character(UnicodeScalar($0)) }
        if !(next.first.map(isNamePart) ?? false), !(before.map(isNamePart) ?? false) {
          let position = text.position(SourcePosition(line: number + 1, column: start + 1))
          let end = EditorPosition(
            line: position.line, character: position.character + old.utf16.count)
          return ["range": EditorRange(position, end).json, "newText": .string(new)]
        }
        offset = start + old.utf8.count
        rest = next
      }
    }
    return nil
  }
}

extension EditorPlace {
  /// The destination of the link around the place.
  var link: String? {
    guard let opening = before.lastRange(of: "]("),
      !before[opening.upperBound...].contains(where: { $0 == ")" || $0 == " " })
    else { return nil }
    return String(before[opening.upperBound...] + after.prefix { $0 != ")" && $0 != " " })
  }
}
