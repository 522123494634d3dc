/// What a value looks like on the page: text, Markdown, a table or a figure.
public struct Display: Sendable {
  let kind: RecordKind
  let bytes: [UInt8]

  /// The same in plain text, for a program that is run by hand; nil when `bytes` is plain already.
  let plain: [UInt8]?

  init(_ kind: RecordKind, _ bytes: [UInt8], plain: [UInt8]? = nil) {
    self.kind = kind
    self.bytes = bytes
    self.plain = plain
  }

  /// As it is, in the type of program output; line ends stay.
  public static func text(_ text: String) -> Display {
    Display(.text, Array(text.utf8))
  }

  /// Text that was built up, as `Displayable` types for live cells do it.
  public static func text(_ text: TextBuffer) -> Display {
    Display(.text, text.bytes)
  }

  /// Rendered as the chapter's own text is, formulas included.
  public static func markdown(_ text: String) -> Display {
    Display(.markdown, Array(text.utf8))
  }

  /// A picture written by the author, as a complete `svg` element with a `title`.
  public static func svg(_ text: String) -> Display {
    Display(.svg, Array(text.utf8))
  }

  func send() {
    OutputChannel.send(kind, bytes, plain: plain)
  }
}

/// A value that knows how it should look on the page.
///
/// ```swift
/// extension Perceptron: Displayable {
///   var display: Display { .text("fires above \(threshold)") }
/// }
/// ```
public protocol Displayable {
  /// What `show`, and the last line of a cell, puts on the page.
  var display: Display { get }

  /// The text of the value inside a collection or a sentence; by default the bytes of `display`.
  func _write(to text: inout TextBuffer)
}

extension Displayable {
  public func _write(to text: inout TextBuffer) {
    let display = self.display
    text.append(bytes: display.plain ?? display.bytes)
  }
}

extension Display: Displayable {
  public var display: Display { self }
}

/// Renders text as Markdown where it is shown: `markdown("**done**")`.
public func markdown(_ text: String) -> Display {
  .markdown(text)
}
