import BookModel
import Glibc

/// What a stopped program says on standard error, read: why it stopped, and where.
struct StopReport: Hashable {
  /// The message, such as `Index out of range`; nil for a signal without one.
  var message: String?
  /// The first place of the chapter on the way to the stop.
  var line: Int?
  var column: Int?
  /// Frames of the backtrace that stand in the chapter: many of them mean endless recursion.
  var chapterFrames = 0
  /// What the cell itself wrote to standard error before.
  var printed = ""
  /// Of the lines under a message that has several.
  private(set) var signal: Int32?

  init(_ text: String, chapter path: String) {
    let name = path.split(separator: "/").last ?? ""
    var isBacktrace = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("*** ") {
        isBacktrace = true
        if let number = line.split(separator: " ").dropFirst(2).first, line.hasPrefix("*** Signal ")
        {
          signal = Int32(number.prefix { $0.isNumber })
        }
        continue
      }
      if isBacktrace {
        readFrame(line, path)
      } else if let fatal = line.ranges(of: "Fatal error: ").first
        ?? line.ranges(of: "Fatal error").first,
        message == nil
      {
        message = String(line[fatal.upperBound...])
        readPlace(line[..<fatal.lowerBound], name)
      } else if message != nil, !line.isEmpty {
        message! += "\n" + line
      } else if message == nil {
        printed += line + "\n"
      }
    }
    if printed.hasSuffix("\n\n") || !text.hasSuffix("\n") || printed == "\n" {
      printed.removeLast()
    }
    if message?.isEmpty == true { message = nil }
  }

  /// Why the process stopped, in one sentence.
  func reason(signal number: Int32) -> String {
    if let message { return message }
    let number = signal ?? number
    if number == SIGSEGV, chapterFrames >= 100 { return "endless recursion used up the stack" }
    return "signal \(number) (\(String(cString: strsignal(number))))"
  }

  /// Nil for a child that ran to its end.
  func reason(waitStatus status: Int?) -> String? {
    guard let status, status != 0 else { return nil }
    let signal = Int32(status & 0x7F)
    if signal == 0, message == nil { return "exit code \(status >> 8 & 0xFF)" }
    return reason(signal: signal)
  }

  /// `main/07-width.md:57: ` before the message.
  private mutating func readPlace(_ text: Substring, _ name: Substring) {
    let parts = text.split(separator: ":")
    guard line == nil, parts.count >= 2,
      parts[parts.count - 3 < 0 ? 0 : parts.count - 3].hasSuffix(name)
    else { return }
    line = Int(parts[1].drop { $0 == " " })
  }

  /// `0 [ra] 0x… f(_:) + 52 in main at chapters/07-width.md:42:28`.
  private mutating func readFrame(_ text: Substring, _ path: String) {
    guard let found = text.ranges(of: " at \(path):").last else { return }
    let numbers = text[found.upperBound...].split(separator: ":").compactMap { Int($0) }
    guard numbers.count == 2 else { return }
    chapterFrames += 1
    // The frame knows the column, and the author's line where the message has the library's.
    if column == nil { (line, column) = (numbers[0], numbers[1]) }
  }
}
