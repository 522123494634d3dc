import ArgumentParser
import BookModel

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what a message means, and what to do about it.",
    usage: "nnbook explain NAME")

  @Argument(
    help: "The name in brackets at the end of a message.",
    completion: .list(DiagnosticID.allCases.map(\.rawValue)))
  var name: String

  func run() throws {
    let console = Console()
    // Whoever copies the name may take its brackets along.
    let word = name.filter { !"[]".contains($0) }
    guard let id = DiagnosticID(rawValue: word), let explanation = id.explanation else {
      console.report([Self.unknown(word)])
      throw ExitCode(1)
    }
    let sentences = explanation.sentences.map { "  \($0)\n" }.joined()
    console.answer("\(sentences)\n\(explanation.advice)")
  }

  private static func unknown(_ word: String) -> Diagnostic {
    let hint =
      nearest(to: word, in: DiagnosticID.allCases.map(\.rawValue)).map { "did you mean '\($0)'?" }
      ?? "a message's name stands in brackets at its end"
    return Diagnostic(.error, .unknownMessage, "message '\(word)' doesn't exist; \(hint)")
  }
}
