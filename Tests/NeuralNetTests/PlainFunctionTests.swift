import Foundation
import NeuralNet
import Testing

/// The functions of single numbers by their plain names. Foundation has the same names, and a file
/// that imports it gets those, without ambiguity; so the engine's are named by their module here.
@Suite struct PlainFunctionTests {
  @Test func doublesAreRightToTheirLastPlaces() {
    var random = RandomSource(seed: 6)
    func draw(_ low: Double, _ high: Double) -> Double {
      low + (high - low) * (Double(random.next() >> 11) * 0x1p-53)
    }
    let functions:
      [(String, (Double) -> Double, (Double) -> Double, ClosedRange<Double>, places: Double)] = [
        ("exp", NeuralNet.exp, Foundation.exp, -740...709, 1.5),
        ("exp2", NeuralNet.exp2, Foundation.exp2, -1000...1000, 2),
        ("expm1", NeuralNet.expm1, Foundation.expm1, -3...3, 2.5),
        ("log", NeuralNet.log, Foundation.log, 1e-9...10, 1.5),
        ("log2", NeuralNet.log2, Foundation.log2, 1e-9...10, 1.5),
        ("log10", NeuralNet.log10, Foundation.log10, 1e-9...1e9, 1.5),
        ("log1p", NeuralNet.log1p, Foundation.log1p, -0.999...3, 1.5),
        ("sqrt", NeuralNet.sqrt, Foundation.sqrt, 0...10, 0),
        ("sin", NeuralNet.sin, Foundation.sin, -1e9...1e9, 1.5),
        ("cos", NeuralNet.cos, Foundation.cos, -10...10, 1.5),
        ("tan", NeuralNet.tan, Foundation.tan, -1e300...1e300, 2.5),
        ("asin", NeuralNet.asin, Foundation.asin, -1...1, 3),
        ("acos", NeuralNet.acos, Foundation.acos, -1...1, 3),
        ("atan", NeuralNet.atan, Foundation.atan, -4...4, 2.5),
        ("sinh", NeuralNet.sinh, Foundation.sinh, -30...30, 3),
        ("cosh", NeuralNet.cosh, Foundation.cosh, -30...30, 2.5),
        ("tanh", NeuralNet.tanh, Foundation.tanh, -5...5, 3),
        ("erf", NeuralNet.erf, Foundation.erf, -6...6, 4),
      ]
    for (name, own, exact, range, places) in functions {
      for _ in 0..<2000 {
        let x = draw(range.lowerBound, range.upperBound)
        let (got, want) = (own(x), exact(x))
        let limit = places * Swift.max(want.ulp, .leastNonzeroMagnitude)
        #expect(got == want || abs(got - want) <= limit, "\(name)(\(x)): \(got), not \(want)")
      }
      #expect(own(.nan).isNaN, "\(name)")
      #expect(own(0) == exact(0), "\(name)")
    }
    for _ in 0..<2000 {
      let (x, y) = (draw(0, 4), draw(-60, 60))
      #expect(abs(NeuralNet.pow(x, y) - Foundation.pow(x, y)) <= 2 * Foundation.pow(x, y).ulp)
      let (u, v) = (draw(-1, 1), draw(-1, 1))
      #expect(abs(NeuralNet.atan2(u, v) - Foundation.atan2(u, v)) <= 3 * abs(atan2(u, v)).ulp)
    }
  }

  @Test func specialCasesAreThoseOfTheStandard() {
    let special: [Double] = [
      0, -0.0, 1, -1, 0.5, 2, 2.5, 3, -3, 1e300, .infinity, -.infinity, .nan, 0x1p53, -0x1p60,
      .leastNonzeroMagnitude,
    ]
    for x in special {
      for y in special {
        expectSame(NeuralNet.pow(x, y), Foundation.pow(x, y), "pow(\(x), \(y))", places: 1)
        expectSame(
          Double(NeuralNet.pow(Float(x), Float(y))), Double(Foundation.pow(Float(x), Float(y))),
          "pow of floats(\(x), \(y))")
        expectSame(NeuralNet.atan2(x, y), Foundation.atan2(x, y), "atan2(\(x), \(y))", places: 1)
      }
      expectSame(NeuralNet.round(x), Foundation.round(x), "round(\(x))")
      expectSame(NeuralNet.floor(x), Foundation.floor(x), "floor(\(x))")
      expectSame(NeuralNet.ceil(x), Foundation.ceil(x), "ceil(\(x))")
      expectSame(NeuralNet.log(x), Foundation.log(x), "log(\(x))")
      expectSame(NeuralNet.exp(x), Foundation.exp(x), "exp(\(x))", places: 1)
    }
    #expect(NeuralNet.log2(Double(0x1p-1000)) == -1000 && NeuralNet.log10(Double(1e15)) == 15)
    #expect(NeuralNet.round(Float(-2.5)) == -3 && NeuralNet.round(Float(0.49999997)) == 0)
  }

  @Test func floatsAreThoseOfATensorsElements() {
    for x in stride(from: Float(-3), through: 3, by: 0.17) {
      let tensor = Tensor([x])
      #expect(NeuralNet.exp(x) == tensor.exp().values[0])
      #expect(NeuralNet.tanh(x) == tensor.tanh().values[0])
      #expect(NeuralNet.sin(x) == tensor.sin().values[0])
      #expect(NeuralNet.erf(x) == tensor.erf().values[0])
      #expect(NeuralNet.pow(x, 3) == tensor.pow(3).values[0])
    }
    // The rounded double, within half a place of it.
    #expect(NeuralNet.tan(Float(1)) == Float(Foundation.tan(1.0)))
    #expect(NeuralNet.log10(Float(1000)) == 3)
  }

  private func expectSame(
    _ got: Double, _ want: Double, _ what: String, places: Double = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    if want.isNaN {
      #expect(got.isNaN, "\(what)", sourceLocation: sourceLocation)
    } else {
      let isNear = want.isFinite && abs(got - want) <= places * want.ulp
      #expect(
        (got == want || isNear) && got.sign == want.sign, "\(what): \(got), not \(want)",
        sourceLocation: sourceLocation)
    }
  }
}
