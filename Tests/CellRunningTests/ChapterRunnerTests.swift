import BookModel
import Testing

@testable import CellRunning

@Suite struct `A chapter runs` {
  @Test func `Output and values come back by cell, in order`() async throws {
    let run = try await runner().run(
      chapter(
        """
        Six is `{swift} 2 * 3` before any cell.

        ```swift
        let numbers = [1, 2, 3]
        print("hello")
        numbers.count
        ```

        There are `{swift} numbers.count` numbers, mean `{swift} 2.0 / 3.0, %.2f`.

        ```swift
        let total = numbers.reduce(0, +); total // the sum
        ```
        """))
    #expect(run.result.cells[0].outputs == [.console("hello\n"), .text("3")])
    #expect(run.result.cells[1].outputs == [.text("6")])
    #expect(run.result.inlineValues == ["6", "3", "0.67"])
    #expect(run.diagnostics.isEmpty)
  }

  @Test func `A network trains in a cell`() async throws {
    let run = try await runner().run(
      chapter(
        """
        ```swift
        let net = Network(inputs: 2, seed: 7) { Dense(2); Sigmoid(); Dense(1); Sigmoid() }
        net.parameterCount
        ```
        """))
    #expect(run.result.cells[0].outputs == [.text("9")])
  }

  @Test func `A mistake is told at the author's place`() async throws {
    let text = try await messages(
      """
      ```swift
      let x: Int = "one"
      let y: Int = "two"
      ```
      """)
    #expect(
      text == """
        chapters/01-test.md:5:14: error: cannot convert value of type 'String' to specified type \
        'Int' [swift-error]
          let x: Int = "one"
                       ^~~~~
        chapters/01-test.md:6:14: error: cannot convert value of type 'String' to specified type \
        'Int' [swift-error]
          let y: Int = "two"
                       ^~~~~

        """)
  }

  @Test func `A stop is told at the author's place, with what was printed before`() async throws {
    let text = try await messages(
      """
      ```swift
      let values = [1, 2, 3]
      print("before")
      let index = 7
      print(values[index])
      ```
      """)
    #expect(
      text == """
        chapters/01-test.md:8:13: error: the cell stopped: Index out of range [cell-stopped]
          print(values[index])
                      ^
        note: it printed before:
            before

        """)
  }
}
