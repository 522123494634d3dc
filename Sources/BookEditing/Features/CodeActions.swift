import BookModel
import CellRunning
import Foundation

extension LanguageServer {
  func codeActions(_ parameters: JSON, _ file: OpenFile) async -> JSON {
    guard let range = EditorRange(parameters["range"]) else { return [] }
    let chapter = await parsed(file).chapter
    var actions: [JSON] = []
    for diagnostic in parameters["context"]?["diagnostics"]?.list ?? [] {
      actions += fixes(diagnostic, file, chapter)
    }
    actions += texts(file, chapter, at: range)
    return .array(actions)
  }

  private func action(
    _ title: String, _ file: OpenFile, _ range: EditorRange, _ text: String, for diagnostic: JSON?
  ) -> JSON {
    var members: [String: JSON] = [
      "title": .string(title), "kind": "quickfix",
      "edit": [
        "changes": .object([
          file.address: [["range": range.json, "newText": .string(text)]]
        ])
      ],
    ]
    if let diagnostic { members["diagnostics"] = [diagnostic] }
    return .object(members)
  }

  private func fixes(_ diagnostic: JSON, _ file: OpenFile, _ chapter: Chapter?) -> [JSON] {
    guard let range = EditorRange(diagnostic["range"]), let message = diagnostic["message"]?.text
    else { return [] }
    var actions: [JSON] = []
    for lead in ["did you mean '", "nnbook's word is '"] {
      if let start = message.range(of: lead),
        let end = message[start.upperBound...].firstIndex(of: "'")
      {
        let word = String(message[start.upperBound..<end])
        // The place may be more than the word: a reference with its brackets, a word with its value.
        let written = file.text.text(in: range)
        let old = message.split(separator: "'").dropFirst().first.map(String.init) ?? ""
        let text =
          written.contains(old) && !old.isEmpty && written != old
          ? written.replacing(
            old, with: old.hasPrefix("#") && !word.hasPrefix("#") ? "#" + word : word)
          : word
        actions.append(action("Write '\(word)'", file, range, text, for: diagnostic))
      }
    }
    switch diagnostic["code"]?.text.flatMap(DiagnosticID.init) {
    case .unexpectedOutput:
      if let (place, text) = accepted(file, chapter, at: range.start) {
        actions.append(action("Accept this output", file, place, text, for: diagnostic))
      }
    case .swiftError:
      var file = file
      if let cell = file.scan().cell(withLine: range.start.line), !cell.mustFail {
        let end = file.text.line(cell.fenceLine)
        let place = EditorPosition(
          line: cell.fenceLine, character: end.units(before: cell.info.lowerBound))
        actions.append(
          action(
            "Mark the cell 'fail': it must not compile", file, EditorRange(place, place), " fail",
            for: diagnostic))
      }
    case .missingAlternativeText:
      if let place = file.text.text(in: range).firstRange(of: "![]") {
        let lead = file.text.text(in: range)[..<place.lowerBound].utf16.count
        let start = EditorPosition(
          line: range.start.line, character: range.start.character + lead + 2)
        actions.append(
          action(
            "Add alternative text", file, EditorRange(start, start), "what it shows",
            for: diagnostic))
      }
    default: break
    }
    return actions
  }

  /// The fence of expected output around a place, and what the cell really gave.
  private func accepted(
    _ file: OpenFile, _ chapter: Chapter?, at place: EditorPosition
  ) -> (EditorRange, String)? {
    guard let chapter, let known = file.known?.carried(to: chapter) else { return nil }
    for (cell, given) in zip(chapter.cells, known.result.cells) {
      guard known.current.contains(cell.id.index), let expected = cell.expectedOutput,
        (expected.range.start.line...expected.range.end.line).contains(place.line + 1)
      else { continue }
      let first = expected.range.start.line
      var last = expected.range.end.line
      if expected.range.end.column == 1, last > first { last -= 1 }
      let text = Expectations.text(of: given)
      return (
        EditorRange(
          EditorPosition(line: first, character: 0), EditorPosition(line: last - 1, character: 0)),
        text.isEmpty || text.hasSuffix("\n") ? text : text + "\n"
      )
    }
    return nil
  }

  /// A caption or an alternative text for the cell at the place.
  private func texts(_ file: OpenFile, _ chapter: Chapter?, at range: EditorRange) -> [JSON] {
    guard let chapter,
      let cell = chapter.cells.first(where: {
        $0.range.start.line - 1 <= range.start.line && range.start.line < $0.range.end.line
      }), let first = cell.lines.first, let id = cell.options.id?.value,
      id.hasPrefix("fig-") || id.hasPrefix("tbl-")
    else { return [] }
    let start = EditorPosition(line: cell.range.start.line, character: 0)
    let indent = String(
      file.text.text(ofLine: first.line - 1).prefix { $0 == " " || $0 == "\t" || $0 == ">" }
        .prefix(first.column - 1))
    var actions: [JSON] = []
    if cell.options.caption == nil {
      actions.append(
        action(
          "Add a caption", file, EditorRange(start, start), indent + "//| caption: what it shows\n",
          for: nil))
    }
    if cell.options.alternativeText == nil, id.hasPrefix("fig-") {
      actions.append(
        action(
          "Write the alternative text yourself", file, EditorRange(start, start),
          indent + "//| alt: what it shows\n", for: nil))
    }
    return actions
  }
}

extension EditedText {
  func text(in range: EditorRange) -> String {
    let (start, end) = (offset(of: range.start), offset(of: range.end))
    return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
  }
}
