import BookModel
import HostSystem

/// What the compiler said, as diagnostics at the author's places.
struct CompilerMessages {
  private(set) var diagnostics: [Diagnostic] = []
  /// Messages without a place in the chapter: of the linker, or of a compiler that broke.
  private(set) var elsewhere: [String] = []

  /// Of errors and of warnings, those left out as well.
  private var counts: [DiagnosticID: Int] = [:]

  /// Why no file can be written, where that is what the compiler or the linker says.
  private(set) var fileFailure: FileError?

  /// Reads messages of `-diagnostic-style llvm`.
  init(_ text: String, map: ProgramMap) {
    var messages: [Message] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let message = Message(line) {
        messages.append(message)
      } else if let last = messages.indices.last {
        messages[last].following.append(String(line))
      } else if line.contains("error:") {
        elsewhere.append(String(line))
      }
    }
    var attaches = false
    for message in messages {
      switch message.severity {
      case .error, .warning:
        attaches = append(message, map)
      case .note:
        if attaches, let note = note(message, map) {
          diagnostics[diagnostics.count - 1].notes.append(note)
        }
      }
    }
    let order = diagnostics.indices.sorted { a, b in
      let (first, second) = (diagnostics[a].range!.start, diagnostics[b].range!.start)
      return first == second ? a < b : first < second
    }
    diagnostics = order.map { explained(diagnostics[$0]) }
    for (id, count) in counts where count > Diagnostic.mostOfAFile {
      diagnostics.append(.tooMany(at: diagnostics.last { $0.id == id }?.range))
    }
    fileFailure = Self.fileFailure(in: text)
  }

  private static func fileFailure(in text: String) -> FileError? {
    let folder = FileSystem.temporaryFolder
    // A linker that writes into mapped memory meets a full disk as a signal.
    if text.contains("Bus error"), FileSystem.isNearlyFull(folder) {
      return FileError(path: folder, code: .noSpace)
    }
    let codes: [SystemCode] = [.noSpace, .overQuota, .fileTooLarge, .readOnly]
    let code = codes.first { text.contains($0.text) }
    return code.map { FileError(path: folder, code: $0) }
  }

  /// False for what is not shown.
  private mutating func append(_ message: Message, _ map: ProgramMap) -> Bool {
    guard message.file == map.file, let range = message.range(map) else {
      if message.severity == .error { elsewhere.append(message.text) }
      return false
    }
    // The wrapper of a last expression is code after it.
    if message.text.hasPrefix("will never be executed"),
      message.isAboutWrapper || map.isShown(message.line, message.column)
    {
      return false
    }
    let isError = message.severity == .error
    if !isError, message.isAboutUnused, map.chapter.cell(atLine: message.line)?.isGuarded == true {
      return false
    }
    let diagnostic = Diagnostic(
      message.severity, isError ? .swiftError : .swiftWarning, at: range,
      message.presentableText, excerpt: map.chapter.sourceLine(range.start.line))
    counts[diagnostic.id, default: 0] += 1
    guard counts[diagnostic.id, default: 0] <= Diagnostic.mostOfAFile else { return false }
    // The wrapper of a shown value can make the compiler say one thing twice.
    if diagnostics.contains(where: { $0.range == range && $0.summary == diagnostic.summary }) {
      return false
    }
    diagnostics.append(diagnostic)
    return true
  }

  /// Nil for notes about the wrapper of a shown value.
  private func note(_ message: Message, _ map: ProgramMap) -> Diagnostic.Note? {
    if message.text.contains("_nnbook") { return nil }
    let range = message.file == map.file ? message.range(map) : nil
    return .init(message.presentableText, range: range)
  }

  private func explained(_ diagnostic: Diagnostic) -> Diagnostic {
    if let type = typeAmongLayers(diagnostic) {
      var diagnostic = diagnostic
      diagnostic.summary = "'\(type)' is a type, and no layer yet; '\(type)()' makes one"
      diagnostic.notes = []
      return diagnostic
    }
    var diagnostic = diagnostic
    if diagnostic.summary.hasPrefix("failed to produce diagnostic for expression") {
      diagnostic.summary = "the compiler refuses this expression and cannot say why"
      diagnostic.notes = [
        .init(
          "often a whole number stands where a Float is meant: 'Float(n)' makes one of it, and a "
            + "control gives one where a bound is written with its point, as in '0...10.0'")
      ]
    }
    if diagnostic.severity == .error, let line = diagnostic.excerpt,
      let advice = NamesElsewhere.advice(
        for: diagnostic.summary, at: line.fromColumn(diagnostic.range?.start.column ?? 1))
    {
      diagnostic.notes.append(.init(advice))
    }
    guard diagnostic.summary.hasPrefix("invalid redeclaration of ") else { return diagnostic }
    diagnostic.notes.append(
      .init("the cells of a chapter share one scope; the word 'reset' starts a new one"))
    return diagnostic
  }
}

