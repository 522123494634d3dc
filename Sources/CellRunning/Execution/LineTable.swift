import BookModel
import HostSystem

/// The lines of a program's code, also of what the compiler puts between those of the author: that
/// belongs to the line before it.
struct LineTable {
  var tools: CellTools
  /// The file of an image by the name that a report has for it, which the cell may have made up; nil
  /// where the program has no such image.
  var file: (String) -> String?
  /// A folder that is not there yet.
  var folder: String

  func position(of place: StopReport.CodePlace, in chapter: String) -> SourcePosition? {
    guard let file = file(place.image), let bytes = try? FileSystem.read(file),
      let told = try? tools.run(
        tools.toolchain.root + "/bin/llvm-symbolizer",
        ["--obj=program", "--skip-line-zero", "0x" + String(place.offset, radix: 16)],
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
