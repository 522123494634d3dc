import HostSystem
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

  @Test(arguments: [
    ("a.md", "a.md"), ("a.md", "/home/me/book/a.md"), ("chapters/a.md", "chapters/a.md"),
    ("../book/a.md", "/home/me/book/a.md"), ("./a: b.md", "/home/me/a: b.md"),
  ]) func framesAreKnownHoweverThePathIsWritten(chapter: String, frame: String) {
    let report = StopReport(
      "Fatal error: no\n\n*** Signal 4: done ***\n\n0 [ra] 0x0 f() + 2 in main at \(frame):7:3\n",
      chapter: chapter)
    #expect(report.line == 7 && report.column == 3)
  }

  @Test(arguments: [
    (
      "0x1000–0x2000 6b8f    Cell3.so /tmp/.modules/Cell3.so",
      StopReport.CodePlace(image: "Cell3.so", offset: 0x233 - 1)
    ),
    ("0x3000–0x4000 6b8f program /tmp/program", nil), ("0x1000", nil), ("–", nil), ("", nil),
  ]) func codeWithoutALineHasAPlaceInItsImage(image: String, place: StopReport.CodePlace?) {
    let frame = "2 [ra] [system] 0x0000000000001233 main + 190 in program at /book/chapters/a.md"
    let report = StopReport(
      "*** Signal 3: done ***\n\n0 0x9 swift_beginAccess + 3 in libswiftCore.so\n\(frame)\n\n\(image)\n",
      chapter: "chapters/a.md")
    #expect(report.unplaced == place)
    #expect(report.line == nil)
    let placed = StopReport(
      "*** Signal 3: done ***\n\n0 0x1 f() + 2 in program at /book/chapters/a.md:7:3\n\(frame)\n\(image)\n",
      chapter: "chapters/a.md")
    #expect(placed.unplaced == nil)
    #expect(placed.line == 7)
  }

  @Test func framesOfOtherFilesAreNot() {
    let report = StopReport(
      "Fatal error: no\n\n*** Signal 4: done ***\n\n0 [ra] 0x0 f() in main at /x/ba.md:7:3\n",
      chapter: "a.md")
    #expect(report.line == nil)
  }

  @Test(arguments: [
    (
      "main/a.md:3: Fatal error: Error raised at top level: Error Domain=NSCocoaErrorDomain Code=260 "
        + "\"The file doesn’t exist.\"UserInfo={NSFilePath=data/a.csv, NSURL=data/a.csv}",
      "uncaught error: The file doesn’t exist ('data/a.csv')"
    ),
    (
      "main/a.md:3: Fatal error: Error raised at top level: FoundationEssentials.CocoaError(code: "
        + "FoundationEssentials.CocoaError.Code(rawValue: 642), userInfo: [\"NSFilePath\": "
        + "\"/tmp/book/data/x.csv\", \"NSURL\": data/x.csv -- file:///tmp/book/])",
      "uncaught error: The file may not be written or removed, for it is on a read-only volume "
        + "('data/x.csv')"
    ),
    (
      "main/a.md:3: Fatal error: Error raised at top level: main.Odd.three",
      "uncaught error Odd.three"
    ),
  ]) func anUncaughtErrorIsTold(text: String, message: String) {
    let report = StopReport(text, chapter: "a.md")
    #expect(report.message == message)
    #expect(report.isUncaughtError)
  }

  @Test(arguments: [
    (Int32(11), "signal 11 (Segmentation fault): memory was used that is not there"),
    (9, "signal 9 (Killed): ended from outside, mostly for want of memory"),
    (15, "signal 15 (Terminated)"),
  ]) func aSignalSaysWhatItMostlyMeans(number: Int32, reason: String) {
    #expect(StopReport("", chapter: "a.md").reason(signal: Signal(rawValue: number)) == reason)
  }
}
