/// What a call of `baked` gave in the build.
struct BakedRecord: Hashable, Sendable {
  /// Of the call, in the chapter.
  var line: Int
  /// In the program; calls of one line are in the order of their columns.
  var column: Int
  /// As Swift writes it; where the value cannot be taken to the page, the type that keeps it.
  var type: String
  /// Swift that makes the value again; empty where it cannot be taken.
  var source: String

  init?(_ record: String) {
    let parts = record.split(separator: "\n", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count >= 3, let line = Int(parts[0]), let column = Int(parts[1]) else { return nil }
    self.line = line
    self.column = column
    if parts[2].hasPrefix("!") {
      type = String(parts[2].dropFirst())
      source = ""
    } else {
      guard parts.count == 4 else { return nil }
      type = String(parts[2])
      source = String(parts[3])
    }
  }
}
