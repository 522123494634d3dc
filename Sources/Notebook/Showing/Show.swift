#if !hasFeature(Embedded)

  /// Puts a value on the page where the cell stands: a number as its text, a network as its
  /// diagram, a figure as the picture that it is.
  public func show<Value>(_ value: Value) {
    display(of: value)?.send()
  }

  /// How a value looks; nil when there is nothing to see.
  func display<Value>(of value: Value) -> Display? {
    if let value = value as? any Displayable { return value.display }
    if isNothing(value) { return nil }
    var text = TextBuffer()
    writeAny(value, to: &text)
    return .text(text)
  }

  /// `show` for the value of a cell's last expression.
  public func _nnbookShow<Value>(_ value: Value) {
    show(value)
  }

#else

  /// Nothing is shown for a call without a result.
  public func show(_ nothing: Void) {}

  /// Nothing is shown for an optional call without a result.
  public func show(_ nothing: Void?) {}

  /// Puts a value on the page where the cell stands.
  public func show<Value: Displayable>(_ value: Value) {
    value.display.send()
  }

  // Tuples cannot conform to a protocol, and Embedded Swift cannot look into them: so the small
  // arities are written out.

  /// Puts a pair on the page, in parentheses.
  public func show<A: Displayable, B: Displayable>(_ value: (A, B)) {
    show(textOf(value))
  }

  /// Puts a triple on the page, in parentheses.
  public func show<A: Displayable, B: Displayable, C: Displayable>(_ value: (A, B, C)) {
    show(textOf(value))
  }

  /// Puts four values on the page, in parentheses.
  public func show<A: Displayable, B: Displayable, C: Displayable, D: Displayable>(
    _ value: (A, B, C, D)
  ) {
    show(textOf(value))
  }

  /// Puts a pair on the page, or `nil`.
  public func show<A: Displayable, B: Displayable>(_ value: (A, B)?) {
    if let value { show(value) } else { show("nil") }
  }

  /// Puts a list of pairs on the page, in brackets.
  public func show<A: Displayable, B: Displayable>(_ values: [(A, B)]) {
    showTuples(count: values.count) { textOf(values[$0]) }
  }

  /// Puts a list of triples on the page, in brackets.
  public func show<A: Displayable, B: Displayable, C: Displayable>(_ values: [(A, B, C)]) {
    showTuples(count: values.count) { textOf(values[$0]) }
  }

  /// Says at compile time what a live cell cannot show.
  @_disfavoredOverload
  @available(
    *, unavailable,
    message: "a live cell shows numbers, strings, collections of them and Displayable types"
  )
  public func show<Value>(_ value: Value) {}

  public func _nnbookShow(_ nothing: Void) {}

  public func _nnbookShow(_ nothing: Void?) {}

  public func _nnbookShow<Value: Displayable>(_ value: Value) {
    show(value)
  }

  public func _nnbookShow<A: Displayable, B: Displayable>(_ value: (A, B)) {
    show(value)
  }

  public func _nnbookShow<A: Displayable, B: Displayable, C: Displayable>(_ value: (A, B, C)) {
    show(value)
  }

  public func _nnbookShow<A: Displayable, B: Displayable, C: Displayable, D: Displayable>(
    _ value: (A, B, C, D)
  ) {
    show(value)
  }

  public func _nnbookShow<A: Displayable, B: Displayable>(_ value: (A, B)?) {
    show(value)
  }

  public func _nnbookShow<A: Displayable, B: Displayable>(_ values: [(A, B)]) {
    show(values)
  }

  public func _nnbookShow<A: Displayable, B: Displayable, C: Displayable>(_ values: [(A, B, C)]) {
    show(values)
  }

  @_disfavoredOverload
  @available(
    *, unavailable,
    message: "a live cell shows numbers, strings, collections of them and Displayable types"
  )
  public func _nnbookShow<Value>(_ value: Value) {}

#endif
