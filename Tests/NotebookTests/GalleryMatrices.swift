import Foundation

@testable import Notebook

extension Gallery {
  static var matrices: [Exhibit] {
    let words = ["the", "cat", "sat", "on", "the", "mat"]
    let attention = (0..<6).map { (row: Int) -> [Double] in
      (0..<6).map { (column: Int) -> Double in
        column > row ? 0 : exp(-Double(row - column)) / Double(row + 1)
      }
    }
    let large = (0..<784).map { (row: Int) -> [Double] in
      (0..<128).map { (column: Int) -> Double in sin(Double(row) / 40) * cos(Double(column) / 9) }
    }
    var bell = [Double](repeating: -6, count: 2000)
    for seed in 3..<15 {
      for (index, value) in noise(2000, seed: UInt64(seed)).enumerated() { bell[index] += value }
    }
    let saliency = (0..<4).map { (index: Int) -> [Double] in
      noise(64, seed: UInt64(index + 2)).map { (value: Double) -> Double in pow(value - 0.5, 3) }
    }
    let digits = sampleDigits
    return [
      Exhibit(
        "bars",
        bars(
          ["constant", "funnel", "bottleneck", "expanding"], [400_906, 244_522, 251_722, 228_298],
          value: "parameters")),
      Exhibit(
        "bars-signed", bars(["first", "second", "third"], [0.5, -0.25, .nan], title: "Effect")),
      Exhibit("bars-many", bars((0..<100).map { "unit \($0)" }, noise(100))),
      Exhibit("bars-empty", bars([], [Double]())),
      Exhibit(
        "histogram",
        histogram(bell, x: "weight", marks: [.vertical(0)])),
      Exhibit("histogram-empty", histogram([Double.nan], x: "weight")),
      Exhibit("histogram-constant", histogram([2.0, 2, 2], x: "weight")),
      Exhibit("histogram-million", histogram(noise(1_000_000), x: "value")),
      Exhibit(
        "heatmap",
        heatmap(
          [[1.2, -0.7, 0.05], [-2.4, 0.001234, 3.1]], rowNames: ["h₁", "h₂"],
          columnNames: ["x₁", "x₂", "bias"], title: "Weights")),
      Exhibit(
        "heatmap-attention",
        heatmap(
          attention, rowNames: words, columnNames: words, title: "Attention", x: "key", y: "query")),
      Exhibit(
        "heatmap-percent",
        heatmap([[0.501, 0.22], [0.085, 0.194]], format: .percent(0))),
      Exhibit(
        "heatmap-turned",
        heatmap(
          [[0.1, 0.9], [0.5, 0.2]], rowNames: ["a long row name"],
          columnNames: ["a long column name", "b"])),
      Exhibit(
        "heatmap-product",
        panels(
          heatmap([[1, 2, 0], [-1, 3, 1]], title: "x is 2 × 3"),
          heatmap([[2, 1], [-1, 3], [0, -2]], title: "W is 3 × 2"),
          heatmap([[0, 7], [-5, 6]], title: "x W is 2 × 2"), between: ["·", "="])),
      Exhibit("heatmap-large", heatmap(large, title: "784 × 128 weights")),
      Exhibit(
        "heatmap-noise", heatmap((0..<64).map { noise(64, seed: UInt64($0 + 1)).map { $0 - 0.5 } })),
      Exhibit("heatmap-nan", heatmap([[Double.nan, 1], [2, .infinity]])),
      Exhibit("heatmap-empty", heatmap([[Double]]())),
      Exhibit(
        "images",
        images(
          digits.prefix(20).map { $0.pixels }, width: 8,
          names: digits.prefix(20).map { "\($0.label)" })),
      Exhibit(
        "images-rows",
        images(
          (0..<20).map { digits[$0].pixels }, width: 8, columns: 10, rowNames: ["given", "copied"])),
      Exhibit("images-one", images([digits[0].pixels], width: 8, title: "A zero")),
      Exhibit("images-many", images((0..<200).map { digits[$0 % 40].pixels }, width: 8)),
      Exhibit(
        "images-saliency",
        images(
          digits.prefix(4).map { $0.pixels.map { Double($0) } }, width: 8,
          overlay: saliency,
          title: "Saliency")),
      Exhibit("images-empty", images([[Double]](), width: 8)),
    ]
  }
}
