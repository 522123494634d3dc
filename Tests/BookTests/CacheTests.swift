import BookBuilding
import Foundation
import Testing

@Suite struct CacheTests {
  let folder = try! TemporaryFolder()

  @Test func cleaningTheEngineLeavesWhatElseIsInTheFolder() async throws {
    try folder.write("mine", to: "cache/notes.txt")
    try folder.write("", to: "cache/engines/abc/libEngine.a")
    try folder.write("", to: "cache/live/abc")
    try folder.write("", to: "chapters/.nnbook/results/ab")
    let run = try await CommandRun(
      ["clean", "--engine"], in: folder.path,
      environment: ["NNBOOK_CACHE": folder.file("cache")])
    #expect(
      run.transcript.replacingOccurrences(of: folder.path + "/", with: "") == """
        exit 0
        --- output
        Removed 'chapters/.nnbook'
        Removed 'cache/engines'
        Removed 'cache/live'

        """)
    #expect(try folder.files == ["cache/notes.txt"])
  }

  /// With an engine so small that it is compiled in a second; cells find nothing in it.
  @Test(arguments: [false, true]) func compilingTheEngineIsTold(isQuiet: Bool) async throws {
    try folder.write("# One\n\n```swift\n1\n```\n", to: "chapters/01-one.md")
    try folder.write("int one(void);\n", to: "engine/NeuralNetKernels/include/NeuralNetKernels.h")
    try folder.write("int one(void) { return 1; }\n", to: "engine/NeuralNetKernels/one.c")
    try folder.write("let two = 2\n", to: "engine/NeuralNet/Two.swift")
    try folder.write("let three = 3\n", to: "engine/Notebook/Three.swift")
    let run = try await CommandRun(
      ["build"] + (isQuiet ? ["--quiet"] : []), in: folder.path,
      environment: ["NNBOOK_CACHE": folder.file("cache"), "NNBOOK_ENGINE": folder.file("engine")])
    #expect(run.errors.contains("cannot find 'show'"))
    let lines = run.output.split(separator: "\n").map(String.init)
    guard !isQuiet else { return #expect(lines == []) }
    #expect(lines.first == "Compiling the engine (once for this version)…")
    #expect(lines.dropFirst().first?.hasPrefix("Compiled the engine in ") == true)
  }
}
