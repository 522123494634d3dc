import BookModel
import EngineBuilding
import HostSystem
import Testing

@testable import CellRunning

@Suite struct LiveMemoryTests {
  /// The check of a page's module is held to the memory of a program, which is lowered here.
  @Test func aLiveCellThatTakesTooMuchMemoryInThePageIsNamed() throws {
    let chapter = try CellRunningTests.chapter(
      """
      ```swift
      1 + 1
      ```
      ```swift live
      let size = slider("Size", 1...2, default: 1)
      let numbers = [Float](repeating: 1, count: 40_000_000 * size)
      var total: Float = 0
      for _ in 1...40 { for number in numbers { total = number - total } }
      total
      ```
      """)
    let setup = try CellRunningTests.setup()
    let folder = try FileSystem.makeTemporaryFolder("nnbook-live")
    FileSystem.openToAll(folder)
    defer { FileSystem.discard(folder) }
    let engine = try EngineBuild.make(
      sources: setup.sources, toolchain: setup.toolchain, target: .webAssembly, cache: testCache)
    let slices = Scope.all(of: chapter).flatMap { LiveSlice.all(of: $0) }
    func tools(_ limits: Limits) throws -> CellTools {
      CellTools(
        try Sandbox.choose(.auto, limits: limits, toolchain: setup.toolchain).0,
        chapter: chapter.path)
    }
    let module = try LiveCompiler(
      setup: setup, tools: try tools(Limits()), engine: engine, folder: folder
    ).module(slices, of: chapter, baked: "")
    var small = Limits()
    small.memory = 120 << 20
    let said = try LiveCheck(
      node: try #require(setup.node), tools: try tools(small), folder: folder + "/check",
      chapter: chapter
    ).differences(
      module, slices, native: ChapterResult(cells: Array(repeating: CellResult(), count: 2)))
    #expect(
      DiagnosticPrinter().text(for: said)
        == """
        chapters/01-test.md:7:4: error: the live cell used more than 120 MiB as WebAssembly, which is \
        the limit [live-memory-limit]

        """)
  }
}
