import Foundation
import HostSystem

extension LanguageServer {
  /// Cells as swift-format writes them, each by itself; the prose stays as it is.
  func formatted(_ file: OpenFile, _ range: EditorRange?) async throws -> JSON {
    try await awaitSwift()
    var file = file
    guard file.kind == .chapter, let formatter = swiftServer?.formatter else { return .null }
    let cells = file.scan().cells.filter { cell in
      guard cell.isClosed, !cell.codeLines.isEmpty else { return false }
      guard let range else { return true }
      return range.start.line < cell.codeLines.upperBound
        && cell.codeLines.lowerBound <= range.end.line
    }
    let written = cells.map { $0.code(in: file.text) + "\n" }
    let results = await FormatterRun(program: formatter, folder: root).format(written)
    try Task.checkCancellation()
    var edits: [JSON] = []
    for ((cell, code), result) in zip(zip(cells, written), results) where result != code {
      let prefix = cell.marks(in: file.text)
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

/// One run of swift-format over any number of texts: to start it takes longer than to format.
private struct FormatterRun: Sendable {
  var program: String
  /// Where its configuration is looked for.
  var folder: String

  /// What is no Swift yet stays as it is.
  func format(_ texts: [String]) async -> [String] {
    guard !texts.isEmpty else { return [] }
    let manager = FileManager.default
    let place = manager.temporaryDirectory.appending(path: "nnbook-format-\(UUID().uuidString)")
    defer { try? manager.removeItem(at: place) }
    let files = texts.indices.map { place.appending(path: "cell-\($0).swift") }
    do {
      try manager.createDirectory(at: place, withIntermediateDirectories: true)
      for (file, text) in zip(files, texts) { try Data(text.utf8).write(to: file) }
    } catch {
      return texts
    }
    let child = ChildProcess(
      executable: program,
      arguments: [
        "format", "--in-place", "--parallel", "--ignore-unparsable-files", "--configuration",
        configuration,
      ] + files.map(\.path),
      environment: Environment.ofTools())
    guard await onOwnThread({ try? child.collect(seconds: 60) }) != nil else { return texts }
    return zip(files, texts).map { file, text in
      manager.contents(atPath: file.path).map { String(decoding: $0, as: UTF8.self) } ?? text
    }
  }

  /// That of the folder or one around it, as swift-format finds it for a file there.
  private var configuration: String {
    var folder = URL(filePath: folder).standardizedFileURL
    while true {
      let file = folder.appending(path: ".swift-format").path
      if FileManager.default.fileExists(atPath: file) { return file }
      if folder.path == "/" { return #"{"version": 1}"# }
      folder.deleteLastPathComponent()
    }
  }
}
