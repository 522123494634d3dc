import BookBuilding
import BookModel
import CellRunning
import Foundation

/// Cells that run: on save, and when the author asks.
extension LanguageServer {
  /// What an earlier run stored, without running anything.
  func showStored(_ address: String) {
    guard let file = files[address], file.kind == .chapter else { return }
    let execution = surroundings.execution(file.folder)
    Task {
      guard let chapter = await parsed(file).chapter, let run = await execution.stored(chapter)
      else { return }
      await take(run, run.diagnostics, of: chapter, address)
    }
  }

  /// Runs what is not stored, and says what is wrong; a newer save takes the place of an older one.
  func build(_ address: String) {
    guard let file = files[address] else { return }
    let execution = surroundings.execution(file.folder)
    let before = builds[address]
    before?.cancel()
    builds[address] = Task {
      await before?.value
      if Task.isCancelled { return }
      let parsed = await parsed(file)
      guard let chapter = parsed.chapter, !parsed.problems.hasErrors, chapter.hasWork else {
        return
      }
      do throws(DiagnosticError) {
        let run = try await execution.run(chapter)
        if Task.isCancelled { return }
        await take(run, run.diagnostics, of: chapter, address)
      } catch {
        if Task.isCancelled { return }
        await take(nil, error.diagnostics, of: chapter, address)
      }
    }
  }

  /// - Parameters:
  ///   - run: nil where the cells could not be run, or did what they must not.
  ///   - number: the cell after which the run ended; nil for one of the whole chapter.
  private func take(
    _ run: ChapterRun?, _ diagnostics: [Diagnostic], of chapter: Chapter, _ address: String,
    upTo number: Int? = nil
  ) async {
    // What was typed meanwhile is read first: places are held against the text as it is.
    guard var file = files[address] else { return }
    var parsed = await parsed(file)
    while let newer = files[address], newer.revision != file.revision {
      file = newer
      parsed = await self.parsed(file)
    }
    guard files[address] != nil else { return }
    if let run {
      var known = files[address]?.known?.carried(to: chapter) ?? .none(of: chapter)
      known.take(run)
      files[address]?.known = known
      if number == nil, run.seconds > 0 { files[address]?.runSeconds = run.seconds }
    }
    // Places are those of the text that ran, and move with its cells.
    let now = parsed.chapter
    files[address]?.built = diagnostics.map(chapter.toldAtFence).compactMap { diagnostic in
      guard let range = diagnostic.range else { return diagnostic }
      guard range.file == file.path else { return nil }
      return diagnostic.moved(from: chapter, to: now ?? chapter)
    }
    publish(address)
    if abilities.refreshesLenses { ask("workspace/codeLens/refresh", .null) }
  }

  /// Runs a chapter up to a cell, and shows what that cell gave.
  func executeCommand(_ parameters: JSON) -> Work {
    guard parameters["command"]?.text == Capabilities.runCommand,
      let address = parameters["arguments"]?.list?.first?.text,
      let number = parameters["arguments"]?.list?.dropFirst().first?.whole,
      let file = files[address]
    else {
      return { _ in throw Message.Failure.invalid("command is not known here") }
    }
    let execution = surroundings.execution(file.folder)
    return { server in
      let parsed = await server.parsed(file)
      guard let whole = parsed.chapter, !parsed.problems.hasErrors,
        whole.cells.indices.contains(number)
      else { throw Message.Failure.invalid("the chapter cannot be read, or has no such cell") }
      do throws(DiagnosticError) {
        let run = try await execution.rerun(whole.upTo(number))
        await server.take(run, run.diagnostics, of: whole, address, upTo: number)
        server.show(run.diagnostics, run.result.cells[number].shortText, number)
      } catch {
        await server.take(nil, error.diagnostics, of: whole, address, upTo: number)
        server.show(error.diagnostics, nil, number)
      }
      return .null
    }
  }

  private func show(_ diagnostics: [Diagnostic], _ given: String?, _ number: Int) {
    let errors = diagnostics.filter { $0.severity == .error }
    let text = errors.first?.summary ?? given ?? "(shows nothing)"
    notify(
      "window/showMessage",
      ["type": .integer(errors.isEmpty ? 3 : 1), "message": .string("cell \(number + 1): \(text)")])
  }

  /// Above each cell: run to here, what it gave, how long that took; and how long the chapter took.
  func codeLenses(of file: OpenFile) async -> JSON {
    guard let chapter = await parsed(file).chapter else { return [] }
    let file = files[file.address] ?? file
    let known = file.known?.carried(to: chapter)
    var lenses: [JSON] = []
    for cell in chapter.cells where cell.options.execution != .ignored {
      let place = EditorPosition(line: cell.range.start.line - 1, character: 0)
      func lens(_ title: String, _ command: String = "", _ arguments: JSON = []) {
        lenses.append(
          [
            "range": EditorRange(place, place).json,
            "command": [
              "title": .string(title), "command": .string(command), "arguments": arguments,
            ],
          ])
      }
      let index = cell.id.index
      lens("▶ Run to here", Capabilities.runCommand, [.string(file.address), .integer(index)])
      let isCurrent = known?.current.contains(index) == true
      if let text = known?.result.cells[index].shortText { lens(isCurrent ? text : "was \(text)") }
      if isCurrent, let seconds = known?.cellSeconds[index] { lens(CellTime.text(seconds)) }
      if cell.id == chapter.cells.last?.id, let seconds = file.runSeconds {
        lens("chapter took \(CellTime.text(seconds))")
      }
    }
    return .array(lenses)
  }
}

/// What a run took, for people.
enum CellTime {
  static func text(_ seconds: Double) -> String {
    if seconds < 0.0005 { return "under 1 ms" }
    if seconds < 0.9995 { return "\(Int((seconds * 1000).rounded())) ms" }
    if seconds < 59.95 { return String(format: "%.1f s", seconds) }
    let whole = Int(seconds.rounded())
    return "\(whole / 60) min \(whole % 60) s"
  }
}

extension Diagnostic {
  /// As it stands where its cell now stands; nil where the cell is no longer as it was.
  fileprivate func moved(from old: Chapter, to new: Chapter) -> Diagnostic? {
    guard let range, old.cells != new.cells else { return self }
    guard
      let cell = old.cells.first(where: {
        ($0.range.start.line...$0.range.end.line).contains(range.start.line)
      })
    else { return nil }
    let same = new.cells.filter { $0.code == cell.code }
    guard same.count == 1, let now = same.first else { return nil }
    let lines = now.codeStart.line - cell.codeStart.line
    var moved = self
    moved.range?.start.line += lines
    moved.range?.end.line += lines
    return moved
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
