/// Why a shape does not fit. It carries numbers, and only `description` makes words of them.
public enum ShapeError: Error, Equatable, Sendable {
  /// An axis count other than the expected one.
  case rank(expected: Int, got: Shape)
  /// A last axis of another size than the expected one.
  case width(expected: Int, got: Shape)
  /// An axis of another size than the expected one.
  case axis(Int, expected: Int, got: Shape)
  /// Two shapes that must be equal and are not.
  case different(Shape, Shape)
  /// Two shapes that broadcasting cannot bring together; the axis counts from the left of the first.
  case notBroadcastable(Shape, Shape)
  /// A product whose inner sizes disagree.
  case innerSizes(Shape, Shape)
  /// A rearrangement into another number of elements.
  case elementCount(expected: Int, got: Shape)
  /// An axis that the shape does not have.
  case noSuchAxis(Int, in: Shape)
  /// A kernel, dilation included, that is larger than the image with its padding.
  case kernel(Int, padded: Int)
  /// A rule of a layer's own, in its words: what was expected, and the number that was got.
  case rule(StaticString, got: Int)

  public static func == (a: ShapeError, b: ShapeError) -> Bool {
    a.description == b.description
  }
}

extension ShapeError: CustomStringConvertible {
  public var description: String {
    @export(interface) get {
      switch self {
      case .rank(let expected, let got):
        "expected \(expected) axes, got \(got.rank): \(got) [wrong-rank]"
      case .width(let expected, let got):
        "expected \(expected) in the last axis, got \(got.width): \(got) [wrong-width]"
      case .axis(let axis, let expected, let got):
        "expected \(expected) in axis \(axis), got \(got[axis]): \(got) [wrong-size]"
      case .different(let a, let b):
        "shapes must be equal, got \(a) and \(b)\(hint(a, b)) [different-shapes]"
      case .notBroadcastable(let a, let b):
        """
        \(a) and \(b) do not go together\(conflict(a, b)); sizes must be equal or 1 \
        [not-broadcastable]
        """
      case .innerSizes(let a, let b):
        """
        a product needs equal inner sizes, got \(a) · \(b): \
        \(a.width) columns against \(b.rank > 1 ? b[b.rank - 2] : b.width) rows [inner-sizes]
        """
      case .elementCount(let expected, let got):
        "\(got) holds \(got.count) elements, the tensor has \(expected) [element-count]"
      case .noSuchAxis(let axis, let shape):
        "axis \(axis) does not exist in \(shape), which has \(shape.rank) axes [no-such-axis]"
      case .kernel(let kernel, let padded):
        """
        expected a kernel of at most \(padded), the size of the padded input, got \(kernel) \
        [kernel-too-large]
        """
      case .rule(let words, let got):
        "expected \(words), got \(got) [layer-rule]"
      }
    }
  }

  private func hint(_ a: Shape, _ b: Shape) -> String {
    guard a.rank == b.rank + 1, a.count == b.count, a.width == 1 else { return "" }
    return "; reshape the second to \(a)"
  }

  private func conflict(_ a: Shape, _ b: Shape) -> String {
    let rank = max(a.rank, b.rank)
    for back in 1...max(rank, 1) where back <= a.rank && back <= b.rank {
      let (first, second) = (a[a.rank - back], b[b.rank - back])
      if first != second && first != 1 && second != 1 {
        return ": axis \(rank - back) is \(first) in one and \(second) in the other"
      }
    }
    return ""
  }
}
