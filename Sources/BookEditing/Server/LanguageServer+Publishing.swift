import BookModel

extension LanguageServer {
  /// Tells the editor everything that is wrong with a file, each thing once.
  func publish(_ address: String) {
    guard var file = files[address] else { return }
    // What is known of an older text has places that are no longer right; its parse is on the way, and
    // tells everything.
    guard file.parsed?.revision == file.revision,
      file.kind == .settings || file.bookRevision == file.revision
    else { return }
    let scan = file.scan()
    let swift = file.kind == .chapter ? remarks(of: file, scan) : []
    let lines = Set(swift.filter { $0.severity <= 2 }.map(\.range.start.line))
    var told: Set<Diagnostic> = []
    var list: [JSON] = []
    for diagnostic in (file.parsed?.problems ?? []) + file.bookProblems + file.built
    where told.insert(diagnostic).inserted {
      // What the Swift server says while typing, the build says again.
      if diagnostic.id == .swiftError || diagnostic.id == .swiftWarning,
        let line = diagnostic.range?.start.line,
        lines.contains(line - 1)
      {
        continue
      }
      list.append(json(diagnostic, in: file))
    }
    list += swift.map { remark in
      let id: DiagnosticID = remark.severity == 1 ? .swiftError : .swiftWarning
      var members: [String: JSON] = [
        "range": remark.range.json, "severity": .integer(remark.severity),
        "code": .string(id.rawValue), "source": "swift", "message": .string(remark.message),
        "relatedInformation": .array(remark.related),
      ]
      members["codeDescription"] = explanation(of: id)
      return .object(members)
    }
    notify(
      "textDocument/publishDiagnostics",
      [
        "uri": .string(file.address), "version": .integer(file.version),
        "diagnostics": .array(list),
      ])
  }

  private func json(_ diagnostic: Diagnostic, in file: OpenFile) -> JSON {
    var range = EditorRange(
      EditorPosition(line: 0, character: 0), EditorPosition(line: 0, character: 0))
    if let own = diagnostic.range, own.file == file.path { range = file.text.range(own) }
    // An editor draws nothing under a place without width.
    if range.start == range.end {
      let line = file.text.line(range.start.line)
      range.end.character = min(range.start.character + 1, line.units(before: line.count))
    }
    let related = diagnostic.notes.compactMap { note -> JSON? in
      guard let place = note.range else { return nil }
      let text = place.file == file.path ? file.text : nil
      let position =
        text?.position(place.start)
        ?? EditorPosition(line: place.start.line - 1, character: max(0, place.start.column - 1))
      return [
        "location": [
          "uri": .string(address(ofPath: place.file)),
          "range": EditorRange(position, position).json,
        ],
        "message": .string(note.summary),
      ]
    }
    let loose = diagnostic.notes.filter { $0.range == nil }.map { "\nnote: " + $0.summary }
    var members: [String: JSON] = [
      "range": range.json,
      "severity": .integer(
        diagnostic.severity == .error ? 1 : diagnostic.severity == .warning ? 2 : 3),
      "code": .string(diagnostic.id.rawValue),
      "source": "nnbook",
      "message": .string(diagnostic.summary + loose.joined()),
      "relatedInformation": .array(related),
    ]
    members["codeDescription"] = explanation(of: diagnostic.id)
    return .object(members)
  }

  /// Where an id is explained.
  private func explanation(of id: DiagnosticID) -> JSON? {
    surroundings.messagesPage.map {
      ["href": .string(FileAddress.address($0) + "#" + id.rawValue)]
    }
  }

  func address(ofPath path: String) -> String {
    if let open = files.values.first(where: { $0.path == path }) { return open.address }
    return FileAddress.address(path.hasPrefix("/") ? path : root + "/" + path)
  }

  /// The line on which the last statement of a cell begins, where that is an expression.
  private func lineOfShownValue(in cell: ChapterScan.Cell, of text: EditedText) -> Int {
    shownValues.line(in: cell.code(in: text))
      .map { cell.codeLines.lowerBound + $0 } ?? .max
  }

  /// What the Swift server says of a chapter that is not the chapter's business: a cell's last
  /// expression is shown, so that it is not unused.
  private func remarks(of file: OpenFile, _ scan: ChapterScan) -> [SwiftRemark] {
    var seen: Set<SwiftRemark> = []
    return file.swift.sorted { $0.key < $1.key }.flatMap(\.value).filter { remark in
      let line = remark.range.start.line
      guard let cell = scan.cell(withLine: line) else {
        return scan.inlines.contains { $0.line == line } && seen.insert(remark).inserted
      }
      if cell.mustFail || cell.isIgnored { return false }
      if remark.message.contains("unused"), remark.severity == 2,
        line >= lineOfShownValue(in: cell, of: file.text)
      {
        return false
      }
      return seen.insert(remark).inserted
    }
  }
}

extension SwiftRemark {
  init?(_ json: JSON) {
    guard let range = EditorRange(json["range"]), let message = json["message"]?.text else {
      return nil
    }
    // As the compiler of a build says it.
    self.init(
      range: range, severity: json["severity"]?.whole ?? 1,
      message: message.prefix(1).lowercased() + message.dropFirst(),
      related: json["relatedInformation"]?.list ?? [])
  }
}

extension OpenFile {
  /// After an edit, what the build and the Swift server said stays at its lines; of the changed lines
  /// nothing is said until they say something anew.
  mutating func moved(from range: EditorRange?, by lines: Int) {
    guard let range else {
      built = []
      swift = [:]
      return
    }
    for address in swift.keys {
      swift[address] = swift[address]?.compactMap { remark in
        if remark.range.end.line < range.start.line { return remark }
        if remark.range.start.line <= range.end.line { return nil }
        var moved = remark
        moved.range.start.line += lines
        moved.range.end.line += lines
        moved.related = []
        return moved
      }
    }
    let (first, last) = (range.start.line + 1, range.end.line + 1)
    built = built.compactMap { diagnostic in
      guard var place = diagnostic.range else { return diagnostic }
      if place.end.line < first { return diagnostic }
      if place.start.line <= last { return nil }
      place.start.line += lines
      place.end.line += lines
      var moved = diagnostic
      moved.range = place
      return moved
    }
  }
}
