import BookModel

/// The script that says which controls a chapter's live cells have, as the build knows them. It is
/// small and comes before the text, so that controls are in the first picture of the page: the
/// module comes later, and what it then says of them moves nothing.
struct ControlScript {
  var module: LiveModule
  var chapter: Chapter
  var cells: [CellResult]

  /// Seconds that a live cell may take in the page when its author doesn't say.
  static let defaultLimit = 5

  var path: String { "\(chapter.slug).controls.js" }

  var bytes: [UInt8] {
    let cells = module.cells.map { index in
      "\"\(index)\":{\"limit\":\(limit(of: index)),\"controls\":[\(records(of: index))]}"
    }
    return Array("nnbookControls({\(cells.joined(separator: ","))});\n".utf8)
  }

  /// Whether there are controls that few chapters have, in a cell that waits for its module too.
  var needsPlane: Bool {
    chapter.cells.filter(\.isLive).contains { cell in
      let records = records(of: cell.id.index)
      return records.contains("\"kind\":\"points\"") || records.contains("\"kind\":\"weights\"")
    }
  }

  private func records(of index: Int) -> String {
    cells[index].outputs.compactMap { output in
      if case .control(let record) = output { record.json } else { nil }
    }.joined(separator: ",")
  }

  /// A cell that states no time of its own may take less in front of a reader than in a build.
  private func limit(of index: Int) -> Int {
    guard case .run(let run) = chapter.cells[index].options.execution,
      run.timeout != CellOptions.Run().timeout
    else { return Self.defaultLimit }
    return run.timeout
  }
}
