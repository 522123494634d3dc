import BookModel
import Deflate

/// The values that live cells take from the build, as functions of the page's program.
struct BakedValues {
  private(set) var diagnostics: [Diagnostic] = []
  /// Function by function; empty where nothing is baked.
  private(set) var program = ""

  private static let mostBytes = 60 << 10

  /// - Parameters:
  ///   - cells: those of the chapter's own program that live cells need.
  ///   - records: what the calls gave, by cell.
  init(_ cells: [ParsedCell], _ records: [Int: [BakedRecord]], chapter: Chapter) {
    for cell in cells {
      let calls = BakedCalls(cell.tree).ranges
      let given = records[cell.id.index] ?? []
      for (place, call) in calls.enumerated() {
        let range = cell.cell.range(ofBytes: call, in: chapter)
        let line = cell.lines[CodePlace(ofByte: call.lowerBound, in: cell.code).line].line
        // Which of the calls of its line it is.
        let before = calls[..<place].count {
          cell.lines[CodePlace(ofByte: $0.lowerBound, in: cell.code).line].line == line
        }
        let columns = Set(given.filter { $0.line == line }.map(\.column)).sorted()
        let own =
          columns.indices.contains(before)
          ? given.filter { $0.line == line && $0.column == columns[before] } : []
        func say(_ id: DiagnosticID, _ summary: String, _ severity: Diagnostic.Severity = .error) {
          diagnostics.append(
            Diagnostic(
              severity, id, at: range, summary, excerpt: chapter.sourceLine(range.start.line)))
        }
        guard let record = own.first else {
          say(.bakedCall, "baked(…) did not run in the build, so the page has no value for it")
          continue
        }
        if own.count > 1 {
          say(.bakedCall, "baked(…) gave different values in one run; it stands outside loops")
        } else if record.source.isEmpty {
          say(
            .bakedType,
            "a value of type '\(record.type)' cannot be baked; numbers, texts, arrays of them, "
              + "tensors, data sets and networks of dense layers and activations can")
        } else {
          let size = deflated(Array(record.source.utf8)).count
          if size > Self.mostBytes {
            say(
              .bakedSize,
              "the baked value takes \(size >> 10) KiB of the page, compressed; bake less than "
                + "\(Self.mostBytes >> 10) KiB", .warning)
          }
          program +=
            "@inline(never) private func \(cell.bakedName(place))() -> \(record.type) { "
            + "\(record.source) }\n"
        }
      }
    }
  }
}
