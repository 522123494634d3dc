import Foundation
import HostSystem

extension LanguageServer {
  /// Cells as swift-format writes them, each by itself; the prose stays as it is.
  func formatted(_ file: OpenFile, _ range: EditorRange?) async throws -> JSON {
    try await awaitSwift()
    var file = file
    guard file.kind == .chapter, let formatter = swiftServer?.formatter else { return .null }
    var edits: [JSON] = []
    for cell in file.scan().cells where cell.isClosed && !cell.codeLines.isEmpty {
      if let range,
        range.end.line < cell.codeLines.lowerBound || cell.codeLines.upperBound <= range.start.line
      {
        continue
      }
      try Task.checkCancellation()
      let lines = cell.codeLines.map { String(decoding: file.text.line($0), as: UTF8.self) }
      let prefixes = lines.map { line in
        String(line.prefix { $0 == " " || $0 == "\t" || $0 == ">" }.prefix(cell.prefix))
      }
      let code = zip(lines, prefixes).map { String($0.dropFirst($1.count)) }.joined(separator: "\n")
      let result = await FormatterRun(program: formatter, folder: root).format(code + "\n")
      // What is no Swift yet stays as it is.
      guard let result, result != code + "\n" else { continue }
      let prefix = prefixes.max { $0.count < $1.count } ?? ""
      let text = result.dropLast(result.hasSuffix("\n") ? 1 : 0)
        .split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? prefix.trimmingCharacters(in: .whitespaces) : prefix + $0 }
        .joined(separator: "\n")
      let last = cell.codeLines.upperBound - 1
      let end = file.text.line(last)
      edits.append(
        [
          "range": EditorRange(
            EditorPosition(line: cell.codeLines.lowerBound, character: 0),
            EditorPosition(line: last, character: end.units(before: end.count))
          ).json,
          "newText": .string(text),
        ])
    }
    try checkIsUnchanged(file)
    return .array(edits)
  }
}

/// One run of swift-format over a text.
private struct FormatterRun: Sendable {
  var program: String
  /// Where its configuration is looked for.
  var folder: String

  /// Nil where the text is not Swift.
  func format(_ code: String) async -> String? {
    let child = ChildProcess(
      executable: program, arguments: ["format", "--assume-filename", folder + "/cell.swift"],
      environment: Environment.ofTools(), input: Array(code.utf8))
    let answer = await onOwnThread { try? child.collect(seconds: 60) }
    guard let (ending, said) = answer, ending == .exited(0) else { return nil }
    return String(decoding: said.output, as: UTF8.self)
  }
}
