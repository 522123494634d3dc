/// A height and a width: `3` for both, `[3, 2]` for each.
public struct Extent: Equatable, Sendable, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral,
  CustomStringConvertible
{
  /// Along axis 2 of images: rows of pixels.
  public let height: Int
  /// Along axis 3 of images: columns of pixels.
  public let width: Int

  /// Rows first, as shapes have them.
  public init(_ height: Int, _ width: Int) {
    self.height = height
    self.width = width
  }

  /// A square one, for a size that is a variable; a number written out is one already.
  public init(_ both: Int) { self.init(both, both) }

  public init(integerLiteral both: Int) { self.init(both, both) }

  public init(arrayLiteral sizes: Int...) {
    guard sizes.count == 2 else {
      stop("Extent: a height and a width are needed, got \(sizes.count) numbers [element-count]")
    }
    self.init(sizes[0], sizes[1])
  }

  public var description: String { height == width ? "\(height)" : "[\(height), \(width)]" }

  func requireAtLeast(_ low: Int, _ what: StaticString, in owner: String) {
    if height < low || width < low {
      stop("\(owner): \(what) must be at least \(low), got \(self) [size-not-positive]")
    }
  }
}
