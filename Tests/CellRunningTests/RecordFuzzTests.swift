import BookModel
import Fuzz
import Testing

@testable import CellRunning

/// What a program may write in the place of records, and cells that nest: read to the end, as data.
@Suite struct RecordFuzzTests {
  private static let controls = [
    #"{"kind":"slider","key":"a","label":"A","min":0,"max":1,"step":0.1,"default":0.5,"unit":"s"}"#,
    #"{"kind":"picker","key":"b","label":"\"\\\u000a","choices":["x","y"],"default":1}"#,
    #"{"kind":"points","key":"c","label":"é","default":[1,-2.5e-3,null]}"#,
    #"{"kind":"goal","key":"d","label":"","reached":true}"#,
    #"{"kind":"text","key":"e","label":"Word","default":"größer"}"#,
  ]

  @Test func aControlIsReadAsWhatItWasWrittenAs() {
    for text in Self.controls { #expect(ControlRecord(text)?.json == text) }
    for text in [
      "", "{}", "alert(1)", #"{"kind":"slider"}"#, #"{"kind":"button","key":"a","label":"A"}]"#,
      #"{"kind":"button","key":"a","label":"A","onclick":"x"}"#,
      #"{"kind":"toggle","key":"a","label":"A","default":alert(1)}"#,
      #"{"kind":"points","key":"a","label":"A","default":["x"]}"#,
      #"{"kind":"button","key":"a","key":"a","label":"A"}"#,
    ] {
      #expect(ControlRecord(text) == nil, "\(text)")
    }
  }

  @Test func noVariantOfAControlIsMoreThanAControl() {
    let found = FuzzRun.firstMistake(
      seeds: Self.controls.map { Array($0.utf8) },
      tokens: ["\"", "\\", "{", "}", "[", "]", ",", ":", "null", "true", "\\u000a", "1e9", "\n"]
    ) { bytes in
      guard let record = ControlRecord(String(decoding: bytes, as: UTF8.self)) else { return nil }
      if record.json.contains("\n") { return "more than a line" }
      return ControlRecord(record.json) == record ? nil : "another meaning when written again"
    }
    #expect(found == nil)
  }

  @Test func noVariantOfAStreamSpeaksForAnotherCell() {
    let keys = RecordKeys(cells: [1, 2], inlineValues: [0])
    let own = keys.cells[1]!
    let frames = "\u{1}\(own) begin 1\n1\nabc\u{1}\(own) text 2\nhi\n\u{1}\(own) end 3\n1\n0\n"
    let found = FuzzRun.firstMistake(
      seeds: [Array(frames.utf8)],
      tokens: [
        "\u{1}", own, "\u{1}\(own) ", " begin 1\n2\n", " end 1\n2\n", " text 1\nx\n",
        " inline 3\n0\nx\n",
        " control 2\n{}\n", "\n", "9223372036854775807",
      ]
    ) { bytes in
      var outputs = CellOutputs(
        keys: keys, cells: [(index: 1, seconds: 9), (index: 2, seconds: 9)], limits: Limits())
      for start in stride(from: 0, to: bytes.count, by: 7) {
        Array(bytes[start..<min(start + 7, bytes.count)]).withUnsafeBytes {
          outputs.received($0, from: .output)
        }
      }
      outputs.finish()
      if outputs.runs[2] != nil { return "cell 2 has output" }
      return outputs.inlineValues.isEmpty ? nil : "an inline value has text"
    }
    #expect(found == nil)
  }

  @Test func noVariantOfDeepCodeTakesLongOrCrashes() {
    let deep = [
      String(repeating: "[", count: 9) + "1", "let a: " + String(repeating: "A<", count: 30),
      "if a {}" + String(repeating: " else if a {}", count: 20),
      "f(" + String(repeating: "{ (", count: 20), #"let s = "\(a + "\(b)")""#,
    ]
    let found = FuzzRun.firstMistake(
      seeds: deep.map { Array($0.utf8) },
      tokens: [
        "[", "(", "{", "<", "A<", "->", "else if a ", "#if A\n", "\"\\(", "repeat ", "/*", "\n",
      ]
    ) { bytes in
      let code = String(decoding: bytes, as: UTF8.self)
      guard let chapter = try? chapter("```swift\n1\n```\n") else { return "no chapter" }
      var cell = chapter.cells[0]
      cell.code = code
      _ = ParsedCell(cell).syntax.mistakes.count
      return nil
    }
    #expect(found == nil)
  }
}
