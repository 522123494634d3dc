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
    #expect(
      try CSV(parsing: "a\n\"\"\n\n1").rows == [[""], ["1"]], "a value is missing, not its row")
    #expect(try CSV(parsing: "5\" disk;b\n1;2").header == ["5\" disk", "b"])
    #expect(
      mistake("a,b\n\"1\r2\",3\n4\n")
        == "line 4: expected 2 fields as in the header, got 1 [field-count]")
  }

  @Test(arguments: [
    "\u{FEFF}a,b\n1,0\n2.5,1\n", "a, b\n1, 0\n2.5, 1\n", "a;b\r\n1;0\r\n2,5;1\r\n",
    "a\tb\r1\t0\r2.5\t1",
    "\u{FEFF}\"a\";\"b\"\n\"1\";\"0\"\n\"2,5\";\"1\"\n", ",a,b\n0,1,0\n1,2.5,1\n",
    "\"\",\"a\",\"b\"\n\"1\",1,0\n\"2\",2.5,1\n",
  ]) func tablesOfSpreadsheetsAreRead(text: String) throws {
    let data = try Dataset("test", csv: text, label: "b")
    #expect(data.inputs.matrix == [[1], [2.5]])
    #expect(data.classes == [0, 1])
    #expect(data.classNames.isEmpty)
  }

  @Test func wordsForClassesBecomeNumbersAndStayNames() throws {
    let text = "x,kind\n1,virginica\n2, setosa\n3,virginica\n4,versicolor\n"
    let data = try Dataset("iris", csv: text, label: "kind")
    #expect(data.classNames == ["setosa", "versicolor", "virginica"])
    #expect(data.classes == [2, 0, 2, 1])
    let (train, test) = data.split(testShare: 0.5, seed: 1)
    #expect(train.classNames == data.classNames && test.oneHot.classNames == data.classNames)
    #expect(
      mistake("a,b\n1,x\n2,\n")
        == "line 3, column 2 (b): the label is missing; take the line out of the file [no-label]")
    #expect(mistake("a,b\n1,2\n2,\n") == mistake("a,b\n1,x\n2,\n"))
    #expect(
      mistake("a,b\n1,2\n3,NA\n")
        == "line 3, column 2 (b): 'NA' stands among numbers; labels are all numbers or all words "
        + "[no-label]")
  }

  /// Each compared with each would take minutes.
  @Test(.timeLimit(.minutes(1))) func everyRowMayHaveAClassOfItsOwn() throws {
    let order = (0..<40_000).map { $0 * 7919 % 40_000 }
    let names = order.map { "class \($0 + 100_000)" }
    let data = try Dataset(
      "test", csv: "x,kind\n" + names.map { "1,\($0)\n" }.joined(), label: "kind")
    #expect(data.classes == order)
    #expect(data.classNames == names.sorted())
  }

  @Test func mistakesNameTheirPlace() {
    for number in ["1e400", "-4e38", String(repeating: "9", count: 400), "1e9999999"] {
      #expect(
        mistake("a,b\n1,2\n\(number),4\n")
          == "line 3, column 1 (a): '\(number)' is beyond the largest float, which is 3.4e38; "
          + "ignoring: [\"a\"] leaves the column out [value-out-of-range]")
    }
    #expect(
      mistake("a;b\n1;1e39\n")
        == "line 2, column 2 (b): '1e39' is beyond the largest float, which is 3.4e38; "
        + "ignoring: [\"b\"] leaves the column out [value-out-of-range]")
    #expect(
      mistake("a,b\n1,2\n3\n") == "line 3: expected 2 fields as in the header, got 1 [field-count]")
    #expect(
      mistake("a,b\n1,2\nx,4\n")
        == "line 3, column 1 (a): 'x' is not a number; ignoring: [\"a\"] leaves the column out "
        + "[not-a-number]")
    #expect(mistake("a,b\n") == "the text holds no rows below its header [empty-data]")
    #expect(mistake("") == "the text holds no rows below its header [empty-data]")
    #expect(
      mistake("data/wine.csv")
        == "'data/wine.csv' is the path of a file, and its text is asked for; "
        + "Dataset.csv(\"data/wine.csv\", label: …) reads the file [empty-data]")
    #expect(mistake("a,b\n\"1,2\n") == "line 2: a quote is opened and never closed [open-quote]")
    #expect(
      mistake("a,b\n1,2\n", label: "c")
        == "no column is named 'c'; columns are 'a', 'b' [no-such-column]")
    #expect(
      mistake("a;Y\n1;2\n", label: "y")
        == "no column is named 'y'; columns are 'a', 'Y' [no-such-column]")
    #expect(
      CSV.Mistake.missing(path: "x.csv").description
        == "there is no file 'x.csv'; the files of a book are in 'data/', so write 'data/x.csv' "
        + "[no-such-file]")
    for path in ["/data/x.csv", "../data/x.csv", "C:\\x.csv", "files/x.csv"] {
      #expect(
        CSV.Mistake.missing(path: path).description
          == "there is no file '\(path)'; the files of a book are in 'data/', so write 'data/x.csv' "
          + "[no-such-file]")
    }
    #expect(
      CSV.Mistake.missing(path: "data/x.csv").description
        == "there is no file 'data/x.csv' [no-such-file]")
    #expect(
      mistake("a,b,b\n1,2,3\n")
        == "column 'b' stands twice in the header; give one of the two another name [column-twice]")
    #expect(
      CSV.Mistake.notAFile(path: "data").description
        == "'data' is no file that can be read; write one such as 'data/points.csv' [unreadable]")
    #expect(
      CSV.Mistake.notText(path: "data/x.csv").description
        == "'data/x.csv' is no UTF-8 text; spreadsheets save it as 'CSV UTF-8' [unreadable]")
  }

  @Test(
    arguments: [
      ("0", 0), ("-1.5", -1.5), (" 3 ", 3), ("+2e3", 2000), ("1.25E-2", 0.0125), (".5", 0.5),
      ("16777217", 16_777_216), ("0.1", 0.1), ("0e400", 0), ("1e-9999999", 0), ("3.4e38", 3.4e38),
      ("0." + String(repeating: "1", count: 400), 0.111_111_11),
      ("1" + String(repeating: "0", count: 400) + "e-400", 1),
    ] as [(String, Float)])
  func numbersAreReadAsWritten(text: String, value: Float) throws {
    #expect(try CSV(parsing: "a\n\(text)").numbers()[0][0] == value)
  }

  @Test(arguments: ["", "-", "1.2.3", "1e", "1e+", "nan", "0x10", "1 2", "1e400", "-4e38"])
  func whatIsNoNumberIsRefused(text: String) {
    #expect(throws: CSV.Mistake.self) { try CSV(parsing: "a,b\n\(text),1").numbers() }
  }
}
