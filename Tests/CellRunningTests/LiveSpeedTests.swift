import BookModel
import Foundation
import Support
import Testing

@testable import CellRunning

@Suite struct `The build measures what a move of a control takes` {
  private static func text(above: String, below: String) -> String {
    """
    ```swift live
    let net = Network(inputs: 2, seed: 1) { Dense(40); Tanh(); Dense(1); Sigmoid() }
    \(above)
    let shift = slider("Shift", 0...1, default: 0.5)
    \(below)
    show(net.predict(Tensor([[shift, 1]])).scalar)
    ```
    """
  }

  private static let training =
    "net.train(on: .xor, loss: .meanSquaredError, optimizer: .adam(), epochs: 20_000)"

  @Test func `and says where it is felt`() async throws {
    let run = try await runner().rerun(try chapter(Self.text(above: "", below: Self.training)))
    let said = try #require(run.diagnostics.first)
    #expect(run.diagnostics.count == 1)
    #expect((said.severity, said.id.rawValue) == (.warning, "live-slow"))
    #expect(
      said.summary.replacing(#/\d+ ms here/#, with: "… ms here")
        == "a move of a control takes … ms here until its result is there; above 100 ms a reader feels it"
    )
    #expect(
      said.notes.map(\.summary) == [
        "what no control changes runs once above the first control, or not at all as a "
          + "'baked(…)' value of an earlier cell"
      ])
  }

  @Test func `but not of what runs once`() async throws {
    let run = try await runner().rerun(try chapter(Self.text(above: Self.training, below: "")))
    #expect(run.diagnostics == [])
  }

  @Test func `and knows every control`() throws {
    let folder = "Sources/Notebook/Controls"
    var names: Set<String> = []
    for name in Repository.files(below: folder, endings: [".swift"]) {
      let text = try Repository.text(of: name)
      for found in text.matches(of: #/(?m)^ {0,2}public func ([a-z]\w*)/#) {
        names.insert(String(found.1))
      }
    }
    #expect(names == ControlVocabulary.functions)
  }
}
