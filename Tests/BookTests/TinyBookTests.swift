import BookBuilding
import Foundation
import HostSystem
import Support
import Testing

/// Each folder of `Tests/Books` is a tiny book with what `nnbook` must say about it and, where it
/// has an `expected` folder, with files that the site must hold.
///
/// - `chapters/`: the book
/// - `arguments.txt`: of the command, separated by spaces; `build --quiet` where there is none
/// - `expected.txt`: exit status, output and errors
///
/// `UPDATE_GOLDENS=1 swift test --filter TinyBook` rewrites what changed.
@Suite struct TinyBookTests {
  static let root = CommandRun.packageRoot + "/Tests/Books"
  static let names: [String] =
    (try? FileSystem.list(root))?
    .filter { $0.kind == .folder }.map(\.name)
    .filter { $0 != "sandbox" || Confinement.isForCells } ?? []

  @Test func thereAreBooks() { #expect(!Self.names.isEmpty) }

  @Test(arguments: names) func itSaysWhatIsExpected(of name: String) async throws {
    let folder = try TemporaryFolder()
    let source = Self.root + "/" + name
    for file in try FileSystem.everyFile(below: source) {
      try FileSystem.makeFolder(Path.folder(of: folder.file(file)))
      try FileSystem.write(try FileSystem.read(source + "/" + file), to: folder.file(file))
    }
    let words = (try? folder.read("arguments.txt")) ?? "build --quiet"
    let arguments = words.split(whereSeparator: \.isWhitespace).map(String.init)
    let run = try await CommandRun(arguments, in: folder.path)
    Golden.expect(run.transcript, at: source + "/expected.txt")
    for file in (try? FileSystem.everyFile(below: source + "/expected")) ?? [] {
      Golden.expect(
        (try? folder.read(file)) ?? "(no such file)\n", at: source + "/expected/" + file)
    }
  }
}
