import Foundation
import NeuralNet
import Support
import Testing

/// The same bits everywhere. Changing the instruction set while other tests run is harmless for the
/// very reason that is tested here.
@Suite(.serialized) struct BitsTests {
  @Test func instructionSetsAndThreadsShowInNoBit() {
    let (best, threads) = (InstructionSet.current, Threads.count)
    defer {
      best.use()
      Threads.use(threads)
    }
    for program in bitsPrograms {
      var digests: [UInt64] = []
      for set in InstructionSet.allCases where set.use() {
        for threads in [1, 2] {
          Threads.use(threads)
          digests.append(program.run())
        }
      }
      #expect(digests.allSatisfy { $0 == digests[0] }, "\(program.name): \(digests)")
    }
  }

  /// `Golden/bits.txt` was written by another build and machine state; debug and release builds are
  /// both held against it.
  @Test func bitsAreThoseOnRecord() throws {
    let lines = bitsPrograms.map { program in "\(String(program.run(), radix: 16)) \(program.name)"
    }
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/bits.txt")
    let text = lines.joined(separator: "\n") + "\n"
    Golden.expect(text, at: file)
  }

  @Test(.enabled(if: BitsTests.canRunWebAssembly, "needs node and a compiler for WebAssembly"))
  func webAssemblyGivesTheBitsOnRecord() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let scratch = FileManager.default.temporaryDirectory.appending(path: "bits-\(getpid())")
    defer { try? FileManager.default.removeItem(at: scratch) }
    let output = try run("/bin/bash", [root.appending(path: "Bits/run").path, scratch.path])
    let record = root.appending(path: "NeuralNetTests/Golden/bits.txt")
    #expect(try output == String(contentsOf: record, encoding: .utf8))
  }

  static var canRunWebAssembly: Bool {
    ["node", "swiftc", "clang", "wasm-ld"].allSatisfy { tool in
      (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains { folder in
        FileManager.default.isExecutableFile(atPath: "\(folder)/\(tool)")
      }
    }
  }

  private func run(_ path: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: output, as: UTF8.self)
  }
}
