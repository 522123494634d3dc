#if hasFeature(Embedded)

  // Embedded Swift prints one value at a time, and few kinds of it; these print what `show` can
  // show. Natively Swift's own `print` stands.

  /// Prints a value as `show` writes it.
  @_disfavoredOverload
  public func print<A: Displayable>(
    _ a: A, separator: String = " ",
    terminator: String = "\n"
  ) {
    var text = TextBuffer()
    a._write(to: &text)
    printText(text, terminator)
  }

  /// Prints two values, with the separator between.
  public func print<A: Displayable, B: Displayable>(
    _ a: A, _ b: B, separator: String = " ",
    terminator: String = "\n"
  ) {
    var text = TextBuffer()
    a._write(to: &text)
    text.append(separator)
    b._write(to: &text)
    printText(text, terminator)
  }

  /// Prints three values, with the separator between.
  public func print<A: Displayable, B: Displayable, C: Displayable>(
    _ a: A, _ b: B, _ c: C, separator: String = " ",
    terminator: String = "\n"
  ) {
    var text = TextBuffer()
    a._write(to: &text)
    text.append(separator)
    b._write(to: &text)
    text.append(separator)
    c._write(to: &text)
    printText(text, terminator)
  }

  /// Prints four values, with the separator between.
  public func print<A: Displayable, B: Displayable, C: Displayable, D: Displayable>(
    _ a: A, _ b: B, _ c: C, _ d: D, separator: String = " ",
    terminator: String = "\n"
  ) {
    var text = TextBuffer()
    a._write(to: &text)
    text.append(separator)
    b._write(to: &text)
    text.append(separator)
    c._write(to: &text)
    text.append(separator)
    d._write(to: &text)
    printText(text, terminator)
  }

  /// Prints five values, with the separator between.
  public func print<A: Displayable, B: Displayable, C: Displayable, D: Displayable, E: Displayable>(
    _ a: A, _ b: B, _ c: C, _ d: D, _ e: E, separator: String = " ",
    terminator: String = "\n"
  ) {
    var text = TextBuffer()
    a._write(to: &text)
    text.append(separator)
    b._write(to: &text)
    text.append(separator)
    c._write(to: &text)
    text.append(separator)
    d._write(to: &text)
    text.append(separator)
    e._write(to: &text)
    printText(text, terminator)
  }

  /// Prints six values, with the separator between.
  public func print<
    A: Displayable, B: Displayable, C: Displayable, D: Displayable, E: Displayable, F: Displayable
  >(
    _ a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F, separator: String = " ",
    terminator: String = "\n"
  ) {
    var text = TextBuffer()
    a._write(to: &text)
    text.append(separator)
    b._write(to: &text)
    text.append(separator)
    c._write(to: &text)
    text.append(separator)
    d._write(to: &text)
    text.append(separator)
    e._write(to: &text)
    text.append(separator)
    f._write(to: &text)
    printText(text, terminator)
  }

  private func printText(_ text: TextBuffer, _ terminator: String) {
    for byte in text.bytes { _ = putchar(CInt(byte)) }
    for byte in terminator.utf8 { _ = putchar(CInt(byte)) }
  }

  @_extern(c)
  private func putchar(_ character: CInt) -> CInt

#endif
