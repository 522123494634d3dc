/// What a record holds, as `BookModel` has it. The raw value is the kind's number in WebAssembly, `name`
/// its word in a native frame.
enum RecordKind: Int32, Sendable {
  case begin = 0
  case end = 1
  case text = 2
  case markdown = 3
  case html = 4
  case svg = 5
  case inline = 6
  case control = 7
  /// Printed text: in WebAssembly, where the C runtime sends it.
  case console = 8
  /// A process that the cell leaves running.
  case leaves = 9
  /// A condition of an exercise.
  case check = 10
  /// The line of a statement that comes next, where an error may leave it.
  case at = 11
  /// A value that a live cell takes from the build.
  case baked = 12

  var name: StaticString {
    switch self {
    case .begin: "begin"
    case .end: "end"
    case .text: "text"
    case .markdown: "markdown"
    case .html: "html"
    case .svg: "svg"
    case .inline: "inline"
    case .control: "control"
    case .console: "console"
    case .leaves: "leaves"
    case .check: "check"
    case .at: "at"
    case .baked: "baked"
    }
  }

  /// Whether a person who runs the program by hand wants to see it.
  var isShown: Bool {
    switch self {
    case .text, .markdown, .html, .svg: true
    case .begin, .end, .inline, .control, .console, .leaves, .check, .at, .baked: false
    }
  }
}
