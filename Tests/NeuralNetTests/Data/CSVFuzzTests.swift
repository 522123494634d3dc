import Foundation
import Fuzz
import NeuralNet
import Testing

/// The reader of tables against Python's, which is another program by other people.
@Suite struct CSVFuzzTests {
  private static let seeds = [
    "a,b,c\n1,2,3\n4,5,6\n", "\u{FEFF}a;b\r\n\"1,5\";\"two \"\"words\"\"\"\r\n", "x\ty\r1\t2\r3\t4",
    "name,note\n\"one\ntwo\",\"a, b\"\n\n\"\",\n", "a\n1\n", ",\n,\n", "a,b\nü,\"ß\r\né\"\n",
  ]
  private static let tokens = [
    "\"", "\"\"", ",", ";", "\t", "\n", "\r", "\r\n", "\u{FEFF}", "\0", " ", "1", "-2.5e3", "nan",
    "\"a\"",
    "\"\n\"", ",\"", "\",", "\u{2028}", "\u{0B}", "\u{1C}", "e",
  ]
  private static let python =
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .map { $0 + "/python3" }.first { FileManager.default.isExecutableFile(atPath: $0) }

  private struct Reading: Encodable {
    var text: String
    var header: [String] = []
    var rows: [[String]] = []
    /// Of a mistake: its id, and the numbers that its message has.
    var mistake: String?
    var numbers: [Int] = []

    init(_ text: String) {
      self.text = text
      do throws(CSV.Mistake) {
        let table = try CSV(parsing: text)
        header = table.header
        rows = table.rows
        _ = try? table.numbers()
      } catch {
        switch error {
        case .empty: mistake = "empty"
        case .openQuote: mistake = "open"
        case .fieldCount(let line, let expected, let got):
          mistake = "count"
          numbers = [line, expected, got]
        default: mistake = "\(error)"
        }
      }
    }
  }

  /// Where they differ by design, the judge knows: a quote that is never closed is a mistake here.
  private static let judge = #"""
    import csv, io, json, sys

    csv.field_size_limit(1 << 30)

    def separator(text):
        quoted, begins, counts = False, True, {",": 0, ";": 0, "\t": 0}
        for letter in text:
            if letter == '"' and (quoted or begins):
                quoted = not quoted
                begins = not quoted
                continue
            if quoted:
                continue
            begins = letter in counts
            if letter in "\r\n":
                break
            if letter in counts:
                counts[letter] += 1
        if counts[","] or not counts[";"] + counts["\t"]:
            return ","
        return ";" if counts[";"] >= counts["\t"] else "\t"

    def lines(text, mark):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        before = 0
        for row in reader:
            if row:
                yield before + 1, row
            before = reader.line_num

    def expected(text):
        mark = separator(text)
        if list(lines(text + "\nend\n", mark))[-1][1] != ["end"]:
            return {"mistake": "open"}
        found = list(lines(text, mark))
        if not found:
            return {"mistake": "empty"}
        header = [name.strip("".join(map(chr, range(33)))) for name in found[0][1]]
        for line, row in found[1:]:
            if len(row) != len(header):
                return {"mistake": "count", "numbers": [line, len(header), len(row)]}
        if not found[1:]:
            return {"mistake": "empty"}
        return {"header": header, "rows": [row for _, row in found[1:]]}

    for reading in json.load(sys.stdin):
        text = reading["text"].removeprefix("\ufeff")
        try:
            wanted = expected(text)
        except csv.Error as error:
            if "NUL" in str(error):
                continue
            raise
        for name, value in wanted.items():
            got = reading.get(name)
            if got != value:
                print(json.dumps([reading["text"], name, value, got]))
                break
    print("judged")
    """#

  @Test(.enabled(if: python != nil), .timeLimit(.minutes(15)))
  func `any text is read as Python's csv module reads it`() throws {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["FUZZ_COUNT"].flatMap { Int($0) } ?? 400
    let seed = environment["FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
    var mutator = Mutator(seeds: Self.seeds.map { Array($0.utf8) }, tokens: Self.tokens, seed: seed)
    let readings = (0..<count).map { _ in
      Reading(String(decoding: mutator.next(), as: UTF8.self))
    }
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("csv-fuzz-\(UUID().uuidString).json")
    try JSONEncoder().encode(readings).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.python!)
    process.arguments = ["-I", "-c", Self.judge]
    process.standardInput = try FileHandle(forReadingFrom: file)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(said == "judged\n", "\(said.prefix(2000))")
  }

  @Test func `a table may be wide, long, and hold anything`() throws {
    let wide = try CSV(
      parsing: String(repeating: ",", count: 100_000) + "\n"
        + String(repeating: ",", count: 100_000))
    #expect(wide.header.count == 100_001 && wide.rows.count == 1)
    let long = try CSV(parsing: "a\n" + String(repeating: "1\n", count: 100_000))
    #expect(long.rows.count == 100_000)
    let field = String(repeating: "x\0\n,", count: 50_000)
    let large = try CSV(parsing: "a\n\"\(field)\"\n")
    #expect(large.rows == [[field]])
    let open = "a\n" + String(repeating: "\"", count: 100_001)
    #expect(throws: CSV.Mistake.openQuote(line: 2)) { try CSV(parsing: open) }
  }
}
