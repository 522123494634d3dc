import BookBuilding
import Foundation
import HostSystem
import Testing

@Suite struct UsageTests {
  let folder = try! TemporaryFolder()

  @Test(arguments: [
    ["build", "--jobs", "0"], ["build", "--no-exec", "--rerun"], ["build", "--fromat", "html"],
    ["build", "--format", "docx"], ["build", "a", "b"], ["bild"], ["new"], ["build", "-q", "-v"],
    ["serve", "--port", "99999"],
  ])
  func wrongUsageExitsWith64(_ arguments: [String]) async throws {
    let run = try await CommandRun(arguments, in: folder.path)
    #expect(run.status == 64)
    #expect(run.output.isEmpty)
    #expect(run.errors.hasPrefix("Error: "))
    #expect(run.errors.contains("Usage: nnbook"))
  }

  @Test func unknownOptionsComeWithTheNearest() async throws {
    let run = try await CommandRun(["build", "--fromat", "html"], in: folder.path)
    #expect(run.errors.contains("Unknown option '--fromat'. Did you mean '--format'?"))
  }

  @Test(arguments: [["--help"], ["help", "build"], ["--version"], []])
  func helpAndVersionSucceed(_ arguments: [String]) async throws {
    let run = try await CommandRun(arguments, in: folder.path)
    #expect(run.status == 0)
    #expect(!run.output.isEmpty && run.errors.isEmpty)
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionsNameTheCommands(_ shell: String) async throws {
    let run = try await CommandRun(["--generate-completion-script", shell], in: folder.path)
    #expect(run.status == 0)
    for command in ["build", "serve", "check", "new", "init", "clean"] {
      #expect(run.output.contains(command))
    }
  }

  @Test func outsideATerminalProgressIsPlainLines() async throws {
    try folder.write("---\ntitle: A\n---\n\nText.\n", to: "chapters/a.md")
    let run = try await CommandRun(["build"], in: folder.path)
    #expect(run.status == 0)
    #expect(!run.output.contains("\u{1B}") && !run.output.contains("\r"))
    #expect(run.output.hasPrefix("1 chapter in ") && run.output.hasSuffix("written to 'site'\n"))
    let quiet = try await CommandRun(["build", "--quiet"], in: folder.path)
    #expect(quiet.transcript == "exit 0\n")
  }

  @Test func aDraftIsLeftOutUnlessAskedFor() async throws {
    try folder.write("---\ntitle: A\n---\n\nText.\n", to: "chapters/a.md")
    try folder.write("---\ntitle: B\ndraft: true\n---\n\nText.\n", to: "chapters/b.md")
    #expect(try await CommandRun(["build", "-q"], in: folder.path).status == 0)
    #expect(FileSystem.kind(of: folder.file("site/b.html")) == nil)
    #expect(try await CommandRun(["build", "-q", "--drafts"], in: folder.path).status == 0)
    #expect(FileSystem.kind(of: folder.file("site/b.html")) == .file)
  }

  @Test func checkComparesAndWritesNothing() async throws {
    try folder.write("---\ntitle: A\n---\n\nText.\n", to: "chapters/a.md")
    let missing = try await CommandRun(["build", "--check"], in: folder.path)
    #expect(missing.status == 1)
    #expect(missing.errors.contains("error: 'site/a.html' is missing; 'nnbook build' writes it"))
    #expect(FileSystem.kind(of: folder.file("site")) == nil)
    #expect(try await CommandRun(["build", "-q"], in: folder.path).status == 0)
    #expect(try await CommandRun(["build", "-q", "--check"], in: folder.path).status == 0)
    try folder.write("---\ntitle: A\n---\n\nOther text.\n", to: "chapters/a.md")
    let changed = try await CommandRun(["build", "--check"], in: folder.path)
    #expect(changed.status == 1)
    #expect(changed.errors.contains("site/a.html:"))
    #expect(try folder.read("site/a.html").contains("Text."))
  }
}
