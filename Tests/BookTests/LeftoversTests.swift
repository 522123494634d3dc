import BookBuilding
import HostSystem
import Testing

/// An author builds hundreds of times a day.
@Suite struct LeftoversTests {
  private let folder = try! TemporaryFolder()

  /// The compiler leaves a folder where it ends with a mistake.
  @Test(.timeLimit(.minutes(15))) func mistakesLeaveNothingInTheTemporaryFolder() async throws {
    try folder.write("", to: "tmp/.keep")
    try folder.write(
      """
      ---
      title: One
      ---

      ```swift fail expect="cannot convert"
      let count: Int = "one"
      ```

      """, to: "chapters/one.md")
    try folder.write(
      "---\ntitle: Two\n---\n\n```swift\nnothing\n```\n\n```swift live\nslider(1)\n```\n",
      to: "chapters/two.md")
    let run = try await CommandRun(
      ["build", "-q"], in: folder.path, environment: ["TMPDIR": folder.file("tmp")])
    #expect(run.errors.contains("cannot find 'nothing' in scope"))
    #expect(try FileSystem.list(folder.file("tmp")).map(\.name) == [".keep"])
  }
}
