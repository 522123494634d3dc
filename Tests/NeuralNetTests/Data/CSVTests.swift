import NeuralNet
import Testing

@Suite struct CSVTests {
  private func mistake(_ text: String, label: String = "b") -> String? {
    do {
      _ = try Dataset("test", csv: text, label: label)
      return nil
    } catch {
      return error.description
    }
  }

  @Test func fieldsMayBeQuotedAndLinesEndAnyWay() throws {
    let csv = try CSV(parsing: "a,\"b, \"\"c\"\"\"\r\n1,\"2\n3\"\r\n\r\n4,5")
    #expect(csv.header == ["a", "b, \"c\""])
    #expect(csv.rows == [["1", "2\n3"], ["4", "5"]])
  }

  @Test func mistakesNameTheirPlace() {
    #expect(
      mistake("a,b\n1,2\n3\n") == "line 3: expected 2 fields as in the header, got 1 [field-count]")
    #expect(
      mistake("a,b\n1,2\nx,4\n") == "line 3, column 1 (a): 'x' is not a number [not-a-number]")
    #expect(mistake("a,b\n") == "the text holds no rows below its header [empty-data]")
    #expect(mistake("") == "the text holds no rows below its header [empty-data]")
    #expect(mistake("a,b\n\"1,2\n") == "line 2: a quote is opened and never closed [open-quote]")
    #expect(
      CSV.Mistake.unreadable(path: "data/none.csv").description
        == "data/none.csv: cannot be read as text [unreadable]")
    #expect(mistake("a,b\n1,2\n", label: "c") == "no column is named 'c' [no-such-column]")
  }

  @Test(
    arguments: [
      ("0", 0), ("-1.5", -1.5), (" 3 ", 3), ("+2e3", 2000), ("1.25E-2", 0.0125), (".5", 0.5),
      ("16777217", 16_777_216), ("0.1", 0.1),
    ] as [(String, Float)])
  func numbersAreReadAsWritten(text: String, value: Float) throws {
    #expect(try CSV(parsing: "a\n\(text)").numbers()[0][0] == value)
  }

  @Test(arguments: ["", "-", "1.2.3", "1e", "1e+", "nan", "0x10", "1 2"])
  func whatIsNoNumberIsRefused(text: String) {
    #expect(throws: CSV.Mistake.self) { try CSV(parsing: "a,b\n\(text),1").numbers() }
  }
}
