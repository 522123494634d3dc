import BookModel
import Testing

@testable import CellRunning

@Suite struct `Live cells` {
  @Test func `become one module that shows what the build shows`() async throws {
    let run = try await runner().run(
      chapter(
        """
        ```swift
        struct Pair { var a: Float; var b: Float }
        extension Pair: Displayable { var display: Display { .text("pair") } }
        let scale: Float = 0.5
        func scaled(_ x: Float) -> Float { x * scale }
        ```
        ```swift live
        let width = slider("Width", 1...8, default: 3)
        let net = Network(inputs: 2, seed: seed(default: 7)) { Dense(width); Tanh(); Dense(1); Sigmoid() }
        let history = net.train(on: .xor, loss: .meanSquaredError, optimizer: .sgd(learningRate: 1), epochs: 50)
        print("loss \\(history.finalLoss), \\(scaled(3))")
        show(history.losses)
        plot(history.losses)
        ```
        ```swift live
        show(Pair(a: 1, b: 2))
        let parts: [(Int, Float)] = [(1, 0.1), (2, 0.25)]
        parts
        ```
        """))
    let module = try #require(run.result.liveModule)
    #expect(module.cells == [1, 2])
    // One comparison of strings in a figure adds twenty thousand bytes of Unicode tables.
    #expect(module.bytes.count < 90_000)
    #expect(run.diagnostics.isEmpty)
  }

  @Test func `say what the page does not have, at the chapter's line`() async throws {
    #expect(
      try await messages(
        """
        ```swift
        import Foundation
        let home = NSHomeDirectory()
        ```
        ```swift live
        home
        ```
        """
      ).hasPrefix(
        "chapters/01-test.md:5:1: error: module 'Foundation' doesn't exist in the reader's page: "
          + "live cells have NeuralNet and Notebook only [live-import]"))
    #expect(
      try await messages(
        """
        ```swift live
        struct Point { var x: Float }
        let xs = [Point(x: 1)].map(\\.x)
        xs
        ```
        """
      ).contains("write a closure such as { $0.name } in place of the key path"))
  }

  @Test func `are left as built where nobody wants modules`() async throws {
    let run = try await runner { $0.live = .off }.run(
      chapter(
        """
        ```swift live
        1
        ```
        """))
    #expect(run.result.liveModule == nil)
    #expect(run.result.cells[0].outputs == [.text("1")])
  }
}
