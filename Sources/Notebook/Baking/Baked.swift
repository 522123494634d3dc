#if !hasFeature(Embedded)

  /// A value that a live cell takes from the build: computed here, and in the page read from the module,
  /// the same to the bit. So a cell above may train for seconds, and the reader's moves only use what it
  /// trained.
  ///
  ///     let trained = baked(net)
  ///
  /// Numbers, texts, arrays of them, tensors, data sets and networks of dense layers and activations can
  /// be taken.
  ///
  /// - Parameters:
  ///   - value: what the page is to have. What it is computed from need not work in the page.
  ///   - line: where the call stands; left out.
  ///   - column: where in the line; left out.
  /// - Returns: the value.
  public func baked<Value>(_ value: Value, line: Int = #line, column: Int = #column) -> Value {
    var payload = TextBuffer()
    payload.append(line)
    payload.append("\n")
    payload.append(column)
    payload.append("\n")
    if let source = BakedSource.of(value) {
      payload.append(String(reflecting: Value.self))
      payload.append("\n")
      payload.append(source)
    } else {
      payload.append("!" + BakedSource.culprit(in: value))
    }
    OutputChannel.send(.baked, payload.bytes)
    return value
  }

#endif