extension String {
  /// What stands at a column, in bytes from 1.
  fileprivate func fromColumn(_ column: Int) -> Substring {
    guard column >= 1, column <= utf8.count else { return "" }
    return self[utf8.index(startIndex, offsetBy: column - 1)...]
  }
}

extension CompilerMessages {
  /// `ReLU` for `ReLU()` in a network: the compiler speaks of the builder, which no author wrote.
  private func typeAmongLayers(_ diagnostic: Diagnostic) -> Substring? {
    guard diagnostic.summary.contains("'buildExpression'") else { return nil }
    for note in diagnostic.notes {
      guard let start = note.summary.ranges(of: "(got '").first,
        let end = note.summary.ranges(of: ".Type')").first
      else { continue }
      return note.summary[start.upperBound..<end.lowerBound]
    }
    return nil
  }
}

/// One message with the lines below it.
private struct Message {
  var file: String
  var line: Int
  var column: Int
  var severity: Diagnostic.Severity
  var text: String
  /// The program's line, then the caret and the marks under it.
  var following: [String] = []

  /// From `file:line:column: severity: text`.
  init?(_ line: Substring) {
    for (word, severity) in [
      (": error: ", Diagnostic.Severity.error), (": warning: ", .warning), (": note: ", .note),
    ] {
      guard let found = line.ranges(of: word).first else { continue }
      let place = line[..<found.lowerBound].split(separator: ":", omittingEmptySubsequences: false)
      guard place.count >= 3, let column = Int(place[place.count - 1]),
        let number = Int(place[place.count - 2])
      else { continue }
      self.severity = severity
      self.line = number
      self.column = column
      file = place.dropLast(2).joined(separator: ":")
      text = String(line[found.upperBound...])
      return
    }
    return nil
  }

  /// At the top of a program nothing is unused; inside the braces of a guarded cell all would be.
  var isAboutUnused: Bool {
    text.contains("was never used") || text.contains("was never mutated")
      || text.contains("was written to, but never read")
  }

  var isAboutWrapper: Bool { following.first?.hasPrefix("_nnbook") == true }

  func range(_ map: ProgramMap) -> SourceRange? {
    if isAboutWrapper {
      return map.wrappedExpression(afterLine: line)
    }
    return map.range(line: line, column: column, width: width)
  }

  /// Bytes that the marks under the line cover, from the caret on.
  private var width: Int {
    guard following.count > 1 else { return 0 }
    let marks = following[1].drop { $0 != "^" }.dropFirst()
    let count = marks.prefix { $0 == "~" }.count
    return count == 0 ? 0 : count + 1
  }

  /// Without the name of the group of warnings, and without names of ours.
  var presentableText: String {
    var text = text
    if let group = text.ranges(of: " [#").last, text.hasSuffix("]") {
      text = String(text[..<group.lowerBound])
    }
    if text == "generic parameter 'Value' could not be inferred", isAboutWrapper {
      return "the type of the value to show cannot be inferred"
    }
    return text.replacing("'_nnbookShow'", with: "'show'")
      .replacing("'_nnbookInline'", with: "an inline value")
  }
}
