/// A layer that does not fit the shape that reaches it.
public struct NetworkError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The layer as written, `Dense(256, 10)`.
  public let layer: String
  /// Its place, counted from 1.
  public let place: Int
  /// How many layers the network has.
  public let count: Int
  /// The layer before it, if any.
  public let previous: String?
  /// What the layer's shape rule says of what comes in.
  public let error: ShapeError

  public var description: String {
    @export(interface) get {
      "layer \(place) of \(count), \(layer): \(reason)"
    }
  }

  private var reason: String {
    guard case .width(let expected, let got) = error else { return error.description }
    let source =
      previous.map { "\($0) before it gives \(got.width)" } ?? "the input has \(got.width)"
    return """
      expected \(expected) inputs, got \(got) with \(got.width): \(source); \
      \(fix(expected: expected, got: got)) [wrong-width]
      """
  }

  private func fix(expected: Int, got: Shape) -> String {
    if previous == nil && got.rank > 2
      && got.dimensions.dropFirst().reduce(1, { $0 * $1 }) == expected
    {
      return "flatten each sample to \(expected) numbers first"
    }
    return previous == nil
      ? "give the network rows of \(expected) numbers, or make this layer for \(got.width)"
      : "make this layer for \(got.width) inputs, or let the one before give \(expected)"
  }
}
