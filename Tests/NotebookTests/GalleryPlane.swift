import Foundation

@testable import Notebook

extension Gallery {
  /// Two moons, with noise.
  static let moons: (points: [(Float, Float)], classes: [Int]) = {
    let random = noise(400)
    var points: [(Float, Float)] = []
    var classes: [Int] = []
    for index in 0..<100 {
      let angle = Double(index / 2) / 50 * Double.pi
      let (jitterX, jitterY) = (
        (random[2 * index] - 0.5) * 0.3, (random[2 * index + 1] - 0.5) * 0.3
      )
      if index % 2 == 0 {
        points.append((Float(cos(angle) + jitterX), Float(sin(angle) + jitterY)))
      } else {
        points.append((Float(1 - cos(angle) + jitterX), Float(0.5 - sin(angle) + jitterY)))
      }
      classes.append(index % 2)
    }
    return (points, classes)
  }()

  static func separator(_ x: Float, _ y: Float) -> Float {
    1 / (1 + Float(exp(Double(6 * (sin(2.2 * x - 0.2) * 0.6 - y + 0.2)))))
  }

  static func cluster(_ count: Int, classes: Int) -> (x: [Double], y: [Double], classes: [Int]) {
    let random = noise(count * 4, seed: 5)
    var (x, y, labels): ([Double], [Double], [Int]) = ([], [], [])
    for index in 0..<count {
      let label = index % classes
      let angle = Double(label) / Double(classes) * 6.283
      x.append(10 * cos(angle) + 5 * (random[4 * index] + random[4 * index + 1] - 1))
      y.append(7 * sin(angle) + 4 * (random[4 * index + 2] + random[4 * index + 3] - 1))
      labels.append(label)
    }
    return (x, y, labels)
  }

  static var plane: [Exhibit] {
    let (points, classes) = moons
    let (x, y) = (points.map { $0.0 }, points.map { $0.1 })
    let ten = cluster(1797, classes: 10)
    let four = cluster(300, classes: 4)
    return [
      Exhibit("scatter", scatter(x, y, x: "x₁", y: "x₂")),
      Exhibit(
        "scatter-classes",
        scatter(
          x, y, classes: classes, names: ["upper moon", "lower moon"], title: "Two moons", x: "x₁",
          y: "x₂")),
      Exhibit(
        "scatter-four", scatter(four.x, four.y, classes: four.classes, names: ["a", "b", "c", "d"])),
      Exhibit(
        "scatter-ten",
        scatter(ten.x, ten.y, classes: ten.classes, x: "first component", y: "second component")),
      Exhibit(
        "scatter-million", scatter(noise(1_000_000), noise(1_000_000, seed: 9), x: "u", y: "v")),
      Exhibit("scatter-empty", scatter([Double](), [Double]())),
      Exhibit("scatter-nan", scatter([1, .nan, 3.0], [.infinity, 2, 3.0])),
      Exhibit(
        "regions",
        decisionRegions(
          x: -1.5...2.5, y: -1...1.6, points: points, classes: classes,
          names: ["upper moon", "lower moon"], separator)),
      Exhibit(
        "regions-plain",
        decisionRegions(x: 0...1, y: 0...1, title: "XOR") { x, y in x * (1 - y) + y * (1 - x) }),
      Exhibit(
        "regions-noise",
        decisionRegions(x: 0...1, y: 0...1) { x, y in
          let value = sin(Double(x) * 917.3 + Double(y) * 533.1) * 43758.5
          return Float(value - value.rounded(.down))
        }),
      Exhibit("regions-constant", decisionRegions(x: 0...1, y: 0...1) { _, _ in 0.5 }),
      Exhibit("regions-nan", decisionRegions(x: 0...1, y: 0...1) { _, _ in .nan }),
      Exhibit(
        "regions-classes",
        decisionRegions(
          classCount: 3, x: -2...2, y: -2...2, points: [(-1, -1), (1, -1), (0, 1.2)],
          classes: [0, 1, 2], names: ["a", "b", "c"]
        ) { x, y in [-x - y, x - y, 1.5 * y] }),
      Exhibit(
        "contours",
        contours(
          x: -2...2, y: -2...2,
          path: (0..<30).map {
            (Float(1.8 * pow(0.85, Double($0))), Float(1.6 * pow(-0.7, Double($0))))
          },
          title: "Descent", xLabel: "w₁", yLabel: "w₂"
        ) { x, y in x * x + 4 * y * y }),
      Exhibit(
        "contours-log",
        contours(x: -2...2, y: -1...3, xLabel: "w₁", yLabel: "w₂", isLogarithmic: true) { x, y in
          (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x) + 0.01
        }),
      Exhibit("contours-constant", contours(x: 0...1, y: 0...1) { _, _ in 3 }),
      Exhibit(
        "panels-three",
        panels(
          scatter(x, y, classes: classes, title: "Input"),
          decisionRegions(
            x: -1.5...2.5, y: -1...1.6, points: points, classes: classes, title: "Output", separator
          ),
          plot(loss, title: "Training", x: "epoch", y: "loss"))),
      Exhibit(
        "panels-two", panels(plot(loss, x: "epoch", y: "loss"), histogram(noise(300), x: "value"))),
    ]
  }
}
