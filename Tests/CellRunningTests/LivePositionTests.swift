import Foundation
import HostSystem
import Testing

@testable import CellRunning

@Suite struct `Live cells in the page's worker` {
  @Test(arguments: LiveChapter.all)
  func `show at any position what the native program shows`(live: LiveChapter) async throws {
    // What the build gives is computed anew at each, which takes its time.
    let positions = live.takesFromBuild ? 5 : 20
    let pairs = try await onOwnThread { try live.shownInBoth(positions: positions) }
    #expect(pairs.count == (positions + 1) * live.slices.count)
    for pair in pairs { #expect(pair.page == pair.native, "\(pair.place)") }
  }

  @Test func `use no more memory after 10,000 runs than after 100`() async throws {
    let text = """
      ```swift live
      let width = slider("Width", 1...40, default: 3)
      let net = Network(inputs: 2, seed: seed()) { Dense(width); Tanh(); Dense(1); Sigmoid() }
      let history = net.train(on: .xor, loss: .meanSquaredError, optimizer: .adam(), epochs: 2)
      if width % 10 == 0 { fatalError("stopped half-way") }
      show(history.losses)
      ```
      """
    let live = LiveChapter(chapter: try chapter(text))
    let said = try await onOwnThread { try live.worker("again", ["10000", "0"]) }
    let memory = try JSONDecoder().decode(Memory.self, from: Data(said.utf8))
    #expect(memory.instances == 1)
    #expect(memory.stops > 100)
    #expect(memory.first == memory.last)
    #expect(memory.begins == 10_001)
  }

  @Test func `compute once what stands above the first control`() async throws {
    let text = { (stop: String) in
      """
      ```swift
      let net = Network(inputs: 2, seed: 1) { Dense(20); Tanh(); Dense(1); Sigmoid() }
      var history = net.train(on: .xor, loss: .meanSquaredError, optimizer: .adam(), epochs: 50)
      ```

      ```swift live
      print("trained")
      func least() -> Float { history.losses.min() ?? 0 }
      var (runs, list) = (0, [Float](repeating: 0, count: 100))
      let more = slider("More", 1...50, default: 3)
      runs += 1
      list += [Float](repeating: 1, count: 1000 * more)
      print("more")
      \(stop)
      history = net.train(on: .xor, loss: .meanSquaredError, optimizer: .adam(), epochs: more)
      show([least(), Float(runs), Float(list.count)])
      ```
      """
    }
    let live = LiveChapter(chapter: try chapter(text("")))
    for pair in try await onOwnThread({ try live.shownInBoth(positions: 20) }) {
      #expect(pair.page == pair.native, "\(pair.place)")
    }
    let stopping = LiveChapter(
      chapter: try chapter(text("if more % 10 == 0 { fatalError() }")))
    let said = try await onOwnThread { try stopping.worker("again", ["1000", "1"]) }
    let memory = try JSONDecoder().decode(Memory.self, from: Data(said.utf8))
    // The cell and the one that it needs.
    #expect(memory.begins == 2)
    #expect(memory.stops > 10)
    #expect(memory.first == memory.last)
  }

  private struct Memory: Decodable {
    var first: Int
    var last: Int
    var stops: Int
    var instances: Int
    var begins: Int
  }
}
