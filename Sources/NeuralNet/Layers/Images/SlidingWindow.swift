/// How a window moves over an image, and the sizes that follow.
struct SlidingWindow {
  var kernel: Extent
  var stride: Extent
  var padding: Extent
  var dilation: Extent = 1
  /// Whether a last window that only partly fits counts.
  var roundsUp = false

  func check(in owner: String) {
    kernel.requireAtLeast(1, "kernel", in: owner)
    stride.requireAtLeast(1, "stride", in: owner)
    padding.requireAtLeast(0, "padding", in: owner)
    dilation.requireAtLeast(1, "dilation", in: owner)
  }

  /// The size of the output along each axis of an image `[batch, channels, height, width]`.
  func output(for input: Shape) throws(ShapeError) -> Extent {
    Extent(
      try size(input[2], kernel.height, stride.height, padding.height, dilation.height),
      try size(input[3], kernel.width, stride.width, padding.width, dilation.width))
  }

  private func size(
    _ size: Int, _ kernel: Int, _ stride: Int, _ padding: Int, _ dilation: Int
  ) throws(ShapeError) -> Int {
    let reach = dilation * (kernel - 1) + 1
    let room = size + 2 * padding - reach
    guard room >= 0 else { throw .kernel(reach, padded: size + 2 * padding) }
    guard roundsUp else { return room / stride + 1 }
    let count = (room + stride - 1) / stride + 1
    // A window may not start in the padding behind the image.
    return (count - 1) * stride >= size + padding ? count - 1 : count
  }
}
