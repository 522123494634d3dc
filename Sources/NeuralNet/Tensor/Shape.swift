/// The sizes of a tensor's axes, outermost first; a number has the shape `[]`.
public struct Shape: Equatable, Sendable, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// One size for each axis.
  public let dimensions: [Int]

  /// How many elements there are.
  public let count: Int

  /// - Precondition: no dimension is negative, and the elements can be counted.
  @export(interface)
  public init(_ dimensions: [Int]) {
    var count = 1
    for size in dimensions {
      if size < 0 { stop("Shape \(Shape.text(dimensions)) has a negative size [negative-size]") }
      let (product, overflows) = count.multipliedReportingOverflow(by: size)
      if overflows && !dimensions.contains(0) {
        stop("Shape \(Shape.text(dimensions)) has more elements than can be counted [too-large]")
      }
      count = overflows ? 0 : product
    }
    self.dimensions = dimensions
    self.count = count
  }

  public init(arrayLiteral dimensions: Int...) { self.init(dimensions) }

  /// How many axes there are.
  public var rank: Int { dimensions.count }

  /// The size of an axis.
  public subscript(axis: Int) -> Int { dimensions[axis] }

  /// The size of the last axis; 1 for a number.
  public var width: Int { dimensions.last ?? 1 }

  /// How many rows of `width` there are.
  public var rows: Int {
    @export(interface) get { dimensions.dropLast().reduce(1) { $0 &* $1 } }
  }

  /// This shape with another last axis.
  @export(interface)
  public func withWidth(_ width: Int) -> Shape { Shape(dimensions.dropLast() + [width]) }

  public var description: String { Shape.text(dimensions) }

  /// Row-major distances between neighbors along each axis.
  var strides: [Int] {
    @export(interface) get {
      var strides = dimensions
      var step = 1
      for axis in dimensions.indices.reversed() {
        strides[axis] = step
        step &*= dimensions[axis]
      }
      return strides
    }
  }

  @export(interface)
  private static func text(_ dimensions: [Int]) -> String {
    var text = "["
    for (axis, size) in dimensions.enumerated() {
      if axis > 0 { text += ", " }
      text += "\(size)"
    }
    return text + "]"
  }
}
