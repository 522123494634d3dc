import BookModel
import Foundation
import PageRendering

/// What the cells of `Golden/tour.md` might give; made up, so that pages can be tested alone.
enum SampleResults {
  static let tour = ChapterResult(
    cells: [
      CellResult(outputs: [
        .console("parameters: 9\n"),
        .text(
          "layer     shape    parameters\nDense     2 → 2             6\nSigmoid   2 → 2             0\nDense     2 → 1             3\nSigmoid   1 → 1             0"
        ),
      ]),
      CellResult(outputs: [.svg(curve)]),
      CellResult(outputs: [.html(table)]),
      CellResult(outputs: [.text("0.0042")]),
      CellResult(
        expectedFailure: """
          error: binary operator '+' cannot be applied to operands of type 'Int' and 'Double'
          let wrong: Int = net.parameterCount + 0.5
                           ~~~~~~~~~~~~~~~~~~ ^ ~~~
          """),
      CellResult(
        outputs: [.console("about to multiply\n")],
        expectedFailure: "layer 1, Dense(2): expects 2 inputs, got 3"),
      CellResult(outputs: [.console("0.05 0.1 "), .console("0.5 1.0\n")]),
      CellResult(outputs: [.text("hidden")]),
    ],
    inlineValues: ["9", "0", "9"])

  static let table = """
    <table><thead><tr><th>row</th><th>target</th><th>answer</th></tr></thead><tbody>\
    <tr><th scope="row">0, 0</th><td>0</td><td>0.06</td></tr>\
    <tr><th scope="row">0, 1</th><td>1</td><td>0.93</td></tr>\
    <tr><th scope="row">1, 0</th><td>1</td><td>0.94</td></tr>\
    <tr><th scope="row">1, 1</th><td>0</td><td>0.07</td></tr></tbody></table>
    """

  static let curve: String = {
    let points = (0...80).map { step in
      let x = Double(step) / 80
      let loss = 0.2 / (1 + exp(18 * (x - 0.32))) + 0.05 / (1 + exp(40 * (x - 0.06)))
      return String(format: "%.1f,%.1f", 50 + 520 * x, 250 - 880 * loss)
    }
    let ticks = (0...5).map { tick in
      """
      <line x1="50" x2="570" y1="\(250 - 44 * tick)" y2="\(250 - 44 * tick)" stroke="var(--nn-grid)"/>\
      <text x="42" y="\(254 - 44 * tick)" text-anchor="end" fill="var(--nn-muted)">\
      \(String(format: "%.2f", 0.05 * Double(tick)))</text>
      """
    }
    return """
      <svg viewBox="0 0 600 300" width="600" role="img" font-family="sans-serif" font-size="13">\
      <title>Loss by epoch</title><desc>A falling curve</desc>\(ticks.joined())\
      <polyline points="\(points.joined(separator: " "))" fill="none" stroke="var(--nn-blue)" \
      stroke-width="2"/><text x="310" y="285" text-anchor="middle" fill="var(--nn-ink)">epoch</text>\
      </svg>
      """
  }()

  static func math(_ name: String) throws -> [Formula: String] {
    struct Typeset: Codable {
      var tex: String
      var isDisplay: Bool
      var mathML: String
    }
    let data = try Data(contentsOf: GoldenFile.folder.appending(path: "\(name).math.json"))
    let formulas = try JSONDecoder().decode([Typeset].self, from: data)
    return Dictionary(
      uniqueKeysWithValues: formulas.map {
        (Formula(tex: $0.tex, isDisplay: $0.isDisplay), $0.mathML)
      })
  }
}
