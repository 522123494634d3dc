/// A value that is shown as its text.
public protocol PlainText: Displayable {}

extension PlainText {
  public var display: Display {
    var text = TextBuffer()
    _write(to: &text)
    return .text(text)
  }
}

extension Int: PlainText {
  public func _write(to text: inout TextBuffer) { text.append(self) }
}

extension Int8: PlainText {
  public func _write(to text: inout TextBuffer) { text.append(Int(self)) }
}

extension Int16: PlainText {
  public func _write(to text: inout TextBuffer) { text.append(Int(self)) }
}

extension Int32: PlainText {
  public func _write(to text: inout TextBuffer) { text.append(Int(self)) }
}

extension Int64: PlainText {
  public func _write(to text: inout TextBuffer) {
    if self < 0 { text.append("-") }
    text.appendDigits(magnitude)
  }
}

extension UInt: PlainText {
  public func _write(to text: inout TextBuffer) { text.appendDigits(UInt64(self)) }
}

extension UInt8: PlainText {
  public func _write(to text: inout TextBuffer) { text.append(Int(self)) }
}

extension UInt16: PlainText {
  public func _write(to text: inout TextBuffer) { text.append(Int(self)) }
}

extension UInt32: PlainText {
  public func _write(to text: inout TextBuffer) { text.appendDigits(UInt64(self)) }
}

extension UInt64: PlainText {
  public func _write(to text: inout TextBuffer) { text.appendDigits(self) }
}

extension Float: PlainText {
  /// The shortest digits that read back. The sign of a NaN differs between hosts, so it is dropped.
  public func _write(to text: inout TextBuffer) {
    text.append(isNaN ? "nan" : description)
  }
}

extension Double: PlainText {
  /// The shortest digits that read back. The sign of a NaN differs between hosts, so it is dropped.
  public func _write(to text: inout TextBuffer) {
    text.append(isNaN ? "nan" : description)
  }
}

extension Bool: PlainText {
  public func _write(to text: inout TextBuffer) {
    text.append(self ? "true" : "false" as StaticString)
  }
}

extension String: PlainText {
  public func _write(to text: inout TextBuffer) { text.append(self) }
}

extension Optional: Displayable where Wrapped: Displayable {
  /// The value itself, or `nil`.
  public var display: Display {
    if let value = self { value.display } else { .text("nil") }
  }

  public func _write(to text: inout TextBuffer) {
    if let value = self { value._write(to: &text) } else { text.append("nil") }
  }
}

extension Array: Displayable where Element: Displayable {}

extension Array: PlainText where Element: Displayable {
  public func _write(to text: inout TextBuffer) {
    writeCollection(count: count, to: &text) { index, text in
      writeElement(self[index], to: &text)
    }
  }
}

extension ArraySlice: Displayable where Element: Displayable {}

extension ArraySlice: PlainText where Element: Displayable {
  public func _write(to text: inout TextBuffer) {
    Array(self)._write(to: &text)
  }
}
