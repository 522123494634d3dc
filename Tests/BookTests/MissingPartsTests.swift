import Foundation
import Testing

/// What the command says where something that it needs is not installed.
@Suite struct MissingPartsTests {
  private let folder = try! TemporaryFolder()
  private let nothing: [String: String]

  init() throws {
    try folder.write("", to: "empty/.keep")
    nothing = ["PATH": folder.file("empty")]
  }

  @Test func withoutACompilerCellsSayWhatToInstall() async throws {
    try folder.write("---\ntitle: One\n---\n\n```swift\n1 + 1\n```\n", to: "chapters/one.md")
    let run = try await CommandRun(["build"], in: folder.path, environment: nothing)
    #expect(run.status == 1)
    #expect(
      run.errors == """
        error: the Swift compiler 'swiftc' is not on the search path; chapters with cells need \
        Swift 6.3 or newer [compiler-missing]
        note: install it from https://www.swift.org/install

        """)
    #expect(try folder.files.allSatisfy { !$0.hasPrefix("site/") })
  }

  @Test func withoutACompilerProseIsBuilt() async throws {
    try folder.write("---\ntitle: One\n---\n\nNo cells.\n", to: "chapters/one.md")
    let run = try await CommandRun(["build"], in: folder.path, environment: nothing)
    #expect(run.status == 0)
    #expect(try folder.read("site/one.html").contains("No cells."))
  }
}
