import BookModel
import ChapterParsing
import Foundation
import PageRendering

extension LanguageServer {
  func hover(_ file: OpenFile, _ place: EditorPlace) async throws -> JSON {
    switch place.part {
    case .fence:
      if let hover = fileHover(file, place) { return hover }
      return await fenceHover(file, place)
    case .option:
      if let hover = fileHover(file, place) { return hover }
      let (word, range) = place.wholeWord { $0.isLetter || $0 == "-" }
      return CellWord(rawValue: word).map { Self.hover($0.meaning, range) } ?? .null
    case .frontMatter:
      let (word, range) = place.wholeWord { $0.isLetter || $0 == "-" || $0 == "_" }
      return FrontMatterKey(rawValue: word).map { Self.hover($0.meaning, range) } ?? .null
    case .settings:
      if let hover = fileHover(file, place) { return hover }
      if let (target, range) = try await referenced(file, place) {
        return Self.hover(preview(of: target), range)
      }
      let (word, range) = place.wholeWord { $0.isLetter || $0 == "-" || $0 == "_" }
      return BookKey(rawValue: word).map { Self.hover($0.meaning, range) } ?? .null
    case .link, .prose:
      guard let (target, range) = try await referenced(file, place) else {
        return fileHover(file, place) ?? .null
      }
      return Self.hover(preview(of: target), range)
    case .format:
      let (text, range) = place.wholeWord { "%.,0123456789fge".contains($0) }
      let format = text.drop { $0 == "," }
      guard let example = ValueFormat.examples.first(where: { $0.format == format }) else {
        return .null
      }
      return Self.hover("`\(example.format)` shows 1234.5678 as \(example.shows)", range)
    case .swift: return .null
    }
  }

  /// In a cell: of a file in quotes, what it is; of anything else, what Swift says.
  func swiftHover(_ parameters: JSON, _ file: OpenFile, _ place: EditorPlace) async throws -> JSON {
    if let hover = fileHover(file, place) { return hover }
    var answer = try await pass("textDocument/hover", parameters, file, place)
    // What only the compiler needs to know of a declaration says nothing to a reader.
    if case .object(var members) = answer, let text = members["contents"]?["value"]?.text {
      let plain = text.replacing("@export(interface) ", with: "").replacing(
        "```swift\n\n", with: "```swift\n")
      members["contents"] = ["kind": "markdown", "value": .string(plain)]
      answer = .object(members)
    }
    return answer
  }

  private func fileHover(_ file: OpenFile, _ place: EditorPlace) -> JSON? {
    namedFile(file, place).map { Self.hover(preview(of: $0), $0.range) }
  }

  private static func hover(_ text: String, _ range: EditorRange) -> JSON {
    ["contents": ["kind": "markdown", "value": .string(text)], "range": range.json]
  }

  /// Of a word: what it does. Of the fence itself: what the cell gave, and why it would run again.
  private func fenceHover(_ file: OpenFile, _ place: EditorPlace) async -> JSON {
    let (text, range) = place.wholeWord { !$0.isWhitespace && $0 != "`" && $0 != "~" }
    let key = String(text.prefix { $0 != "=" })
    if let word = CellWord(rawValue: key) { return Self.hover(word.meaning, range) }
    guard let chapter = await parsed(file).chapter,
      let cell = chapter.cells.first(where: { $0.range.start.line == place.position.line + 1 })
    else { return .null }
    var parts: [String] = []
    if let known = file.known?.carried(to: chapter) {
      let index = cell.id.index
      let given = known.result.cells[index].asMarkdown
      if known.current.contains(index) {
        parts.append(given)
        if let seconds = known.cellSeconds[index] {
          parts.append("It took \(CellTime.text(seconds)).")
        }
      } else if known.result.cells[index] != CellResult() {
        parts.append("Before the text changed it gave:\n\n" + given)
      }
    }
    let reasons = await surroundings.reasons(file.path, file.folder)
    if !reasons.isEmpty { parts.append("*nnbook why*: " + reasons.joined(separator: "  \n")) }
    return parts.isEmpty ? .null : Self.hover(parts.joined(separator: "\n\n"), range)
  }

  /// What a reader would find at a reference.
  func preview(of target: ReferenceTarget) -> String {
    var lines: [String] = []
    if let label = target.label { lines.append("**\(label)**") }
    if let title = target.title, title != target.label { lines.append(title) }
    let chapter = books.values.lazy.compactMap { $0.chapter(target.range.file) }.first
    if let cell = chapter?.cells.first(where: { $0.options.id?.value == target.id }) {
      if let caption = cell.options.caption?.value { lines.append(caption) }
      let code = cell.code.split(separator: "\n", omittingEmptySubsequences: false).prefix(8)
      lines.append("```swift\n" + code.joined(separator: "\n") + "\n```")
    }
    lines.append("`\(target.range.file):\(target.range.start.line)`")
    return lines.joined(separator: "\n\n")
  }
}

extension CellResult {
  /// What a cell gave, in a few lines.
  var asMarkdown: String {
    var parts: [String] = []
    for output in outputs {
      switch output {
      case .console(let text), .text(let text): parts.append(Self.fenced(text))
      case .markdown(let text): parts.append(text)
      case .html: parts.append("(a table)")
      case .svg(let svg): parts.append("(a figure: \(Self.title(of: svg)))")
      case .control: parts.append("(a control)")
      case .check(let outcome):
        parts.append("(\(outcome.holds ? "holds" : "fails"): \(outcome.sentence))")
      }
    }
    if let expectedFailure { parts.append(Self.fenced(expectedFailure)) }
    return parts.isEmpty ? "(shows nothing)" : parts.joined(separator: "\n\n")
  }

  private static func fenced(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.count > 20 { lines = lines.prefix(20) + ["…"] }
    let marks = text.contains("```") ? "~~~~" : "```"
    return "\(marks)text\n\(lines.joined(separator: "\n"))\n\(marks)"
  }

  /// The words that were made from the data.
  private static func title(of svg: String) -> String {
    for name in ["desc", "title"] {
      if let start = svg.range(of: "<\(name)"),
        let open = svg[start.upperBound...].firstIndex(of: ">"),
        let end = svg[open...].range(of: "</\(name)")
      {
        return String(svg[svg.index(after: open)..<end.lowerBound])
      }
    }
    return "no description"
  }
}
