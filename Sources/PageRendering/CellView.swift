import BookModel

/// A cell on the page: its source, folded or not, and below it what the cell put there.
///
/// Every shown cell is one element with the id `cell-<index>`; what it put on the page stands in
/// one element with the id `cell-<index>-output`, which a live cell may fill anew. A live cell also
/// has an empty `cell-<index>-controls` and the attribute `data-live`.
struct CellView {
  var cell: Cell
  /// Nil while the cell hasn't run.
  var result: CellResult?
  /// Such as "Figure 3.2".
  var number: String?
  var caption: HTML?
  var highlighter: SwiftHighlighter
  /// Printed text of an `asis` cell, or a markdown record, as part of the page.
  var markdown: (String) -> HTML
  /// Markup that a record holds, made safe for the page.
  var markup: (String) -> HTML

  var html: HTML {
    let parts = [source, output].filter { !$0.isEmpty }
    if parts.isEmpty { return .group([]) }
    return .element(
      "div",
      [
        HTML.Attribute(name: "class", value: "cell"),
        HTML.Attribute(name: "id", value: anchor),
      ] + (isLive ? [HTML.Attribute(name: "data-live", value: String(cell.id.index))] : []),
      parts)
  }

  private var anchor: String { "cell-\(cell.id.index)" }

  private var isLive: Bool {
    if case .run(let run) = cell.options.execution { return run.isLive }
    return false
  }

  private var isListing: Bool { cell.options.id?.value.hasPrefix("lst-") ?? false }
  private var isTable: Bool { cell.options.id?.value.hasPrefix("tbl-") ?? false }
}

// MARK: - Source

extension CellView {
  private var source: HTML {
    let code = HTML.group(segments.map(html(of:)))
    switch cell.options.source {
    case .hidden: return .group([])
    case .shown:
      guard isListing else { return .tag("div", ["class": "source"], code) }
      return .tag("figure", ["class": "source", "id": cell.options.id?.value], code, figcaption)
    case .folded:
      return .tag(
        "details", ["class": "fold"], .tag("summary", [:], .text("Show the code")),
        .tag("div", ["class": "source"], code))
    }
  }

  private enum Segment {
    case shown([HTML])
    case folded([HTML])
  }

  /// The lines in stretches that are shown or folded; the marker comments themselves are neither.
  private var segments: [Segment] {
    let code = cell.code.trimmingLineEnd
    let lines = highlighter.lines(of: code)
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

  private static func isMarker(_ line: Substring) -> Bool {
    let words = line.split(separator: " ")
    return words.first == "//" && words.count == 2
      && (words[1] == "snippet.hide" || words[1] == "snippet.show")
  }

  private func html(of segment: Segment) -> HTML {
    switch segment {
    case .shown(let lines): return pre(lines)
    case .folded(let lines):
      let count = lines.count == 1 ? "1 line" : "\(lines.count) lines"
      return .tag(
        "details", ["class": "folded-lines"], .tag("summary", [:], .text("\(count) folded")),
        pre(lines))
    }
  }

  private func pre(_ lines: [HTML]) -> HTML {
    var parts: [HTML] = []
    for line in lines {
      parts.append(line)
      parts.append(.text("\n"))
    }
    if parts.count > 1 { parts.removeLast() }
    return .tag("pre", ["class": "swift"], .tag("code", [:], .group(parts)))
  }
}

// MARK: - Output

extension CellView {
  private var output: HTML {
    if let message = result?.expectedFailure { return failure(message) }
    let content = results
    switch cell.options.output {
    case .hidden: return .group([])
    case .shown, .markdown: return figure(around: content)
    case .predicted(let question):
      return content.isEmpty ? .group([]) : prediction(question.value, of: figure(around: content))
    }
  }

  private var runs: Bool {
    switch cell.options.execution {
    case .run, .mustNotCompile, .mustStop: true
    case .compileOnly, .ignored: false
    }
  }

