import BookBuilding
import BookModel
import ChapterParsing
import Foundation

/// Cells that run: on save, and when the author asks.
extension LanguageServer {
  /// What an earlier run stored, without running anything.
  func showStored(_ address: String) {
    guard let file = files[address], file.kind == .chapter else { return }
    let execution = surroundings.execution(file.folder)
    Task {
      // The text is parsed first.
      for _ in 0..<100 where files[address]?.chapter == nil {
        try? await Task.sleep(for: .milliseconds(20))
      }
      guard let chapter = files[address]?.chapter, let run = await execution.stored(chapter)
      else { return }
      take(run.result, run.diagnostics, of: chapter, address, seconds: nil)
    }
  }

  /// Runs what is not stored, and says what is wrong; a newer save takes the place of an older one.
  func build(_ address: String) {
    guard let file = files[address] else { return }
    let execution = surroundings.execution(file.folder)
    builds[address]?.cancel()
    let (bytes, path) = (file.text.bytes, file.path)
    let before = builds[address]
    builds[address] = Task {
      await before?.value
      if Task.isCancelled { return }
      guard let chapter = parsed(bytes, path), chapter.hasWork else { return }
      do throws(DiagnosticError) {
        let run = try await execution.run(chapter)
        if Task.isCancelled { return }
        take(
          run.result, run.diagnostics, of: chapter, address,
          seconds: run.origin == .ran ? run.seconds : nil)
      } catch {
        if Task.isCancelled { return }
        take(nil, error.diagnostics, of: chapter, address, seconds: nil)
      }
    }
  }

  private func parsed(_ bytes: [UInt8], _ path: String) -> Chapter? {
    let (chapter, problems) = ChapterParser().parse(bytes: bytes, path: path)
    return problems.hasErrors ? nil : chapter
  }

  /// - Parameter result: nil where the cells could not be run, or did what they must not.
  private func take(
    _ result: ChapterResult?, _ diagnostics: [Diagnostic], of chapter: Chapter,
    _ address: String, seconds: Double?
  ) {
    guard let file = files[address], file.chapter?.cells == chapter.cells else { return }
    files[address]?.result = result ?? file.result
    if let seconds { files[address]?.runSeconds = seconds }
    files[address]?.built = diagnostics.filter {
      $0.range?.file == file.path || $0.range == nil
    }
    publish(address)
    ask("workspace/codeLens/refresh", .null)
  }

  /// Runs a chapter up to a cell, and shows what that cell gave.
  func executeCommand(_ parameters: JSON) -> Work {
    guard parameters["command"]?.text == Capabilities.runCommand,
      let address = parameters["arguments"]?.list?.first?.text,
      let number = parameters["arguments"]?.list?.dropFirst().first?.whole,
      let file = files[address]
    else {
      return { throw Message.Failure.invalid("command is not known here") }
    }
    let execution = surroundings.execution(file.folder)
    return {
      guard let whole = await self.parsed(file.text.bytes, file.path),
        whole.cells.indices.contains(number)
      else { throw Message.Failure.invalid("the chapter cannot be read, or has no such cell") }
      do throws(DiagnosticError) {
        let run = try await execution.rerun(whole.upTo(number))
        await self.show(run.result, run.diagnostics, number, address, seconds: run.seconds)
      } catch {
        await self.show(nil, error.diagnostics, number, address, seconds: 0)
      }
      return .null
    }
  }

  private func show(
    _ result: ChapterResult?, _ diagnostics: [Diagnostic], _ number: Int, _ address: String,
    seconds: Double
  ) {
    if let result, let count = files[address]?.chapter?.cells.count {
      var known = files[address]?.result ?? ChapterResult(cells: [], inlineValues: [])
      while known.cells.count < count { known.cells.append(CellResult()) }
      for index in 0...number where result.cells.indices.contains(index) {
        known.cells[index] = result.cells[index]
      }
      files[address]?.result = known
      files[address]?.runSeconds = seconds
    }
    let errors = diagnostics.filter { $0.severity == .error }
    files[address]?.built = diagnostics
    publish(address)
    let text = errors.first?.summary ?? result?.cells[number].shortText ?? "(shows nothing)"
    notify(
      "window/showMessage",
      ["type": .integer(errors.isEmpty ? 3 : 1), "message": .string("cell \(number + 1): \(text)")])
    ask("workspace/codeLens/refresh", .null)
  }

  /// Above each cell: run to here, what it gave, how long the chapter took.
  func codeLenses(of file: OpenFile) -> JSON {
    guard let chapter = file.chapter else { return [] }
    var lenses: [JSON] = []
    for cell in chapter.cells where cell.options.execution != .ignored {
      let range = EditorRange(
        EditorPosition(line: cell.range.start.line - 1, character: 0),
        EditorPosition(line: cell.range.start.line - 1, character: 0))
      func lens(_ title: String, _ command: String, _ arguments: JSON) -> JSON {
        [
          "range": range.json,
          "command": [
            "title": .string(title), "command": .string(command), "arguments": arguments,
          ],
        ]
      }
      lenses.append(
        lens(
          "▶ Run to here", Capabilities.runCommand,
          [.string(file.address), .integer(cell.id.index)]))
      if let text = file.result?[cell.id]?.shortText { lenses.append(lens(text, "", [])) }
      if cell.id == chapter.cells.last?.id, let seconds = file.runSeconds {
        lenses.append(lens("chapter took \(Self.text(seconds)) s", "", []))
      }
    }
    return .array(lenses)
  }

  private static func text(_ seconds: Double) -> String {
    String(format: "%.2f", seconds)
  }
}

extension CellResult {
  /// The last line of what a cell gave; nil where it gave nothing.
  var shortText: String? {
    guard let last = outputs.last else { return expectedFailure.map { Self.cut($0) } }
    switch last {
    case .console(let text), .text(let text), .markdown(let text):
      return Self.cut(text)
    case .html: return "a table"
    case .svg: return "a figure"
    case .control: return "a control"
    case .check(let outcome): return Self.cut(outcome.sentence)
    }
  }

  private static func cut(_ text: String) -> String {
    let line = String(text.split(whereSeparator: \.isNewline).last ?? "")
    return line.count > 60 ? line.prefix(59) + "…" : line
  }
}

extension Chapter {
  /// The chapter as it would be if it ended after a cell.
  fileprivate func upTo(_ number: Int) -> Chapter {
    var chapter = self
    chapter.cells = Array(cells[...number])
    chapter.inlineValues = inlineValues.filter { value in
      value.after.map { $0.index <= number } ?? true
    }
    return chapter
  }
}
