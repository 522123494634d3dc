import NeuralNet

extension TextBuffer {
  /// Appends a number in the given format, rounded correctly from its exact value.
  public mutating func append<Number: ShownNumber>(_ number: Number, _ format: NumberFormat) {
    let value = number._double
    switch format {
    case .plain:
      number._write(to: &self)
    case .fixed(let decimals):
      append(bytes: fixedText(value, decimals: decimals))
    case .significant(let digits):
      append(bytes: significantText(value, digits: digits))
    case .scientific(let decimals):
      append(bytes: scientificText(value, decimals: decimals))
    case .grouped(let decimals):
      appendGrouping(fixedText(value, decimals: decimals))
    case .percent(let decimals):
      append(bytes: fixedText(value, decimals: decimals, powerOfTen: 2))
      append("%")
    }
  }
}

/// The name of the type of formats in generated code.
public typealias _InlineFormat = NumberFormat

#if !hasFeature(Embedded)

  /// Sends the text of a value that stands in a sentence.
  public func _nnbookInline<Value>(
    _ index: Int, _ high: UInt64, _ low: UInt64, _ value: Value, _ format: NumberFormat
  ) {
    var text = TextBuffer()
    if case .plain = format {
      writeAny(value, to: &text)
    } else if let number = value as? any ShownNumber {
      text.append(number, format)
    } else {
      // A format that does not apply must not vanish silently.
      var message = TextBuffer()
      message.append("a number format was given for a value of type ")
      message.append(String(describing: Value.self))
      message.append("; formats apply to numbers, so remove it [inline-format]")
      stop(message.string)
    }
    OutputChannel.sendInline(inlinePayload(index, text), high, low)
  }

#else

  public func _nnbookInline<Value: Displayable>(
    _ index: Int, _ value: Value, _ format: NumberFormat
  ) {
    var text = TextBuffer()
    value._write(to: &text)
    OutputChannel.send(.inline, inlinePayload(index, text))
  }

  public func _nnbookInline<Value: ShownNumber>(
    _ index: Int, _ value: Value, _ format: NumberFormat
  ) {
    var text = TextBuffer()
    text.append(value, format)
    OutputChannel.send(.inline, inlinePayload(index, text))
  }

#endif
