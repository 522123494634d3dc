import Foundation
import NeuralNet
import Testing

/// Every mistake of the list stops with the sentence on record in `Golden/course_errors.txt`.
@Suite struct CourseMistakeTests {
  @Test func everyMistakeStopsWithItsSentence() async throws {
    let record = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/course_errors.txt")
    var text = ""
    for mistake in courseMistakes {
      let result = await #expect(
        processExitsWith: .failure, observing: [\.standardErrorContent]
      ) { [name = mistake.name as String] in
        courseMistakes.first { $0.name == name }?.make()
      }
      let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      let start = output.range(of: "Fatal error: ", options: .backwards)
      let message = start.map { output[$0.upperBound...].prefix { $0 != "\n" } } ?? ""
      text += "\(mistake.name): \(message)\n"
      #expect(message.hasSuffix("]"), "\(mistake.name) has no stable name: \(output)")
    }
    if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] != nil {
      try text.write(to: record, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: record, encoding: .utf8) == text)
  }
}
