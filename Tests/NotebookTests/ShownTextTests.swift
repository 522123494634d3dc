import NeuralNet
import Testing

@testable import Notebook

private struct Threshold: Displayable {
  let value: Double
  var display: Display { .text("fires above \(value)") }
}

private struct Plain {
  let name = "unit"
  let width = 3
}

private func text<Value>(_ value: Value) -> String? {
  display(of: value).map { String(decoding: $0.bytes, as: UTF8.self) }
}

@Suite struct ShownTextTests {
  @Test func numbersPrintTheShortestDigitsThatReadBack() {
    #expect(text(0.1 + 0.2) == "0.30000000000000004")
    #expect(text(Float(0.1) + Float(0.2)) == "0.3")
    #expect(text(Float(1) / 3) == "0.33333334")
    #expect(text(1e20) == "1e+20")
    #expect(text(42) == "42")
    #expect(text(Int.min) == "-9223372036854775808")
    #expect(text(UInt64.max) == "18446744073709551615")
    #expect(text(true) == "true")
  }

  @Test func theSignOfANaNIsNotShown() {
    #expect(text(-Double.nan) == "nan")
    #expect(text(-Float.infinity) == "-inf")
  }

  @Test func aStringPrintsPlainlyButInQuotesInsideACollection() {
    #expect(text("moons") == "moons")
    #expect(text(["a", "b"]) == #"["a", "b"]"#)
    #expect(text(("a", 1)) == #"("a", 1)"#)
  }

  @Test func nothingIsShownForVoid() {
    #expect(text(()) == nil)
    #expect(text(Optional(())) == nil)
  }

  @Test func optionalsShowTheirValue() {
    #expect(text(Optional(3)) == "3")
    #expect(text(Int?.none) == "nil")
    #expect(text([1, nil, 3]) == "[1, nil, 3]")
    #expect(text(Optional((1, 2))) == "(1, 2)")
  }

  @Test func collectionsOfTuplesAreWrittenOut() {
    #expect(text([(0, 1.5), (1, 2.5)]) == "[(0, 1.5), (1, 2.5)]")
    #expect(text((x: 1, y: [Float(0.5)])) == "(1, [0.5])")
  }

  @Test func rowsOfAMatrixStandBelowEachOther() {
    #expect(text([[1, 2], [3, 4]]) == "[[1, 2],\n [3, 4]]")
    #expect(text([[[1], [2]], [[3], [4]]]) == "[[[1],\n  [2]],\n [[3],\n  [4]]]")
  }

  @Test func aLongCollectionKeepsItsEndsAndSaysItsLength() {
    #expect(
      text(Array(0..<1500))
        == "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …, 1497, 1498, 1499] (1,500 elements)")
  }

  @Test func anAuthorsTypeShowsItsDisplayAlsoInsideACollection() {
    #expect(text(Threshold(value: 0.5)) == "fires above 0.5")
    #expect(text([Threshold(value: 1)]) == "[fires above 1.0]")
  }

  @Test func anyOtherTypePrintsAsSwiftPrintsIt() {
    #expect(text(Plain()) == #"Plain(name: "unit", width: 3)"#)
    #expect(text(1...4) == "1...4")
    #expect(text(["b": 1]) == #"["b": 1]"#)
  }

  @Test func aTensorShowsItsRows() {
    #expect(text(Tensor([[1, 2], [3, 4]])) == "[[1.0, 2.0],\n [3.0, 4.0]]")
    #expect(text(Tensor(2.5)) == "2.5")
    #expect(text(Tensor([1, 2])) == "[1.0, 2.0]")
  }

  @Test func markdownIsShownAsMarkdown() {
    #expect(markdown("**done**").kind == .markdown)
  }
}
