/// Writes out what one unit computes, with its numbers: every product, the bias, the sum and what
/// the activation function makes of it.
///
/// ```swift
/// unitSum(inputs: [0, 1], weights: [10, 10], bias: -5, activation: "σ", output: 0.9933)
/// ```
public func unitSum(
  inputs: [Float], weights: [Float], bias: Float, activation: String = "", output: Float? = nil,
  names: [String] = [], title: String = ""
) -> Figure {
  Figure { size in
    UnitSum(
      inputs: doubles(inputs), weights: doubles(weights), bias: Double(bias),
      activation: activation, output: output.map { Double($0) }, names: names, title: title
    ).drawing(size)
  }
}

struct UnitSum {
  let inputs: [Double]
  let weights: [Double]
  let bias: Double
  let activation: String
  let output: Double?
  let names: [String]
  let title: String

  /// Terms beyond this are added up in one row.
  private static let mostTerms = 10

  private struct Row {
    let name: String
    let formula: String
    let value: Double
    var isResult = false
  }

  /// The products are added in the order of the inputs, then the bias.
  private var sum: Double {
    zip(inputs, weights).reduce(0) { $0 + $1.0 * $1.1 } + bias
  }

  private var rows: [Row] {
    let count = min(inputs.count, weights.count)
    let shown = count > Self.mostTerms + 1 ? Self.mostTerms : count
    var rows: [Row] = []
    for index in 0..<shown {
      var formula = TextBuffer()
      formula.appendFactor(inputs[index])
      formula.append(" · ")
      formula.appendFactor(weights[index])
      rows.append(
        Row(name: name(index), formula: formula.string, value: inputs[index] * weights[index]))
    }
    if shown < count {
      var formula = TextBuffer()
      formula.appendGrouped(count - shown)
      formula.append(" more terms")
      var rest = 0.0
      for index in shown..<count { rest += inputs[index] * weights[index] }
      rows.append(Row(name: "…", formula: formula.string, value: rest))
    }
    rows.append(Row(name: "bias", formula: "", value: bias))
    rows.append(Row(name: "sum", formula: "", value: sum, isResult: true))
    return rows
  }

  private func name(_ index: Int) -> String {
    if index < names.count { return names[index] }
    var text = TextBuffer()
    text.append("x")
    text.appendSubscript(index + 1)
    return text.string
  }

  @export(interface)
  func drawing(_ size: FigureSize) -> Drawing {
    let rows = self.rows
    let rowHeight = 24.0
    let top = title.utf8.isEmpty ? 4.0 : 28
    var (nameWidth, formulaWidth, numberWidth) = (30.0, 0.0, 0.0)
    var extent = DataRange([0])
    for row in rows {
      nameWidth = max(nameWidth, textWidth(row.name, size: 12))
      formulaWidth = max(formulaWidth, textWidth(row.formula, size: 12))
      numberWidth = max(numberWidth, textWidth(figureNumber(row.value), size: 12))
      extent.include(row.value)
    }
    nameWidth = min(nameWidth, 110)
    let numberEnd = nameWidth + 14 + formulaWidth + 24 + numberWidth
    let scale = Scale(covering: extent, kind: .linear, exactly: true, tickCount: 4)
      .mapped(from: numberEnd + 14, to: max(size.width - 6, numberEnd + 60))
    let bottom = top + Double(rows.count) * rowHeight
    return Drawing(
      width: max(size.width, numberEnd + 66), height: bottom + (activation.utf8.isEmpty ? 6 : 32),
      title: title.utf8.isEmpty ? "The sum of one unit" : title, description: words
    ) { canvas in
      canvas.text(title, at: Point(x: 2, y: 14), size: 13, bold: true)
      for (index, row) in rows.enumerated() {
        let base = top + Double(index) * rowHeight + 16
        if row.isResult {
          canvas.line(Point(x: 2, y: base - 16), Point(x: numberEnd, y: base - 16), .ink)
        }
        canvas.text(
          shortened(row.name, width: nameWidth), at: Point(x: 2, y: base), .start,
          row.isResult ? .ink : .muted, bold: row.isResult)
        canvas.text(row.formula, at: Point(x: nameWidth + 14 + formulaWidth, y: base), .end)
        if !row.formula.utf8.isEmpty {
          canvas.text(
            "=", at: Point(x: nameWidth + 14 + formulaWidth + 12, y: base), .middle, .muted)
        }
        canvas.text(
          figureNumber(row.value), at: Point(x: numberEnd, y: base), .end, bold: row.isResult)
        let (zero, end) = (scale(0), scale(row.value.isFinite ? row.value : 0))
        canvas.rectangle(
          Rectangle(
            x: min(zero, end), y: base - 11, width: (end - zero).magnitude,
            height: row.isResult ? 14 : 12),
          fill: .sign(row.value), opacity: row.isResult ? 1 : 0.6)
      }
      canvas.line(Point(x: scale(0), y: top), Point(x: scale(0), y: bottom), .muted)
      if !activation.utf8.isEmpty {
        canvas.text(answer, at: Point(x: 2, y: bottom + 20), bold: true)
      }
    }
  }

  /// "σ(5) = 0.9933"
  private var answer: String {
    var text = TextBuffer()
    text.append(activation)
    text.append("(")
    text.appendFigureNumber(sum)
    text.append(")")
    if let output {
      text.append(" = ")
      text.appendFigureNumber(output)
    }
    return text.string
  }

  private var words: String {
    var text = TextBuffer()
    for index in 0..<min(inputs.count, weights.count, Self.mostTerms) {
      if index > 0 { text.append(" + ") }
      text.appendFactor(inputs[index])
      text.append(" · ")
      text.appendFactor(weights[index])
    }
    if min(inputs.count, weights.count) > Self.mostTerms { text.append(" + …") }
    text.append(", with the bias ")
    text.appendFigureNumber(bias)
    text.append(", is ")
    text.appendFigureNumber(sum)
    if !activation.utf8.isEmpty {
      text.append("; ")
      text.append(answer)
    }
    return text.string
  }
}

extension TextBuffer {
  /// A factor of a product: in brackets when it is negative.
  mutating func appendFactor(_ value: Double) {
    if value < 0 { append("(") }
    appendFigureNumber(value)
    if value < 0 { append(")") }
  }

  mutating func appendSubscript(_ number: Int) {
    var digits = TextBuffer()
    digits.append(number)
    for digit in digits.bytes {
      // The subscript digits follow each other from U+2080.
      append(byte: 0xE2)
      append(byte: 0x82)
      append(byte: 0x80 + (digit - 0x30))
    }
  }
}
