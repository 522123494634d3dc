import Foundation

@testable import Notebook

extension Gallery {
  static let xorLayers = [
    DiagramLayer("inputs", count: 2, unitNames: ["x₁", "x₂"]),
    DiagramLayer(
      "hidden", count: 2, unitNames: ["h₁", "h₂"], weights: [[10, 10], [10, 10]], biases: [-5, -15]),
    DiagramLayer("output", count: 1, unitNames: ["y"], weights: [[10], [-10]], biases: [-5]),
  ]

  static func sigmoid(_ x: Float) -> Float { 1 / (1 + Float(exp(Double(-x)))) }

  static func unitMap(_ a: Float, _ b: Float, _ c: Float) -> Field {
    Field(x: -1...1, y: -1...1, resolution: 14) { x, y in sigmoid(a * x + b * y + c) }
  }

  static func random(_ rows: Int, _ columns: Int, seed: UInt64) -> [[Double]] {
    (0..<rows).map { row in noise(columns, seed: seed + UInt64(row)).map { ($0 - 0.5) * 2 } }
  }

  static func or(_ x: Float, _ y: Float) -> Float { sigmoid(10 * x + 10 * y - 5) }
  static func and(_ x: Float, _ y: Float) -> Float { sigmoid(10 * x + 10 * y - 15) }

  static var networks: [Exhibit] { diagrams + spaces + counts + steps + tables }

  static var diagrams: [Exhibit] {
    let maps = (0..<6).map { (index: Int) -> Field in
      unitMap(Float(cos(Double(index))) * 5, Float(sin(Double(index))) * 5, 0.3)
    }
    return [
      Exhibit("diagram-xor", diagram(xorLayers)),
      Exhibit(
        "diagram-maps",
        diagram(
          [
            DiagramLayer("inputs", count: 2, maps: [unitMap(4, 0, 0), unitMap(0, 4, 0)]),
            DiagramLayer("Dense, sigmoid", count: 6, weights: random(2, 6, seed: 4), maps: maps),
            DiagramLayer(
              "Dense, sigmoid", count: 4, weights: random(6, 4, seed: 44),
              maps: Array(maps.prefix(4))),
            DiagramLayer("output", count: 1, weights: random(4, 1, seed: 90), maps: [maps[2]]),
          ], title: "Every unit's answer over the plane")),
      Exhibit(
        "diagram-large",
        diagram([
          DiagramLayer("pixels", count: 784),
          DiagramLayer("hidden", count: 128, weights: random(784, 128, seed: 7)),
          DiagramLayer("digits", count: 10, weights: random(128, 10, seed: 3)),
        ])),
      Exhibit(
        "diagram-deep",
        diagram(
          (0..<14).map {
            DiagramLayer("Dense \($0)", count: 4, weights: random(4, 4, seed: UInt64($0)))
          })),
      Exhibit("diagram-empty", diagram([])),
    ]
  }

  static var spaces: [Exhibit] {
    let corners: [(Float, Float)] = [(0, 0), (0, 1), (1, 0), (1, 1)]
    return [
      Exhibit(
        "hidden-space",
        hiddenSpace(
          corners, classes: [0, 1, 1, 0], x: 0...1, y: 0...1,
          [
            HiddenStage("Input", x: "x₁", y: "x₂"),
            HiddenStage("Hidden", x: "OR", y: "AND", line: (1, -1, -0.5)) {
              (or($0, $1), and($0, $1))
            },
          ])),
      Exhibit(
        "hidden-space-three",
        hiddenSpace(
          moons.points, classes: moons.classes, x: -1.5...2.5, y: -1...1.5,
          [
            HiddenStage("Input"),
            HiddenStage("After the affine map") { (x: Float, y: Float) in
              (x * 1.2 - y * 0.8, x * 0.5 + y)
            },
            HiddenStage("After tanh") { (x: Float, y: Float) in
              (Float(tanh(Double(x * 1.2 - y * 0.8))), Float(tanh(Double(x * 0.5 + y))))
            },
          ])),
      Exhibit(
        "regions-linear",
        linearRegions(x: -2...2, y: -2...2, title: "Pieces of a ReLU network") {
          (x: Float, y: Float) -> [[Float]] in
          let first: [Float] = [x + y * 0.4, y - 0.5 * x + 0.6, 0.9 * y - x - 0.5, x + 0.8]
          let active: [Float] = first.map { max($0, 0) }
          let fifth: Float = active[0] - active[1] + 0.4 * active[2] - 0.2
          let sixth: Float = active[2] - 0.7 * active[3] + 0.3
          return [first, [fifth, sixth]]
        }),
      Exhibit("regions-linear-none", linearRegions(x: -2...2, y: -2...2) { _, _ in [] }),
    ]
  }

