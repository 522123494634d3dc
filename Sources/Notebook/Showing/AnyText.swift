#if !hasFeature(Embedded)

  /// Whether showing the value would say nothing: `()` and an optional of it.
  func isNothing(_ value: Any) -> Bool {
    if value is Void { return true }
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle == .optional else { return false }
    return type(of: value) == Void?.self
  }

  /// The text of any value. What Embedded Swift can show gets the same text here; everything else
  /// prints as Swift prints it.
  func writeAny(_ value: Any, to text: inout TextBuffer) {
    if let value = value as? any Displayable {
      value._write(to: &text)
      return
    }
    let mirror = Mirror(reflecting: value)
    let children = Array(mirror.children)
    switch mirror.displayStyle {
    case .optional:
      if let child = children.first {
        writeAny(child.value, to: &text)
      } else {
        text.append("nil")
      }
    case .tuple:
      text.append("(")
      for (index, child) in children.enumerated() {
        if index > 0 { text.append(", ") }
        writeAnyElement(child.value, to: &text)
      }
      text.append(")")
    case .collection:
      writeCollection(count: children.count, to: &text) { index, text in
        writeAnyElement(children[index].value, to: &text)
      }
    default:
      text.append(String(describing: value))
    }
  }

  private func writeAnyElement(_ value: Any, to text: inout TextBuffer) {
    if let string = value as? String {
      text.appendQuoted(Array(string.utf8))
    } else {
      writeAny(value, to: &text)
    }
  }

#endif
