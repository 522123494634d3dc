import BookModel

/// Files that are opened, edited, saved and closed in the editor.
extension LanguageServer {
  func opened(_ document: JSON) {
    guard let address = document["uri"]?.text, let text = document["text"]?.text,
      let path = FileAddress.path(address)
    else { return }
    let relative = FileAddress.relative(path, to: root)
    let isChapter = surroundings.asksOnlyOfChapters
    guard let kind = isChapter ? .chapter : OpenFile.Kind(of: relative, root: root) else { return }
    var file = OpenFile(
      address: address, path: relative, kind: kind,
      version: document["version"]?.whole ?? 0, text: EditedText(text))
    if file.kind == .chapter {
      // Some editors open a file that is open.
      syncSwift(&file, [:])
      startSwift(for: file.folder)
    }
    file.revision = nextRevision()
    files[address] = file
    settle(address, soon: true)
    showStored(address)
  }

  func changed(_ parameters: JSON) {
    guard let address = parameters["textDocument"]?["uri"]?.text, var file = files[address] else {
      return
    }
    let remarks = file.swift
    for change in parameters["contentChanges"]?.list ?? [] {
      guard let text = change["text"]?.text else { continue }
      let range = EditorRange(change["range"])
      let before = file.text.lineCount
      file.edit(range, text)
      file.moved(from: range, by: file.text.lineCount - before)
    }
    file.version = parameters["textDocument"]?["version"]?.whole ?? file.version + 1
    file.revision = nextRevision()
    if file.kind == .chapter { syncSwift(&file, remarks) }
    files[address] = file
    settle(address)
  }

  /// Files on disk changed, maybe those whose lines cells show.
  func readIncludedAgain(_ address: String) {
    defer { settle(address) }
    guard var file = files[address], file.kind == .chapter else { return }
    let before = file.documents()
    file.forgetIncluded()
    guard file.documents() != before else { return }
    // What is under way is about other lines.
    file.revision = nextRevision()
    syncSwift(&file, file.swift)
    files[address] = file
  }

  private func nextRevision() -> Int {
    lastRevision += 1
    return lastRevision
  }

  /// Brings the documents of the Swift server up to date with the text.
  /// - Parameter remarks: of the text before. Where a document is as it was they hold, and nobody would
  ///   make them again.
  private func syncSwift(_ file: inout OpenFile, _ remarks: [String: [SwiftRemark]]) {
    var current: Set<String> = []
    for (document, isUnchanged) in file.documentsSinceEdit() {
      let address = file.address(of: document)
      current.insert(address)
      if case .failing = document.kind, swift.documents[address] == nil { continue }
      let isKnown = isUnchanged && swift.documents[address] != nil
      if isKnown || !swift.change(address, to: document.text(of: file.text)) {
        file.swift[address] = remarks[address]
      }
    }
    for address in swift.documents.keys
    where file.owns(address) && !current.contains(address) {
      swift.close(address)
      file.swift[address] = nil
    }
  }

  func saved(_ parameters: JSON) {
    guard let address = parameters["textDocument"]?["uri"]?.text, let file = files[address] else {
      return
    }
    if file.kind == .settings { books[file.folder]?.settingsChanged() }
    settle(address, soon: true)
    if file.kind == .chapter { build(address) }
  }

  func closed(_ parameters: JSON) {
    guard let address = parameters["textDocument"]?["uri"]?.text, let file = files[address] else {
      return
    }
    for known in swift.documents.keys where file.owns(known) {
      swift.close(known)
    }
    settling.removeValue(forKey: address)?.cancel()
    builds.removeValue(forKey: address)?.cancel()
    files[address] = nil
    notify(
      "textDocument/publishDiagnostics", ["uri": .string(file.address), "diagnostics": []])
  }
}
