import BookModel

extension CellView {
  var source: HTML {
    // A listing keeps its number and its place, whatever it holds.
    if cell.hasNoSource, !isListing { return .group([]) }
    let code = HTML.group(segments.map(html(of:)))
    let notes = lines.marks.isEmpty ? HTML.group([]) : Self.placeOfNotes
    if cell.isChecks, cell.options.source == .shown {
      return .tag(
        "details", ["class": "fold"], .tag("summary", [:], .text(words["show-checks"])),
        .tag("div", ["class": "source"], code), notes)
    }
    switch cell.options.source {
    case .hidden: return .group([])
    case .shown:
      guard isListing else { return .group([.tag("div", ["class": "source"], code), notes]) }
      return .group([
        .tag("figure", ["class": "source", "id": cell.options.id?.value], code, figcaption), notes,
      ])
    case .folded:
      return .tag(
        "details", ["class": "fold"], .tag("summary", [:], .text(words["show-code"])),
        .tag("div", ["class": "source"], code), notes)
    }
  }

  private typealias Line = (place: Int, html: HTML)

  private enum Segment {
    case shown([Line])
    case folded([Line])
  }

  /// The lines in stretches that are shown or folded; the marker comments themselves are neither.
  private var segments: [Segment] {
    let code = cell.code.trimmingLineEnd
    let lines = highlighter.lines(of: code).enumerated().map { (place: $0, html: $1) }
    let texts = code.split(separator: "\n", omittingEmptySubsequences: false)
    var segments: [Segment] = []
    var next = 0
    for folded in cell.foldedLines {
      let range = folded.clamped(to: next..<lines.count)
      if range.lowerBound > next { segments.append(.shown(Array(lines[next..<range.lowerBound]))) }
      let kept = range.filter { !Self.isMarker(texts[$0]) }.map { lines[$0] }
      if !kept.isEmpty { segments.append(.folded(kept)) }
      next = max(next, range.upperBound)
    }
    if next < lines.count { segments.append(.shown(Array(lines[next...]))) }
    return segments
  }

  static func isMarker(_ line: Substring) -> Bool {
    let words = line.split(separator: " ")
    return words.first == "//" && words.count == 2
      && (words[1] == "snippet.hide" || words[1] == "snippet.show")
  }

  private func html(of segment: Segment) -> HTML {
    switch segment {
    case .shown(let lines): return pre(lines)
    case .folded(let lines):
      let count =
        lines.count == 1 ? words["folded-line"] : words.text("folded-lines", "\(lines.count)")
      return .tag(
        "details", ["class": "folded-lines"], .tag("summary", [:], .text(count)),
        pre(lines))
    }
  }

  private func pre(_ shown: [Line]) -> HTML {
    .tag("pre", ["class": "swift"], lines.code(shown))
  }
}
