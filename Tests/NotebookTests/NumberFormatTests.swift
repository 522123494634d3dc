import Foundation
import Testing

@testable import Notebook

private func formatted(_ value: Double, _ format: _InlineFormat) -> String {
  var text = TextBuffer()
  text.append(value, format)
  return text.string
}

@Suite struct NumberFormatTests {
  @Test func fixedDecimalsRoundTheExactValue() {
    #expect(formatted(3.14159, .fixed(2)) == "3.14")
    #expect(formatted(2.675, .fixed(2)) == "2.67")
    #expect(formatted(0.125, .fixed(2)) == "0.12")
    #expect(formatted(-0.001, .fixed(2)) == "0.00")
    #expect(formatted(1e22, .fixed(0)) == "10000000000000000000000")
    #expect(formatted(.leastNonzeroMagnitude, .fixed(3)) == "0.000")
    #expect(formatted(.infinity, .fixed(2)) == "inf")
  }

  @Test func significantDigitsDropTrailingZeros() {
    #expect(formatted(0.00123456, .significant(3)) == "0.00123")
    #expect(formatted(1.23456e-7, .significant(3)) == "1.23e-07")
    #expect(formatted(0.5, .significant(3)) == "0.5")
    #expect(formatted(9.996, .significant(3)) == "10")
    #expect(formatted(123456, .significant(4)) == "123456")
    #expect(formatted(1234567, .significant(4)) == "1.235e+06")
    #expect(formatted(0, .significant(4)) == "0")
  }

  @Test func numbersInStringsHaveFormats() {
    let (count, share): (Int, Float) = (101_770, 0.975)
    #expect(
      "\(count, .grouped(0)) of \(1.0 / 3, .fixed(2)), \(share, .percent(1)), \(1e-7, .significant(2))"
        == "101,770 of 0.33, 97.5%, 1e-07")
  }

  @Test(arguments: [
    ("-0.50", "−0.50"), ("2.1e-12", "2.1×10⁻¹²"), ("-1e+06", "−1×10⁶"), ("98.7%", "98.7%"),
    ("-inf", "−inf"),
  ])
  func tablesAndHeatmapsHaveTrueMinusSigns(_ written: String, _ shown: String) {
    var text = TextBuffer()
    text.append(written)
    #expect(text.typeset.string == shown)
  }

  @Test func groupsAndPercents() {
    #expect(formatted(101_770, .grouped(0)) == "101,770")
    #expect(formatted(-1_234_567.891, .grouped(1)) == "-1,234,567.9")
    #expect(formatted(999, .grouped(0)) == "999")
    #expect(formatted(0.975, .percent(1)) == "97.5%")
  }

  @Test func fixedAndScientificAgreeWithTheCLibrary() {
    var state: UInt64 = 1
    for _ in 0..<2_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(bitPattern: state)
      guard value.isFinite else { continue }
      #expect(formatted(value, .scientific(5)) == String(format: "%.5e", value))
      let small = Double(Int64(bitPattern: state)) * 1e-17
      let expected = String(format: "%.4f", small)
      #expect(formatted(small, .fixed(4)) == (expected == "-0.0000" ? "0.0000" : expected))
    }
  }
}