  static var counts: [Exhibit] {
    let losses = noise(100).map { (value: Double) -> Double in pow(10, -4 + 3.5 * value) }
    let bell = (0..<3).map { (layer: Int) -> [Double] in
      (0..<400).map { (index: Int) -> Double in
        noise(6, seed: UInt64(layer * 1000 + index + 1)).reduce(-3, +) / Double(layer + 1)
      }
    }
    return [
      Exhibit(
        "activation",
        activationPlot(
          "tanh", { Float(tanh(Double($0))) }, slope: { Float(1 - pow(tanh(Double($0)), 2)) })),
      Exhibit(
        "parameter-curve",
        parameterCurve(over: 1...512, at: 128) { width in 784 * width + width + width * 10 + 10 }),
      Exhibit(
        "parameter-curves",
        parameterCurves(
          [("input to hidden", { 784 * $0 + $0 }), ("hidden to hidden", { $0 * $0 + $0 })],
          over: 1...1024,
          at: 512)),
      Exhibit(
        "seeds",
        seedPlot(
          [
            SeedRow("2-2-1", losses), SeedRow("2-4-1", losses.map { $0 * 0.2 }),
            SeedRow("2-8-1", losses.map { $0 * 0.05 }),
          ], solvedBelow: 0.01)),
      Exhibit(
        "seeds-same",
        seedPlot([SeedRow("one", [Double](repeating: 0.25, count: 500))], solvedBelow: 0.01)),
      Exhibit(
        "seeds-groups",
        seedPlot(
          [
            SeedRow("2", losses, group: "moons"),
            SeedRow("4", losses.map { $0 / 9 }, group: "moons"),
            SeedRow("2", losses.map { 0.02 + $0 }, group: "spirals"),
          ], solvedBelow: 0.01, y: "hidden size")),
      Exhibit("seeds-empty", seedPlot([], solvedBelow: 0.01)),
      Exhibit(
        "distributions",
        distributions(
          ["layer 1", "layer 2", "layer 3"], bell, title: "Activations", x: "activation")),
      Exhibit(
        "distributions-odd",
        distributions(["zeros", "empty", "nan"], [[0, 0, 0], [], [Double.nan, 1]])),
    ]
  }

  static var steps: [Exhibit] {
    let states = (0..<5).map { (step: Int) -> [Float] in
      noise(4, seed: UInt64(step + 2)).map { Float($0) * 2 - 1 }
    }
    return [
      Exhibit(
        "unit-sum",
        unitSum(inputs: [0, 1], weights: [10, 10], bias: -5, activation: "σ", output: 0.9933)),
      Exhibit(
        "unit-sum-many",
        unitSum(
          inputs: (0..<64).map { Float($0) / 10 }, weights: (0..<64).map { Float(30 - $0) / 7 },
          bias: 0.125)),
      Exhibit(
        "graph",
        computationGraph([
          GraphNode("x₁", value: 2, gradient: -1.5), GraphNode("w₁", value: -3, gradient: 1),
          GraphNode("x₂", value: 0, gradient: 0.5), GraphNode("w₂", value: 1, gradient: 0),
          GraphNode("x₁ · w₁", value: -6, gradient: 0.5, inputs: [0, 1]),
          GraphNode("x₂ · w₂", value: 0, gradient: 0.5, inputs: [2, 3]),
          GraphNode("sum", value: -6, gradient: 0.5, inputs: [4, 5]),
          GraphNode("b", value: 6.8814, gradient: 0.5),
          GraphNode("z", value: 0.8814, gradient: 0.5, inputs: [6, 7]),
          GraphNode("tanh", value: 0.7071, gradient: 1, inputs: [8]),
        ])),
      Exhibit("graph-empty", computationGraph([])),
      Exhibit("graph-large", computationGraph((0..<100).map { GraphNode("n", value: Float($0)) })),
      Exhibit(
        "unrolled",
        unrolled(
          inputs: ["h", "e", "l", "l", "o"], states: states,
          outputs: ["", "", "", "", "class"], cell: "LSTM")),
      Exhibit(
        "unrolled-long",
        unrolled(inputs: (1...40).map { "x\($0)" }, outputs: (1...40).map { "y\($0)" })),
      Exhibit("unrolled-empty", unrolled(inputs: [])),
    ]
  }

  static var tables: [Exhibit] {
    [
      Exhibit(
        "table",
        table(
          Column("layer", ["Dense", "Sigmoid", "Dense"]).total("total"),
          Column("parameters", [100_480, 0, 1290]).total("101,770"),
          Column.shares("share", [0.987, 0, 0.0127]),
          Column("time", [1.25, 0.03, 0.5], unit: "ms", format: .fixed(2)))),
      Exhibit(
        "table-long",
        table(
          Column("epoch", Array(0..<1000)),
          Column("loss", (0..<1000).map { exp(-Double($0) / 100) }))),
      Exhibit("table-empty", table(Column("nothing", [Double]()))),
    ]
  }
}
