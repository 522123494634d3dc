import BookModel
import HostSystem

/// What a stopped program says on standard error, read: why it stopped, and where.
struct StopReport: Hashable {
  /// The message, such as `Index out of range`; nil for a signal without one.
  var message: String?
  /// The first place of the chapter on the way to the stop.
  var line: Int?
  var column: Int?
  /// Frames of the backtrace that stand in the chapter, the innermost first: many of them mean endless
  /// recursion.
  private(set) var frames: [SourcePosition] = []
  /// A place in a program, or in a library that it has loaded.
  struct CodePlace: Hashable {
    /// The name of its file.
    var image: String
    /// From the start of the image.
    var offset: UInt64
  }

  /// Where the chapter's own code was that the innermost of its frames names without a line: the compiler
  /// gives none to what it adds, such as checks of access.
  private(set) var unplaced: CodePlace?
  /// Of that frame, in the memory of the program.
  private var address: UInt64?
  /// What the cell itself wrote to standard error before.
  var printed = ""
  private(set) var signal: Signal?
  /// The stable name that messages of the engine end with.
  private(set) var id: DiagnosticID?
  var isUncaughtError: Bool { message?.hasPrefix("uncaught error") == true }

  init(_ text: String, chapter path: String) {
    let name = path.split(separator: "/").last ?? ""
    var isBacktrace = false
    var isComplete = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("*** ") {
        isBacktrace = true
        readRuntimeFailure(line)
        if let number = line.split(separator: " ").dropFirst(2).first, line.hasPrefix("*** Signal ")
        {
          signal = Int32(number.prefix { $0.isNumber }).map(Signal.init)
        }
        continue
      }
      // The backtracer speaks of its own troubles, such as a thread that it could not halt.
      if line.hasPrefix("swift-runtime: ") { continue }
      if isBacktrace {
        readFrame(line, path)
      } else if line.hasPrefix("Fatal access conflict") {
        continue
      } else if let words = Self.runtimeWords(line) {
        // What the runtime adds about its own code helps nobody.
        message = words
        isComplete = true
      } else if message == nil, let (place, words) = Self.headline(line) {
        message = words
        readPlace(place, name)
      } else if message != nil {
        if isComplete { continue }
        message! += "\n" + line
      } else if message == nil {
        printed += line + "\n"
      }
    }
    // The text's own last newline made one line too many.
    if message == nil, printed.hasSuffix("\n") { printed.removeLast() }
    while message?.last == "\n" { message!.removeLast() }
    if message?.isEmpty == true { message = nil }
    takeIdentifier()
  }

  /// Where a stop's report begins in text that a program printed to either stream; nil without one.
  static func beginning(in text: String) -> String.Index? {
    var place = text.startIndex
    var found: String.Index?
    var backtrace: String.Index?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("*** Signal ") || line.hasPrefix("*** Swift runtime failure: ")
        || line.hasPrefix("swift-runtime: ")
      {
        backtrace = backtrace ?? place
      } else if backtrace == nil, headline(line) != nil || runtimeWords(line) != nil {
        // It may follow what was printed without an end of the line.
        found = line.firstMatch(of: placeAndHeadline)?.range.lowerBound ?? place
      }
      place = text.index(place, offsetBy: line.count, limitedBy: text.endIndex) ?? text.endIndex
      if place < text.endIndex { place = text.index(after: place) }
    }
    return found ?? backtrace
  }

  /// As the runtime writes it: `main/01-a.md:7: Fatal error: …`; modules of single cells have names of
  /// their own.
  private static var placeAndHeadline: Regex<Substring> {
    #/(?:main|(?:Cell|Answer|Values)[0-9]+|Swift|NeuralNet|Notebook|Foundation[A-Za-z]*)/[^/]+:[0-9]+: (?:Fatal|Precondition|Assertion)/#
  }

  /// Stops that the runtime tells without calling them fatal.
  private static func runtimeWords(_ line: Substring) -> String? {
    if let cast = line.prefixMatch(
      of: /Could not cast value of type '(.+)' \(0x[0-9a-f]+\) to '(.+)' \(0x/)
    {
      return "could not cast a value of type '\(plain(cast.1))' to '\(plain(cast.2))'"
    }
    if line.hasPrefix("Simultaneous accesses to 0x") {
      return "simultaneous accesses to one variable, but a modification requires exclusive access"
    }
    return nil
  }

  /// A type without the module it is from.
  private static func plain(_ type: Substring) -> Substring {
    for module in ["Swift.", "main."] where type.hasPrefix(module) {
      return type.dropFirst(module.count)
    }
    return type
  }

  /// What stands before and after the words by which Swift announces a stop.
  private static func headline(_ line: Substring) -> (Substring, String)? {
    for words in ["Fatal error", "Precondition failed", "Assertion failed"] {
      guard let found = line.ranges(of: words).first,
        found.lowerBound == line.startIndex || line[..<found.lowerBound].hasSuffix(": ")
      else { continue }
      let rest = line[found.upperBound...]
      if rest.isEmpty { return (line[..<found.lowerBound], words.lowercased()) }
      if rest.hasPrefix(": ") { return (line[..<found.lowerBound], presentable(rest.dropFirst(2))) }
    }
    return nil
  }

  /// Without the name of the generated module, which Swift puts before an error's type.
  private static func presentable(_ message: Substring) -> String {
    let uncaught = "Error raised at top level: "
    guard message.hasPrefix(uncaught) else { return String(message) }
    let error = message.dropFirst(uncaught.count)
    if let words = foundationError(error) ?? plainFoundationError(error) {
      return "uncaught error: " + words
    }
    return "uncaught error " + (error.hasPrefix("main.") ? error.dropFirst(5) : error)
  }

  /// The sentence and the file in `Error Domain=NSCocoaErrorDomain Code=260 "The file doesn’t
  /// exist."UserInfo={NSFilePath=data/a.csv, …}`.
  private static func foundationError(_ error: Substring) -> String? {
    guard error.hasPrefix("Error Domain="), let start = error.firstIndex(of: "\"") else {
      return nil
    }
    let words = error[error.index(after: start)...].prefix { $0 != "\"" }
    guard !words.isEmpty else { return nil }
    let sentence = words.last == "." ? words.dropLast() : words
    let file = error.ranges(of: "NSFilePath=").first.map { found in
      error[found.upperBound...].prefix { $0 != "," && $0 != "}" }
    }
    return sentence + named(file)
  }

  /// The same where the program links no more of Foundation than it uses, which then has no sentences:
  /// `FoundationEssentials.CocoaError(code: …(rawValue: 260), userInfo: ["NSFilePath": "data/a.csv", …`.
  private static func plainFoundationError(_ error: Substring) -> String? {
    guard error.hasPrefix("FoundationEssentials.CocoaError("),
      let code = error.ranges(of: "rawValue: ").first
    else { return nil }
    let sentences = [
      "4": "The file doesn’t exist", "256": "The file couldn’t be opened",
      "257": "The file may not be read", "260": "The file doesn’t exist",
      "261": "The file is not text in the expected encoding", "513": "The file may not be written",
      "516": "The file exists already", "518": "Foundation reads and writes no such address",
      "640": "There is not enough disk space",
      "642": "The file may not be written or removed, for it is on a read-only volume",
    ]
    guard let sentence = sentences[String(error[code.upperBound...].prefix { $0 != ")" })] else {
      return nil
    }
    let file = error.ranges(of: "\"NSFilePath\": \"").first.map { found in
      error[found.upperBound...].prefix { $0 != "\"" }
    }
    return sentence + named(file)
  }

  /// As the cell knows the file: it runs in the sandbox's folder of the book.
  private static func named(_ file: Substring?) -> String {
    guard let file else { return "" }
    let folder = Sandbox.bookFolder + "/"
    return " ('\(file.hasPrefix(folder) ? file.dropFirst(folder.count) : file)')"
  }

  /// `*** Swift runtime failure: arithmetic overflow ***`: traps that print nothing themselves.
  private mutating func readRuntimeFailure(_ line: Substring) {
    let start = "*** Swift runtime failure: "
    guard message == nil, line.hasPrefix(start), line.hasSuffix(" ***") else { return }
    message = String(line.dropFirst(start.count).dropLast(4))
  }

  private mutating func takeIdentifier() {
    guard let text = message, text.hasSuffix("]"), let open = text.ranges(of: " [").last else {
      return
    }
    // What an author's own message has in brackets stays a part of it.
    guard let known = DiagnosticID(rawValue: String(text[open.upperBound...].dropLast())),
      MessageGroup.engine.explanation(of: known) != nil
    else { return }
    id = known
    message = String(text[..<open.lowerBound])
  }

  /// Why the process stopped, in one sentence.
  func reason(signal ending: Signal) -> String {
    if let message { return message }
    let signal = signal ?? ending
    if signal == .segmentation, frames.count >= 100 {
      return "endless recursion used up the stack"
    }
    // Libraries say why they give up, in a last line of their own.
    if signal == .abort, let words = printed.split(separator: "\n").last {
      return "aborted: \(words)"
    }
    let name = "signal \(signal.rawValue) (\(signal.text))"
    return Self.likelyCause(of: signal).map { "\(name): \($0)" } ?? name
  }

  /// What a signal that comes without a message mostly means.
  private static func likelyCause(of signal: Signal) -> String? {
    switch signal {
    case .segmentation, .bus: "memory was used that is not there"
    case .illegalInstruction, .trap: "a check of Swift's failed, and its message was lost"
    case .floatingPoint: "a whole number was divided by zero"
    case .abort: "the program, or a library, gave up"
    case .kill: "ended from outside, mostly for want of memory"
    case .fileTooLarge: "a file grew larger than cells may write"
    default: nil
    }
  }

  /// Nil for a child that ran to its end.
  func reason(waitStatus status: Int?) -> String? {
    guard let status, status != 0 else { return nil }
    let signal = Int32(status & 0x7F)
    if signal == 0, message == nil { return "exit code \(status >> 8 & 0xFF)" }
    return reason(signal: Signal(rawValue: signal))
  }

  /// `main/07-width.md:57: ` before the message.
  private mutating func readPlace(_ text: Substring, _ name: Substring) {
    let parts = text.split(separator: ":")
    guard line == nil, parts.count >= 2, parts[0].hasSuffix("/" + name) else { return }
    line = Int(parts[1])
  }

  /// `0 [ra] 0x… f(_:) + 52 in main at chapters/07-width.md:42:28`.
  private mutating func readFrame(_ text: Substring, _ path: String) {
    if let address, unplaced == nil { unplaced = Self.place(of: address, inImage: text) }
    guard let found = text.ranges(of: " at ").last else { return }
    let place = text[found.upperBound...]
    if let position = Self.position(place, in: path) {
      frames.append(position)
      // The frame knows the column, and the author's line where the message has the library's.
      if column == nil { (line, column) = (position.line, position.column) }
    } else if frames.isEmpty, address == nil, Self.isChapter(place, path) {
      let number = text.split(separator: " ").first { $0.hasPrefix("0x") }
      address = number.flatMap { UInt64($0.dropFirst(2), radix: 16) }
      // A return address is that of the next instruction.
      if text.contains(" [ra] ") { address? &-= 1 }
    }
  }

  /// Of `0x55d0c000–0x55d0d218 af71444e program /tmp/program`; nil where the address is not in the image.
  private static func place(of address: UInt64, inImage text: Substring) -> CodePlace? {
    let words = text.split(separator: " ")
    let ends = (words.first ?? "").split(separator: "–").compactMap { end in
      end.hasPrefix("0x") ? UInt64(end.dropFirst(2), radix: 16) : nil
    }
    guard ends.count == 2, ends[0] <= address, address < ends[1], let path = words.last,
      let image = path.split(separator: "/").last
    else { return nil }
    return CodePlace(image: String(image), offset: address - ends[0])
  }

  /// Of `FILE:LINE:COLUMN`, if the file is the chapter and the line is one.
  static func position(_ text: Substring, in path: String) -> SourcePosition? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.suffix(2).compactMap { Int($0) }
    guard numbers.count == 2, parts.count > 2, numbers[0] > 0,
      isChapter(parts.dropLast(2).joined(separator: ":")[...], path)
    else { return nil }
    return SourcePosition(line: numbers[0], column: numbers[1])
  }

  private static func isChapter(_ file: Substring, _ path: String) -> Bool {
    // Of a path that is a mere name, or that begins with dots, the compiler makes an absolute one.
    let fixed = path.split(separator: "/").drop { $0 == "." || $0 == ".." }.joined(separator: "/")
    return file == path || file.hasSuffix("/" + fixed)
  }
}
