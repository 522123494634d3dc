import Foundation
import NeuralNet
import Support
import Testing

/// `16_errors.json`, and the like: every mistake stops with the sentence on record in
/// `Golden/errors.txt`, which names the two numbers that disagree.
@Suite struct MistakeTests {
  static let file = GoldenFile("16_errors")

  @Test func everyMistakeOfTheListIsMadeOrImpossible() {
    let made = Set(mistakes.map { $0.name }).union(impossibleMistakes.keys)
    for golden in MistakeTests.file.cases { #expect(made.contains(golden.name), "\(golden.name)") }
  }

  @Test func everyMistakeStopsWithItsSentence() async throws {
    let record = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/errors.txt")
    var text = ""
    for mistake in mistakes {
      let name = mistake.name
      let result = await #expect(
        processExitsWith: .failure, observing: [\.standardErrorContent]
      ) { [name = name as String] in
        mistakes.first { $0.name == name }?.make()
      }
      let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      let message = MistakeTests.message(in: output)
      text += "\(name): \(message)\n"
      #expect(message.hasSuffix("]"), "\(name) has no stable name: \(output)")
      let golden = MistakeTests.file.cases.first { $0.name == name }
      for side in ["expects", "got"] {
        guard let number = golden?.json[side]["number"].number else { continue }
        #expect(message.contains(MistakeTests.text(number)), "\(name): \(number) in \(message)")
      }
    }
    Golden.expect(text, at: record)
  }

  @Test func throwingTwinsThrowTypedErrors() throws {
    let x = Tensor([32, 1024], repeating: 0)
    #expect(throws: ShapeError.width(expected: 784, got: x.shape)) {
      try Dense(784, 128).outputShape(for: x.shape)
    }
    #expect(throws: NetworkError.self) {
      try Network(inputShape: [784], checking: [Dense(784, 128), Dense(256, 10)])
    }
    #expect(throws: IndexError(place: 1, value: 100, count: 100)) {
      try Embedding(100, 8).validate(Tensor([0, 100]))
    }
    #expect(throws: LossError.classOutOfRange(value: 5, row: 1, classes: 5)) {
      try Loss.crossEntropy.validate(Tensor([2, 5], repeating: 0), Tensor([0, 5]))
    }
    #expect(throws: LossError.notAProbability(.target, index: 0, value: 1.5)) {
      try Loss.binaryCrossEntropy.validate(Tensor([0.3]), Tensor([1.5]))
    }
    #expect(throws: AttentionError.lengths(keys: 4, values: 5)) {
      try MultiHeadAttention(20, heads: 2).validate([2, 3, 20], [2, 4, 20], [2, 5, 20])
    }
  }

  /// What stands after the last "Fatal error: " of a program's last words.
  private static func message(in output: String) -> String {
    guard let start = output.range(of: "Fatal error: ", options: .backwards) else { return "" }
    return String(output[start.upperBound...].prefix { $0 != "\n" })
  }

  private static func text(_ number: Double) -> String {
    number == number.rounded() ? "\(Int(number))" : "\(number)"
  }
}
