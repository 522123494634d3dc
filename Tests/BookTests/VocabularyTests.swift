import BookBuilding
import HostSystem
import Testing

/// The list of what cells can say is itself a chapter, so a name that is no longer there is noticed.
@Suite struct VocabularyTests {
  @Test func everyExampleRuns() async throws {
    let folder = try TemporaryFolder()
    let path = CommandRun.packageRoot + "/docs/vocabulary.md"
    try folder.write(
      String(decoding: try FileSystem.read(path), as: UTF8.self), to: "chapters/vocabulary.md")
    let run = try await CommandRun(["build", "--quiet"], in: folder.path)
    #expect(run.transcript == "exit 0\n")
  }
}
