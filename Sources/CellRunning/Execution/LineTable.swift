import BookModel
import HostSystem

/// The lines of a program's or a library's code, also of what the compiler puts between those of the
/// author: that belongs to the line before it.
struct LineTable {
  var tools: CellTools
  var binary: String
  /// A folder that is not there yet.
  var folder: String

  /// - Parameter offset: from the start of the binary, as it is loaded.
  func position(of offset: UInt64, in chapter: String) -> SourcePosition? {
    guard let bytes = try? FileSystem.read(binary),
      let told = try? tools.run(
        tools.toolchain.root + "/bin/llvm-symbolizer",
        ["--obj=program", "--skip-line-zero", "0x" + String(offset, radix: 16)],
        in: folder, with: ["program": bytes])
    else { return nil }
    for line in String(decoding: told.output, as: UTF8.self).split(separator: "\n") {
      let place = line.hasSuffix(Self.guessed) ? line.dropLast(Self.guessed.count) : line
      if let position = StopReport.position(place, in: chapter) { return position }
    }
    return nil
  }

  private static let guessed = " (approximate)"
}
