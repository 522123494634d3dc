/// Printed text as a terminal leaves it: what `\\r` and a backspace write over is gone, and colors are
/// marks of the text.
package struct TerminalText: Hashable, Sendable {
  package enum Color: String, Hashable, Sendable, CaseIterable {
    case black, red, green, yellow, blue, magenta, cyan, white
  }

  package struct Style: Hashable, Sendable {
    package var color: Color?
    package var isBold = false
    package var isFaint = false
    package var isItalic = false
    package var isUnderlined = false
  }

  package struct Run: Hashable, Sendable {
    package var text: String
    package var style: Style
  }

  package private(set) var runs: [Run] = []

  package init(_ printed: String) {
    let marks: [UInt8] = [0, 0x08, 0x0D, 0x1B]
    guard printed.utf8.contains(where: marks.contains) else {
      runs = [Run(text: printed, style: Style())]
      return
    }
    var screen = Screen()
    var scalars = printed.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\u{1B}": screen.obey(&scalars)
      case "\r": if scalars.first != "\n" { screen.column = 0 }
      case "\u{8}": screen.column = max(0, screen.column - 1)
      case "\n": screen.endLine()
      // Its picture, as pages show other control characters.
      case "\0": screen.put("\u{2400}")
      default: screen.put(scalar)
      }
    }
    screen.finish()
    runs = screen.runs
  }

  /// Without its marks.
  package var plain: String { runs.map(\.text).joined() }
}

/// The line that is being written, and those that are done.
private struct Screen {
  var runs: [TerminalText.Run] = []
  var column = 0
  private var line: [(scalar: Unicode.Scalar, style: TerminalText.Style)] = []
  private var style = TerminalText.Style()

  mutating func put(_ scalar: Unicode.Scalar) {
    if column < line.count { line[column] = (scalar, style) } else { line.append((scalar, style)) }
    column += 1
  }

  mutating func endLine() {
    finish()
    add("\n", TerminalText.Style())
  }

  mutating func finish() {
    for (scalar, style) in line { add(scalar, style) }
    line = []
    column = 0
  }

  private mutating func add(_ scalar: Unicode.Scalar, _ style: TerminalText.Style) {
    if runs.last?.style == style {
      runs[runs.count - 1].text.unicodeScalars.append(scalar)
    } else {
      runs.append(.init(text: String(scalar), style: style))
    }
  }

  /// What follows an escape: a command of ECMA-48 in brackets, or one that ends with a bell.
  mutating func obey(_ scalars: inout Substring.UnicodeScalarView) {
    switch scalars.first {
    case "[":
      scalars.removeFirst()
      var parameters = ""
      while let scalar = scalars.first, (0x20...0x3F).contains(scalar.value) {
        parameters.unicodeScalars.append(scalar)
        scalars.removeFirst()
      }
      switch scalars.popFirst() {
      case "m":
        setStyle(
          parameters.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 })
      case "K":
        if parameters == "2" {
          line = []
        } else if column < line.count {
          line.removeSubrange(column...)
        }
      case "G": column = max(0, (Int(parameters) ?? 1) - 1)
      default: break
      }
      while column > line.count { line.append((" ", TerminalText.Style())) }
    case "]":
      while let scalar = scalars.popFirst(), scalar != "\u{7}" {
        if scalar == "\u{1B}" {
          if scalars.first == "\\" { scalars.removeFirst() }
          break
        }
      }
    default: if !scalars.isEmpty { scalars.removeFirst() }
    }
  }

  private mutating func setStyle(_ codes: [Int]) {
    var rest = codes[...]
    while let code = rest.popFirst() {
      switch code {
      case 0: style = TerminalText.Style()
      case 1: style.isBold = true
      case 2: style.isFaint = true
      case 3: style.isItalic = true
      case 4: style.isUnderlined = true
      case 22: (style.isBold, style.isFaint) = (false, false)
      case 23: style.isItalic = false
      case 24: style.isUnderlined = false
      case 30...37, 90...97: style.color = TerminalText.Color.allCases[code % 10]
      case 38:
        // Of a palette or of red, green and blue: the nearest of the eight.
        if rest.first == 5, rest.count >= 2 {
          style.color = Self.color(ofPalette: rest[rest.startIndex + 1])
          rest = rest.dropFirst(2)
        } else if rest.first == 2, rest.count >= 4 {
          style.color = Self.color(rest.dropFirst().prefix(3).map { $0 })
          rest = rest.dropFirst(4)
        }
      case 48: rest = rest.dropFirst(rest.first == 5 ? 2 : 4)
      case 39: style.color = nil
      default: break
      }
    }
  }

  private static func color(ofPalette index: Int) -> TerminalText.Color? {
    switch index {
    case 0...15: TerminalText.Color.allCases[index % 8]
    case 16...231:
      color([(index - 16) / 36, (index - 16) / 6 % 6, (index - 16) % 6].map { $0 * 51 })
    default: nil
    }
  }

  private static func color(_ parts: [Int]) -> TerminalText.Color {
    let most = max(parts.max() ?? 0, 1)
    let bits = parts.enumerated().reduce(0) { $0 + ($1.element * 2 > most ? 1 << $1.offset : 0) }
    return TerminalText.Color.allCases[most < 64 ? 0 : bits]
  }
}