  private var results: HTML {
    guard let result else {
      guard runs, cell.options.output != .hidden else { return .group([]) }
      return .tag(
        "div", ["class": "results", "id": "\(anchor)-output"],
        .tag("p", ["class": "pending"], .text("Not run yet")))
    }
    let shown = joined(result.outputs).compactMap(html(of:))
    if shown.isEmpty && !isLive { return .group([]) }
    let controls = HTML.tag("div", ["class": "controls", "id": "\(anchor)-controls"])
    let output = HTML.tag(
      "div", ["class": "results", "id": "\(anchor)-output"], .group(shown))
    return isLive ? .group([controls, output]) : output
  }

  /// Text printed in several pieces is one text.
  private func joined(_ outputs: [CellOutput]) -> [CellOutput] {
    var joined: [CellOutput] = []
    for output in outputs {
      if case .console(let text) = output, case .console(let before) = joined.last {
        joined[joined.count - 1] = .console(before + text)
      } else {
        joined.append(output)
      }
    }
    return joined
  }

  private func html(of output: CellOutput) -> HTML? {
    switch output {
    case .console(let text) where cell.options.output == .markdown:
      return .tag("div", ["class": "markdown"], markdown(text))
    case .console(let text):
      return .tag("pre", ["class": "console"], .tag("samp", [:], .text(text.trimmingLineEnd)))
    case .text(let text):
      return .tag("pre", ["class": "value"], .tag("samp", [:], .text(text.trimmingLineEnd)))
    case .markdown(let text):
      return .tag("div", ["class": "markdown"], markdown(text))
    case .html(let text):
      return .tag("div", ["class": "html"], markup(text))
    case .svg(let text):
      guard let description = cell.options.alternativeText?.value else {
        return .tag("div", ["class": "svg"], markup(text))
      }
      return .tag("div", ["class": "svg", "role": "img", "aria-label": description], markup(text))
    case .control: return nil
    }
  }

  private func figure(around content: HTML) -> HTML {
    guard !content.isEmpty else { return content }
    let id = isListing ? nil : cell.options.id?.value
    if isListing || (caption == nil && number == nil) {
      return .tag("div", ["class": "output", "id": id], content)
    }
    return .tag(
      "figure", ["class": "output", "id": id],
      .group(isTable ? [figcaption, content] : [content, figcaption]))
  }

  private var figcaption: HTML {
    if caption == nil && number == nil { return .group([]) }
    return .tag(
      "figcaption", [:], number.map { .tag("span", ["class": "number"], .text($0)) } ?? .group([]),
      caption ?? .group([]))
  }

  private func prediction(_ question: String, of content: HTML) -> HTML {
    var tolerance: Double?
    if case .run(let run) = cell.options.execution { tolerance = run.tolerance }
    return .tag(
      "details",
      [
        "class": "predict", "data-answer": answer, "data-tolerance": tolerance.map { "\($0)" },
      ],
      .tag(
        "summary", [:], .text(question), .text(" "),
        .tag("span", ["class": "hint"], .text("Show the result"))),
      content)
  }

  /// The number that the reader was to predict: the value shown, else the last number printed.
  private var answer: String? {
    let outputs = result?.outputs ?? []
    for case .text(let text) in outputs.reversed() {
      if let number = text.lastNumber { return number }
    }
    for case .console(let text) in joined(outputs).reversed() {
      if let number = text.lastNumber { return number }
    }
    return nil
  }

  private func failure(_ message: String) -> HTML {
    let speaker =
      if case .mustStop = cell.options.execution { "The program stops" } else {
        "The compiler refuses this"
      }
    let printed = HTML.group(joined(result?.outputs ?? []).compactMap(html(of:)))
    return .tag(
      "div", ["class": "output failure", "id": "\(anchor)-output"], printed,
      .tag("p", ["class": "says"], .text(speaker)),
      .tag("pre", ["class": "message"], .tag("samp", [:], .text(message.trimmingLineEnd))))
  }
}

extension String {
  fileprivate var trimmingLineEnd: String { hasSuffix("\n") ? String(dropLast()) : self }

  /// The last number in the text, as it is written there.
  fileprivate var lastNumber: String? {
    split { !($0.isNumber || $0.isLetter || "+-._".contains($0)) }
      .last { Double($0)?.isFinite ?? false }.map(String.init)
  }
}
