import BookModel
import PageRendering

/// What nnbook's own parser makes of files, while they are typed.
extension LanguageServer {
  /// Parses once the typing pauses, and tells what is wrong.
  func settle(_ address: String, soon: Bool = false) {
    settling[address]?.cancel()
    settling[address] = Task {
      if !soon { try? await Task.sleep(for: .milliseconds(30)) }
      if Task.isCancelled { return }
      // A text that takes long is parsed once at a time, however fast the typing is.
      while await runningParse(of: address) != nil { if Task.isCancelled { return } }
      guard let file = files[address] else { return }
      _ = await parsed(file)
      guard !Task.isCancelled, files[address]?.revision == file.revision else { return }
      let others = await checkBook(of: file).filter { $0 != address }
      for other in [address] + others { publish(other) }
    }
  }

  /// What the parser makes of a file as it was when somebody asked.
  func parsed(_ file: OpenFile) async -> ParsedText {
    let address = file.address
    while true {
      if let known = files[address]?.parsed, known.revision == file.revision { return known }
      if let known = file.parsed, known.revision == file.revision { return known }
      if let parsed = await runningParse(of: address) {
        if parsed.revision == file.revision { return parsed }
        continue
      }
      let last = files[address]?.parsed ?? file.parsed
      let task = Task.detached(priority: .userInitiated) { ParsedText(file, after: last) }
      parsing[address] = (file.revision, task)
    }
  }

  /// What the parse gives that goes on now, once it does; nil where none goes on.
  private func runningParse(of address: String) async -> ParsedText? {
    guard let running = parsing[address] else { return nil }
    let parsed = await running.task.value
    // Whoever comes first puts it away: of those who wait, none may find an old one again.
    if parsing[address]?.revision == running.revision { parsing[address] = nil }
    // An older text than what is known already says nothing new.
    if let known = files[address], (known.parsed?.revision ?? 0) < parsed.revision {
      files[address]?.parsed = parsed
    }
    return parsed
  }

  /// What the book's index says of its open files; those about which it says something new.
  private func checkBook(of file: OpenFile) async -> [String] {
    let index = await index(of: file)
    var changed: [String] = []
    for other in files.values where other.folder == file.folder && other.kind == .chapter {
      // Of a text that cannot be read at all, the index has the one before.
      let problems =
        other.parsed?.chapter == nil
        ? [] : index.diagnostics.filter { $0.range?.file == other.path }
      files[other.address]?.bookRevision = other.parsed?.revision
      if problems != other.bookProblems {
        files[other.address]?.bookProblems = problems
        changed.append(other.address)
      }
    }
    return changed
  }

  /// The book of a file, with the texts as they are in the editor.
  func book(of file: OpenFile) async -> EditedBook {
    // Typing that never pauses is not waited for.
    for _ in 0..<4 {
      let waiting = files.values.filter {
        $0.folder == file.folder && $0.parsed?.revision != $0.revision
      }
      if waiting.isEmpty { break }
      for other in waiting { _ = await parsed(other) }
    }
    var book = books[file.folder] ?? EditedBook(folder: file.folder)
    book.refresh(open: files.values.filter { $0.folder == file.folder })
    books[file.folder] = book
    return book
  }

  /// All names of the book of a file.
  func index(of file: OpenFile) async -> BookIndex {
    var book = await book(of: file)
    let index = book.index()
    books[file.folder] = book
    return index
  }

  /// - Throws: where the text changed since somebody asked about it, so that places would be wrong.
  func checkIsUnchanged(_ file: OpenFile) throws {
    guard files[file.address]?.revision == file.revision else {
      throw Message.Failure.contentModified
    }
  }
}
