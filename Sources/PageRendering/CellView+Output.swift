import BookModel

extension CellView {
  var output: HTML {
    // Of what a learner is to change, results would be those of nobody's code.
    if cell.isStarter || cell.isChecks { return .group([]) }
    let content = result?.expectedFailure.map(failure) ?? figure(around: results)
    switch cell.options.output {
    case .hidden: return .group([])
    case .shown, .markdown: return content
    case .predicted(let question):
      return content.isEmpty ? .group([]) : prediction(question, of: content)
    }
  }

  private var results: HTML {
    guard let result else {
      guard cell.hasResult, cell.options.output != .hidden else { return .group([]) }
      return .tag(
        "div", ["class": "results", "id": "\(anchor)-output"],
        .tag("p", ["class": "pending"], .text(words["not-run"])))
    }
    let shown = result.outputs.joiningConsole.compactMap(html(of:))
    if shown.isEmpty && !isLive { return .group([]) }
    let controls = HTML.tag("div", ["class": "controls"])
    let output = HTML.tag(
      "div", ["class": "results", "id": "\(anchor)-output"], .group(shown))
    return isLive ? .group([controls, output]) : output
  }

  private func html(of output: CellOutput) -> HTML? {
    switch output {
    case .console(let text) where cell.options.output == .markdown:
      return .tag("div", ["class": "markdown"], markdown(TerminalText(text).plain))
    case .console(let text):
      return .tag("pre", ["class": "console"], .tag("samp", [:], terminal(text)))
    case .text(let text):
      return .tag("pre", ["class": "value"], .tag("samp", [:], terminal(text)))
    case .markdown(let text):
      return .tag("div", ["class": "markdown"], markdown(text))
    case .html(let text):
      return .tag("div", ["class": "html"], markup(text))
    case .svg(let text):
      guard let description = alternativeText else {
        return .tag("div", ["class": "svg"], markup(text))
      }
      // The figure in it has a description of its own, made from its data, which stays readable.
      return .tag(
        "div", ["class": "svg", "role": "group", "aria-label": description], markup(text))
    case .control, .check: return nil
    }
  }

  private func terminal(_ text: String) -> HTML {
    .group(
      TerminalText(text.trimmingLineEnd).runs.map { run in
        let style = run.style
        let classes = [
          style.color.map { "ansi-\($0.rawValue)" }, style.isBold ? "ansi-bold" : nil,
          style.isFaint ? "ansi-faint" : nil, style.isItalic ? "ansi-italic" : nil,
          style.isUnderlined ? "ansi-underlined" : nil,
        ].compactMap(\.self)
        return classes.isEmpty
          ? .text(run.text)
          : .tag("span", ["class": classes.joined(separator: " ")], .text(run.text))
      })
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

  var figcaption: HTML {
    if caption == nil && number == nil { return .group([]) }
    return .tag(
      "figcaption", [:], Self.numberLink(number, to: cell.options.id?.value), caption ?? .group([]))
  }

  /// The number of a figure, table or listing, which leads to the place where it stands.
  static func numberLink(_ number: String?, to id: String?) -> HTML {
    guard let number else { return .group([]) }
    guard let id else { return .tag("span", ["class": "number"], .text(number)) }
    return .tag("a", ["class": "number", "href": "#\(id)"], .text(number))
  }

  private func prediction(_ question: Located<String>, of content: HTML) -> HTML {
    return .group([
      .tag("p", ["class": "question"], self.question(question)),
      .tag(
        "details",
        [
          "class": "predict", "data-answer": answer,
          "data-tolerance": cell.tolerance.map { "\($0)" },
        ],
        .tag("summary", [:], .text(words["show-result"])), content),
    ])
  }

  /// The number that the reader was to predict: the only one among the values shown or, where
  /// those have none, the only one printed. Of several, nothing says which one was meant.
  private var answer: String? {
    if result?.expectedFailure != nil { return nil }
    var shown: [String] = []
    var printed: [String] = []
    for output in result?.outputs ?? [] {
      switch output {
      case .text(let text): shown += TerminalText(text).plain.numbers
      case .console(let text): printed += TerminalText(text).plain.numbers
      case .markdown, .html, .svg, .control, .check: continue
      }
    }
    let numbers = shown.isEmpty ? printed : shown
    return numbers.count == 1 ? numbers[0] : nil
  }

  private func failure(_ message: String) -> HTML {
    let speaker = cell.mustStop ? words["program-stops"] : words["compiler-refuses"]
    let printed = HTML.group((result?.outputs ?? []).joiningConsole.compactMap(html(of:)))
    return .tag(
      "div", ["class": "output failure", "id": "\(anchor)-output"], printed,
      .tag("p", ["class": "says"], .text(speaker)),
      .tag("pre", ["class": "message"], .tag("samp", [:], .text(message.trimmingLineEnd))))
  }
}

extension String {
  /// The numbers in the text, without separators of thousands.
  fileprivate var numbers: [String] {
    let number =
      /(?:^|[^\w.,])(-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)/
    return matches(of: number).map { $0.1.filter { $0 != "," } }
  }
}
