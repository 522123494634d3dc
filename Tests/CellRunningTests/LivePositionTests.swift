import Foundation
import HostSystem
import Testing

@testable import CellRunning

@Suite struct `Live cells in the page's worker` {
  @Test(arguments: LiveChapter.all)
  func `show at any position what the native program shows`(live: LiveChapter) async throws {
    let pairs = try await onOwnThread { try live.shownInBoth(positions: 20) }
    #expect(pairs.count == 21 * live.slices.count)
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
  }

  private struct Memory: Decodable {
    var first: Int
    var last: Int
    var stops: Int
    var instances: Int
  }
}
