import BookBuilding
import Foundation
import HostSystem
import Testing

/// Several builds of one book at the same time.
@Suite struct BuildsAtOnceTests {
  let folder = try! TemporaryFolder()

  func writeBook(_ version: Int) throws {
    try folder.write(
      """
      ---
      title: Cells
      ---

      ```swift
      print("version \\(\(version) * 1)")
      ```

      Its square is `{swift} \(version) * \(version)`, and $x^{\(version)}$.

      """, to: "chapters/1-cells.md")
    for number in 2...9 {
      try folder.write(
        "---\ntitle: Prose \(number)\n---\n\nVersion \(version).\n",
        to: "chapters/\(number)-prose.md")
    }
  }

  func contents(_ site: String) throws -> [String: [UInt8]] {
    let root = folder.file(site)
    return Dictionary(
      uniqueKeysWithValues: try FileSystem.everyFile(below: root).map {
        ($0, try FileSystem.read(root + "/" + $0))
      })
  }

  @Test(.timeLimit(.minutes(15))) func allSucceedAndTheSiteIsWhole() async throws {
    for version in 1...3 {
      try writeBook(version)
      let folder = folder
      let runs = try await withThrowingTaskGroup(of: CommandRun.self) { group in
        for output in ["site", "site", "other"] {
          group.addTask {
            try await CommandRun(["build", "--output", output], in: folder.path)
          }
        }
        var runs: [CommandRun] = []
        for try await run in group { runs.append(run) }
        return runs
      }
      for run in runs { #expect(run.status == 0 && run.errors.isEmpty, "\(run.transcript)") }
      #expect(try contents("site") == contents("other"))
      #expect(try folder.read("site/1-cells.html").contains("version \(version)"))
      #expect(try folder.read("site/9-prose.html").contains("Version \(version)."))
      // The store is whole: every result is found, and gives the same site.
      let stored = try await CommandRun(
        ["build", "--no-exec", "--quiet", "--check"], in: folder.path)
      #expect(stored.transcript == "exit 0\n")
    }
    #expect(try leftovers() == [])
  }

  /// Files that a build makes and takes away again.
  func leftovers() throws -> [String] {
    try folder.files.filter { $0.hasPrefix(".site") || $0.hasPrefix(".other") }
      + folder.files.filter { $0.contains("/.nnbook/") && $0.contains(".part") }
  }
}
