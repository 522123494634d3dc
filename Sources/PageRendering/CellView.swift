import BookModel

/// A cell on the page: its source, folded or not, and below it what the cell put there.
///
/// Every shown cell is one element with the id `cell-<index>`; what it put on the page stands in
/// one element with the id `cell-<index>-output`, which a live cell may fill anew. A live cell also
/// has the attribute `data-live`, and before its output an empty element for its controls.
struct CellView {
  var cell: Cell
  /// Nil while the cell hasn't run.
  var result: CellResult?
  /// Such as "Figure 3.2".
  var number: String?
  var caption: HTML?
  var alternativeText: String?
  var highlighter: SwiftHighlighter
  var words: InterfaceWords
  var lines: CodeLines
  /// Whether a fold around it says already that this is an answer.
  var isInSolution = false
  /// The question of a prediction, as Markdown of one paragraph.
  var question: (Located<String>) -> HTML
  /// Printed text of an `asis` cell, or a markdown record, as part of the page.
  var markdown: (String) -> HTML
  /// Markup that a record holds, made safe for the page.
  var markup: (String) -> HTML

  var html: HTML {
    let parts = [source, output].filter { !$0.isEmpty }
    if parts.isEmpty { return .group([]) }
    guard cell.isSolution, !isInSolution else { return box(parts) }
    return .tag(
      "details", ["class": "alert solution"],
      .tag("summary", [:], .text(words["solution"])), box(parts))
  }

  private func box(_ parts: [HTML]) -> HTML {
    .element(
      "div",
      [
        HTML.Attribute(name: "class", value: "cell"),
        HTML.Attribute(name: "id", value: anchor),
      ] + (isLive ? [HTML.Attribute(name: "data-live", value: String(cell.id.index))] : []),
      parts)
  }

  /// Stands in the markup where the notes on lines of the code belong.
  static let placeOfNotes = HTML.comment("notes")

  var anchor: String { "cell-\(cell.id.index)" }

  var isLive: Bool { cell.isLive }

  var isListing: Bool { cell.options.id?.value.hasPrefix("lst-") ?? false }
  var isTable: Bool { cell.options.id?.value.hasPrefix("tbl-") ?? false }
}

extension Cell {
  /// An empty box would be shown for it.
  var hasNoSource: Bool { code.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A } }
}

extension String {
  var trimmingLineEnd: String { hasSuffix("\n") ? String(dropLast()) : self }
}

extension CellOptions {
  /// Whether a reader is asked before the result is shown.
  var isPredicted: Bool {
    if case .predicted = output { return true }
    return false
  }
}
