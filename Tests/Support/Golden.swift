import Foundation
import Testing

/// Text that a test made, and the committed file that holds what it has to be.
///
/// `UPDATE_GOLDENS=1 swift test` rewrites the files that differ, whichever test they belong to, and
/// lets those tests pass; the difference is reviewed as code is.
public enum Golden {
  public static let isUpdating = !["", "0"].contains(
    ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] ?? "")

  public static func expect(
    _ text: String, at file: URL, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let expected = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
    if text == expected { return }
    guard isUpdating else {
      #expect(
        text == expected ?? "(no such file)",
        "\(file.lastPathComponent) differs\(difference(text, expected)); UPDATE_GOLDENS=1 rewrites it",
        sourceLocation: sourceLocation)
      return
    }
    #expect(throws: Never.self, sourceLocation: sourceLocation) {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }

  /// Where two texts part, so that a long one need not be read.
  private static func difference(_ text: String, _ expected: String?) -> String {
    guard let expected else { return "" }
    let lines = [text, expected].map { $0.split(separator: "\n", omittingEmptySubsequences: false) }
    let place = zip(lines[0], lines[1]).prefix { $0 == $1 }.count
    let pair = lines.map { place < $0.count ? "'\($0[place])'" : "its end" }
    return " from line \(place + 1): \(pair[0]) where it has \(pair[1])"
  }

  public static func expect(
    _ text: String, at path: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expect(text, at: URL(fileURLWithPath: path), sourceLocation: sourceLocation)
  }
}
