/// The largest value of each window; padding counts as -∞, the first of equal values is taken, and a
/// NaN before any other value.
///
/// - Shape: `[batch, channels, height, width]` to `[batch, channels, height', width']` with
///   `height' = ⌊(height + 2 padding - kernel) / stride⌋ + 1`, or rounded up
/// - Parameter count: 0
/// - Gradient: `dy` goes to the value that was taken
public final class MaxPool: Layer {
  private let window: SlidingWindow

  /// Windows of a size, which move by their size unless a stride is given.
  public init(
    _ kernel: Extent, stride: Extent? = nil, padding: Extent = 0, roundingUp: Bool = false
  ) {
    window = SlidingWindow(
      kernel: kernel, stride: stride ?? kernel, padding: padding, roundsUp: roundingUp)
    window.checkPooling(in: name)
  }

  public var name: String { "MaxPool(\(window.kernel))" }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try window.pooledShape(of: input)
  }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    let shape = checkedOutputShape(for: input.shape)
    return MaximumPooling(window, input, Extent(shape[2], shape[3])).result(shape)
  }
}

/// The mean of each window.
///
/// - Shape: as `MaxPool`
/// - Parameter count: 0
/// - Gradient: `dy / count` to each value of the window
public final class AveragePool: Layer {
  private let window: SlidingWindow
  /// Whether padding counts as zeros, or not at all.
  public let countsPadding: Bool

  /// Windows of a size, which move by their size unless a stride is given.
  public init(
    _ kernel: Extent, stride: Extent? = nil, padding: Extent = 0, countingPadding: Bool = true
  ) {
    window = SlidingWindow(kernel: kernel, stride: stride ?? kernel, padding: padding)
    countsPadding = countingPadding
    window.checkPooling(in: name)
  }

  public var name: String { "AveragePool(\(window.kernel))" }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try window.pooledShape(of: input)
  }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    let shape = checkedOutputShape(for: input.shape)
    return MeanPooling(window, input, Extent(shape[2], shape[3]), countsPadding).result(shape)
  }
}

extension SlidingWindow {
  func checkPooling(in owner: String) {
    check(in: owner)
    if padding.height > kernel.height / 2 || padding.width > kernel.width / 2 {
      let most = Extent(kernel.height / 2, kernel.width / 2)
      stop(
        """
        \(owner): padding must be at most half the kernel, \(most), got \(padding) \
        [padding-too-large]
        """)
    }
  }

  func pooledShape(of input: Shape) throws(ShapeError) -> Shape {
    guard input.rank == 4 else { throw .rank(expected: 4, got: input) }
    let size = try output(for: input)
    return [input[0], input[1], size.height, size.width]
  }
}
