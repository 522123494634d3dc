import Foundation
import NeuralNet
import Testing

@Suite struct TypedNetworkTests {
  @Test func runsOnTheSameLayers() {
    let typed = TypedNetwork(seed: 5) {
      Typed.Dense<3, 4>()
      Typed.Tanh()
      Typed.Dense<4, 2>()
    }
    let plain = Network(inputs: 3, seed: 5) {
      Dense(3, 4)
      Tanh()
      Dense(4, 2)
    }
    let x = Tensor([[1, 2, 3]])
    #expect(typed.parameterCount == 26)
    #expect(typed(x).values == plain(x).values)
  }

  @Test func sizesThatDisagreeDoNotCompile() throws {
    let messages = try typeCheck(
      """
      let net = TypedNetwork {
        Typed.Dense<784, 128>()
        Typed.ReLU()
        Typed.Dense<256, 10>()
      }
      """)
    #expect(messages.contains("error:"))
    #expect(messages.contains("128"))
    #expect(messages.contains("256"))
  }

  @Test func sizesThatAgreeCompile() throws {
    let messages = try typeCheck(
      "let net = TypedNetwork { Typed.Dense<784, 128>(); Typed.ReLU(); Typed.Dense<128, 10>() }")
    #expect(messages == "")
  }

  /// What the compiler says of a program that uses the typed network's own source.
  private func typeCheck(_ program: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("typed-network-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let main = folder.appendingPathComponent("main.swift")
    try Data((Self.standIns + program + "\n").utf8).write(to: main)
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/NeuralNet/Typed")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["swiftc", "-typecheck", "-module-name", "NeuralNet", main.path]
      + ["Typed.swift", "TypedNetwork.swift"].map { sources.appendingPathComponent($0).path }
    let pipe = Pipe()
    process.standardError = pipe
    try process.run()
    let messages = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return messages
  }

  /// Just enough of the engine to type-check without waiting for all of it.
  private static let standIns = """
    public struct Tensor {}
    public struct Initializer { public static var uniformFanIn: Initializer { Initializer() } }
    public protocol Layer: AnyObject {}
    public final class Dense: Layer {
      init(_ inputs: Int, _ outputs: Int, bias: Bool, initializer: Initializer) {}
    }
    public final class ReLU: Layer { public init() {} }
    public final class Sigmoid: Layer { public init() {} }
    public final class Tanh: Layer { public init() {} }
    public final class Network {
      public init(inputs: Int, seed: Int, _ layers: () -> [any Layer]) {}
      public var parameterCount: Int { 0 }
      public func callAsFunction(_ input: Tensor) -> Tensor { input }
    }

    """
}
