/// A height and a width: `3` for both, `[3, 2]` for each.
public struct Extent: Equatable, Sendable, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral,
  CustomStringConvertible
{
  public let height: Int
  public let width: Int

  public init(_ height: Int, _ width: Int) {
    self.height = height
    self.width = width
  }

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
