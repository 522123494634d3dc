import NeuralNet

extension DefaultStringInterpolation {
  /// A number inside a string, in a format: `"\(share, .percent(1)) of \(count, .grouped(0))"`.
  ///
  /// The formats and their rounding are those of values in sentences and of columns in tables, and
  /// the text is the same in the reader's page.
  public mutating func appendInterpolation<Number: ShownNumber>(
    _ number: Number, _ format: NumberFormat
  ) {
    var text = TextBuffer()
    text.append(number, format)
    appendInterpolation(text.string)
  }
}
