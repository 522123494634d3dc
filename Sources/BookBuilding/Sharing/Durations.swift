import BookModel
import HostSystem

/// How long the chapters of a book took where they ran, in a file of lines such as `12.345 07-width.md`:
/// what whoever starts shares hands to each of them, so that all divide the book alike.
package struct Durations: Hashable, Sendable {
  /// By the chapter's file name.
  package var milliseconds: [String: Int]

  package init(_ milliseconds: [String: Int] = [:]) { self.milliseconds = milliseconds }

  package init(file: String) throws(DiagnosticError) {
    let bytes: [UInt8]
    do {
      bytes = try FileSystem.read(file)
    } catch {
      throw DiagnosticError(
        Diagnostic(
          .error, .durationsFile,
          "the durations '\(file)' cannot be read: \(error.reason); a build of the whole book with "
            + "'--durations \(file)' writes them"))
    }
    try self.init(text: String(decoding: bytes, as: UTF8.self), file: file)
  }

  init(text: String, file: String) throws(DiagnosticError) {
    milliseconds = [:]
    var problems: [Diagnostic] = []
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let time = Self.milliseconds(parts[0]) else {
        problems.append(
          Diagnostic(
            .error, .malformedDuration, at: SourceRange(file: file, line: index + 1),
            "line '\(line.prefix(60))' is no duration; one reads '12.345 07-width.md': seconds and a "
              + "chapter's file"))
        continue
      }
      milliseconds[String(parts[1])] = time
    }
    if !problems.isEmpty { throw DiagnosticError(problems) }
  }

  /// Of seconds with up to three digits after the point; at most some weeks.
  private static func milliseconds(_ text: Substring) -> Int? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first, (1...7).contains(whole.utf8.count), parts.count <= 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let seconds = Int(whole)
    else { return nil }
    guard parts.count == 2 else { return seconds * 1000 }
    guard (1...3).contains(parts[1].utf8.count),
      let rest = Int(parts[1] + String(repeating: "0", count: 3 - parts[1].utf8.count))
    else { return nil }
    return seconds * 1000 + rest
  }

  /// In the order of the book's folder.
  package var text: String {
    milliseconds.sorted { precedesNaturally($0.key, $1.key) }.map { name, time in
      let rest = "\(1000 + time % 1000)".dropFirst()
      return "\(time / 1000).\(rest) \(name)\n"
    }.joined()
  }

  package func write(to file: String) throws(DiagnosticError) {
    do {
      if FileSystem.kind(of: file) == nil {
        try FileSystem.write(text, to: file)
      } else {
        try FileSystem.replaceContents(of: file, with: Array(text.utf8))
      }
    } catch {
      throw DiagnosticError(
        Diagnostic(
          .error, .durationsFile, "the durations '\(file)' cannot be written: \(error.reason)"))
    }
  }
}
