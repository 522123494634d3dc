import BookModel
import Foundation
import PageRendering

extension LanguageServer {
  private enum Kind {
    static let module = 2
    static let namespace = 3
    static let function = 12
    static let object = 19
    static let key = 20
  }

  /// Headings, with the figures and cells below them.
  func documentSymbols(of file: OpenFile) async -> JSON {
    guard let chapter = await parsed(file).chapter else { return [] }
    struct Symbol {
      var level: Int
      var name: String
      var detail: String?
      var kind: Int
      var range: EditorRange
      var children: [Symbol] = []

      var json: JSON {
        var members: [String: JSON] = [
          "name": .string(name.isEmpty ? "(empty)" : name), "kind": .integer(kind),
          "range": range.json,
          "selectionRange": EditorRange(range.start, range.start).json,
        ]
        if let detail { members["detail"] = .string(detail) }
        if !children.isEmpty { members["children"] = .array(children.map(\.json)) }
        return .object(members)
      }
    }
    var flat = chapter.headings.map { heading in
      Symbol(
        level: heading.level, name: heading.text, kind: Kind.namespace,
        range: file.text.range(heading.range))
    }
    for cell in chapter.cells {
      let first = cell.code.split(separator: "\n").first { !$0.allSatisfy(\.isWhitespace) } ?? ""
      flat.append(
        Symbol(
          level: .max, name: cell.options.id?.value ?? "cell \(cell.id.index + 1)",
          detail: cell.options.caption?.value ?? String(first),
          kind: cell.options.id == nil ? Kind.function : Kind.object,
          range: file.text.range(cell.range)))
    }
    flat.sort { $0.range.start < $1.range.start }
    // Each heading reaches to the next of its level.
    let end = EditorPosition(line: file.text.lineCount, character: 0)
    for index in flat.indices where flat[index].level != .max {
      let next = flat[(index + 1)...].first { $0.level <= flat[index].level }
      flat[index].range = EditorRange(flat[index].range.start, next?.range.start ?? end)
    }
    func nested(_ symbols: ArraySlice<Symbol>) -> [Symbol] {
      var result: [Symbol] = []
      var rest = symbols
      while var symbol = rest.popFirst() {
        let inside = rest.prefix { $0.level > symbol.level }
        if symbol.level != .max { symbol.children = nested(inside) }
        rest = rest.dropFirst(symbol.level == .max ? 0 : inside.count)
        result.append(symbol)
      }
      return result
    }
    guard abilities.nestsSymbols else {
      return .array(
        flat.map {
          [
            "name": .string($0.name.isEmpty ? "(empty)" : $0.name), "kind": .integer($0.kind),
            "location": ["uri": .string(file.address), "range": $0.range.json],
          ]
        })
    }
    return .array(nested(flat[...]).map(\.json))
  }

  /// Chapters, headings and ids of all books that have an open file.
  func workspaceSymbols(_ query: String) async -> JSON {
    let wanted = query.lowercased()
    var found: [JSON] = []
    for file in Dictionary(grouping: files.values, by: \.folder).values.compactMap(\.first) {
      let index = await index(of: file)
      for (key, target) in index.allTargets where found.count < 500 {
        let name = target.title.map { "\(target.number.map { $0 + " " } ?? "")\($0)" } ?? key.id
        guard
          wanted.isEmpty || name.lowercased().contains(wanted)
            || key.id.lowercased().contains(wanted)
        else { continue }
        found.append(
          [
            "name": .string(name),
            "kind": .integer(target.kind == .section ? Kind.namespace : Kind.key),
            "containerName": .string(target.slug), "location": location(target.range),
          ])
      }
    }
    return .array(found)
  }

  /// Cells, front matter, and the text below each heading.
  func foldingRanges(of file: OpenFile) async -> JSON {
    let chapter = await parsed(file).chapter
    var file = file
    let scan = file.scan()
    var ranges: [(Int, Int)] = scan.cells.map { ($0.fenceLine, $0.codeLines.upperBound) }
    ranges += scan.otherFences.map { ($0.lowerBound, $0.upperBound - 1) }
    if let matter = scan.frontMatter { ranges.append((0, matter.upperBound)) }
    let headings = (chapter?.headings ?? []).map {
      (level: $0.level, line: $0.range.start.line - 1)
    }
    for (index, heading) in headings.enumerated() {
      let next = headings[(index + 1)...].first { $0.level <= heading.level }
      var last = (next?.line ?? file.text.lineCount) - 1
      while last > heading.line, file.text.line(last).isEmpty { last -= 1 }
      ranges.append((heading.line, last))
    }
    return .array(
      ranges.filter { $0.1 > $0.0 }.sorted { $0 < $1 }.map {
        ["startLine": .integer($0.0), "endLine": .integer(min($0.1, file.text.lineCount - 1))]
      })
  }

  /// Links to files and references, as things to click on.
  func documentLinks(of file: OpenFile) async -> JSON {
    guard let outline = await parsed(file).outline else { return [] }
    return .array(
      outline.writtenLinks.compactMap { destination, range -> JSON? in
        let target: String
        if destination.contains("://") {
          target = destination
        } else {
          let name = destination.prefix { $0 != "#" }
          guard !name.isEmpty else { return nil }
          target = address(ofPath: file.folder == "." ? String(name) : file.folder + "/" + name)
        }
        return ["range": file.text.range(range).json, "target": .string(target)]
      })
  }
}
