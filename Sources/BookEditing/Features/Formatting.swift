import Foundation

extension LanguageServer {
  /// Cells as swift-format writes them, each by itself; the prose stays as it is.
  func formatted(_ file: OpenFile, _ range: EditorRange?) async throws -> JSON {
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
      let folder = root
      let result = await Task.detached {
        FormatterRun(program: formatter, folder: folder).format(code + "\n")
      }.value
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
    return .array(edits)
  }
}

/// One run of swift-format over a text.
private struct FormatterRun: Sendable {
  var program: String
  /// Where its configuration is looked for.
  var folder: String

  /// Nil where the text is not Swift.
  func format(_ code: String) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["format", "--assume-filename", folder + "/cell.swift"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let writer = input.fileHandleForWriting
    Thread.detachNewThread {
      try? writer.write(contentsOf: Data(code.utf8))
      try? writer.close()
    }
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: bytes, as: UTF8.self) : nil
  }
}
