import Testing

@testable import CellRunning

@Suite struct StopReportTests {
  @Test func remarksOfTheBacktracerAreNotPartOfTheMessage() {
    let report = StopReport(
      """
      swift-runtime: failed to suspend thread 3 while processing a crash
      Swift/ErrorType.swift:254: Fatal error: Index out of range
      swift-runtime: failed to suspend thread 4 while processing a crash

      *** Signal 4: Backtracing from 0x7f5c... done ***

      0 [ra] 0x000055c37ca27022 main + 225 in main at chapters/a.md:42:10

      """, chapter: "chapters/a.md")
    #expect(report.message == "Index out of range")
    #expect(report.line == 42)
    #expect(report.column == 10)
    #expect(report.printed.isEmpty)
  }
}
