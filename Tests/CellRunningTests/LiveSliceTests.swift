import BookModel
import Testing

@testable import CellRunning

/// Indexes of the cells that the last live cell of a chapter needs, itself included.
private func needed(_ text: String) throws -> [Int] {
  let scopes = Scope.all(of: try chapter(text))
  return try #require(scopes.flatMap { LiveSlice.all(of: $0) }.last).cells.map(\.id.index)
}

@Suite struct `A live cell needs` {
  @Test func `the cells that declare what it uses, and no others`() throws {
    #expect(
      try needed(
        """
        ```swift
        let width = 4
        ```
        ```swift
        let unrelated = 5
        ```
        ```swift live
        width + 1
        ```
        """) == [0, 2])
  }

  @Test func `what the cells that it needs need`() throws {
    #expect(
      try needed(
        """
        ```swift
        struct Point { var x: Float }
        ```
        ```swift
        func origin() -> Point { Point(x: 0) }
        ```
        ```swift live
        origin().x
        ```
        """) == [0, 1, 2])
  }

  @Test func `a cell that trains its network`() throws {
    #expect(
      try needed(
        """
        ```swift
        let net = Network(inputs: 2, seed: 1) { Dense(1) }
        ```
        ```swift
        let history = net.train(on: .xor, loss: .meanSquaredError, optimizer: .sgd(learningRate: 1), epochs: 1)
        ```
        ```swift live
        net.predict(Tensor([[0, 1]])).scalar
        ```
        """) == [0, 1, 2])
  }

  @Test func `a cell that trains its network through a function`() throws {
    #expect(
      try needed(
        """
        ```swift
        let net = Network(inputs: 2, seed: 1) { Dense(1) }
        func improve() { net.train(on: .xor, loss: .meanSquaredError, optimizer: .sgd(learningRate: 1), epochs: 1) }
        ```
        ```swift
        improve()
        ```
        ```swift live
        net.parameterCount
        ```
        """) == [0, 1, 2])
  }

  @Test func `no cell that only looks at its network`() throws {
    #expect(
      try needed(
        """
        ```swift
        let net = Network(inputs: 2, seed: 1) { Dense(1) }
        ```
        ```swift
        print(net.parameterCount)
        decisionRegions(net, on: .xor)
        ```
        ```swift live
        net.parameterCount
        ```
        """) == [0, 2])
  }

  @Test func `no cell that uses the same constant elsewhere`() throws {
    #expect(
      try needed(
        """
        ```swift
        let width = 4
        ```
        ```swift
        let other = Network(inputs: 2, seed: 1) { Dense(width) }
        ```
        ```swift live
        width
        ```
        """) == [0, 2])
  }

  @Test func `no cell that declares what a parameter is called`() throws {
    #expect(
      try needed(
        """
        ```swift
        let h = 4
        let x = Network(inputs: 2, seed: 1) { Dense(h) }
        ```
        ```swift live
        func bill(for h: Int) -> Int { h * h }
        [1, 2].map { x in bill(for: x) } + [1, 2].map { (h: Int) -> Int in h + 1 }
        ```
        """) == [1])
  }

  @Test func `a cell that declares what stands in a default of a parameter`() throws {
    #expect(
      try needed(
        """
        ```swift
        let h = 4
        ```
        ```swift live
        func bill(_ h: Int = h) -> Int { h * h }
        bill()
        ```
        """) == [0, 1])
  }

  @Test func `a cell that assigns to its variable`() throws {
    #expect(
      try needed(
        """
        ```swift
        var rate = 1
        ```
        ```swift
        rate += 1
        ```
        ```swift live
        rate
        ```
        """) == [0, 1, 2])
  }

  @Test func `a cell that adds the member it uses`() throws {
    #expect(
      try needed(
        """
        ```swift
        extension Float { var squaredTwice: Float { self * self * self * self } }
        ```
        ```swift live
        Float(2).squaredTwice
        ```
        """) == [0, 1])
  }

  @Test func `nothing of the scope before a reset`() throws {
    #expect(
      try needed(
        """
        ```swift
        let width = 4
        ```
        ```swift reset
        let width = 5
        ```
        ```swift live
        width
        ```
        """) == [1, 2])
  }
}
