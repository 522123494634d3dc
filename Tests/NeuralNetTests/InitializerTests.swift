import NeuralNet
import Testing

/// `15_initialisers.json`: exact bounds and deviations; and what is drawn keeps to them.
@Suite struct InitializerTests {
  static let file = GoldenFile("15_initialisers")

  @Test(arguments: file.cases)
  func boundsAndDeviationsAreThoseOfTheFormulas(_ golden: GoldenCase) throws {
    let fanIn = try #require(golden.json["fan_in"].int)
    let fanOut = try #require(golden.json["fan_out"].int)
    let tolerance = Tolerance(absolute: 0, relative: 1e-12)
    for (name, expected) in golden.json["expected"].members.sorted(by: { $0.key < $1.key }) {
      let distribution: Initializer.Distribution
      if name == "pytorch_default_bias" {
        distribution = try #require(
          Initializer.uniformFanIn.biasDistribution(fanIn: fanIn, fanOut: fanOut))
      } else {
        let initializer = try #require(InitializerTests.initializer(name), "\(name)")
        distribution = try #require(initializer.distribution(fanIn: fanIn, fanOut: fanOut))
      }
      if let bound = expected["bound"].number {
        guard case .uniform(let got) = distribution else {
          Issue.record("\(name) is not uniform")
          continue
        }
        tolerance.expect([got], [bound], name)
      }
      tolerance.expect([distribution.deviation], [try #require(expected["std"].number)], name)
    }
  }

  static func initializer(_ name: String) -> Initializer? {
    switch name {
    case "xavier_uniform": .xavierUniform
    case "xavier_normal": .xavierNormal
    case "xavier_uniform_gain_tanh": .xavierUniform(gain: 5.0 / 3)
    case "he_uniform": .heUniform
    case "he_normal": .heNormal
    case "he_normal_fan_out": .heNormal(fan: .output)
    case "he_uniform_leaky_0.1": .heUniform(slope: 0.1)
    case "lecun_uniform": .lecunUniform
    case "lecun_normal": .lecunNormal
    case "pytorch_default_weight": .uniformFanIn
    default: nil
    }
  }

  @Test func whatIsDrawnHasTheStatedDeviation() throws {
    let initializers: [Initializer] = [
      .xavierUniform, .xavierNormal, .heUniform, .heNormal, .lecunUniform, .lecunNormal,
      .uniformFanIn,
    ]
    for initializer in initializers {
      let values = initializer.tensor([300, 200], fanIn: 300, fanOut: 200, seed: 3).values
      let distribution = try #require(initializer.distribution(fanIn: 300, fanOut: 200))
      let mean = values.reduce(0.0) { $0 + Double($1) } / 60_000
      let variance = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / 60_000
      #expect(abs(mean) < 0.02 * distribution.deviation, "\(initializer.name)")
      #expect(
        abs(variance.squareRoot() / distribution.deviation - 1) < 0.02, "\(initializer.name)")
      if case .uniform(let bound) = distribution {
        #expect(values.allSatisfy { abs(Double($0)) <= bound * 1.000001 }, "\(initializer.name)")
      }
    }
  }

  @Test(arguments: [[5, 3], [3, 5], [4, 4], [6, 2, 2]])
  func orthogonalRowsOrColumnsAreAtRightAngles(_ sizes: [Int]) {
    let w = Initializer.orthogonal(gain: 2).tensor(Shape(sizes), fanIn: 1, fanOut: 1, seed: 1)
      .reshaped(sizes[0], -1)
    let isWide = w.shape[0] <= w.shape[1]
    let products = w.matrixProduct(w, transposingFirst: !isWide, transposingSecond: isWide).matrix
    for (i, row) in products.enumerated() {
      for (j, value) in row.enumerated() { #expect(abs(value - (i == j ? 4 : 0)) < 1e-5) }
    }
  }

  @Test func aSeedDecidesTheValues() {
    let one = Initializer.heNormal.tensor([3, 4], fanIn: 3, fanOut: 4, seed: 1).values
    #expect(one == Initializer.heNormal.tensor([3, 4], fanIn: 3, fanOut: 4, seed: 1).values)
    #expect(one != Initializer.heNormal.tensor([3, 4], fanIn: 3, fanOut: 4, seed: 2).values)
  }

  @Test func biasesStartAtZeroButForThoseThatSayOtherwise() {
    var random = RandomSource(seed: 1)
    #expect(
      Initializer.xavierUniform.bias([2], fanIn: 3, fanOut: 2, random: &random).values == [0, 0])
    #expect(
      Initializer.constant(0.5).bias([2], fanIn: 3, fanOut: 2, random: &random).values == [
        0.5, 0.5,
      ])
  }
}
