#if hasFeature(Embedded)

  func textOf<A: Displayable, B: Displayable>(_ value: (A, B)) -> TextBuffer {
    tuple { text in
      writeElement(value.0, to: &text)
      text.append(", ")
      writeElement(value.1, to: &text)
    }
  }

  func textOf<A: Displayable, B: Displayable, C: Displayable>(_ value: (A, B, C)) -> TextBuffer {
    tuple { text in
      writeElement(value.0, to: &text)
      text.append(", ")
      writeElement(value.1, to: &text)
      text.append(", ")
      writeElement(value.2, to: &text)
    }
  }

  func textOf<A: Displayable, B: Displayable, C: Displayable, D: Displayable>(
    _ value: (A, B, C, D)
  ) -> TextBuffer {
    tuple { text in
      writeElement(value.0, to: &text)
      text.append(", ")
      writeElement(value.1, to: &text)
      text.append(", ")
      writeElement(value.2, to: &text)
      text.append(", ")
      writeElement(value.3, to: &text)
    }
  }

  func show(_ text: TextBuffer) {
    Display.text(text).send()
  }

  func showTuples(count: Int, _ element: (Int) -> TextBuffer) {
    var text = TextBuffer()
    writeCollection(count: count, to: &text) { index, text in text.append(element(index)) }
    show(text)
  }

  private func tuple(_ elements: (inout TextBuffer) -> Void) -> TextBuffer {
    var text = TextBuffer()
    text.append("(")
    elements(&text)
    text.append(")")
    return text
  }

#endif
