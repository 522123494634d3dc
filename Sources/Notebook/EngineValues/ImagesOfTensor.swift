import NeuralNet

/// Draws the images that a tensor holds: `[height, width]` is one, `[count, height, width]` are several,
/// and of `[count, channels, height, width]` each channel is an image of its own, with the channels of a
/// sample in a row.
///
/// ```swift
/// images(net.activations(x)[0])                          // what each channel of a convolution says
/// images((net.layers[0] as! Convolution2D).weight)       // its kernels
/// ```
public func images(
  _ tensor: Tensor, names: [String] = [], title: String = "", columns: Int? = nil,
  rowNames: [String] = []
) -> Figure {
  let shape = tensor.shape
  guard (2...4).contains(shape.rank), tensor.count > 0 else {
    stop(
      """
      images: a tensor [height, width], [count, height, width] or \
      [count, channels, height, width] is needed, got \(shape) [wrong-rank]
      """)
  }
  let size = shape[shape.rank - 2] * shape.width
  let values = tensor.values
  let rows = (0..<tensor.count / size).map { image in
    Array(values[image * size..<(image + 1) * size])
  }
  let channels = shape.rank == 4 && shape[1] > 1 ? shape[1] : nil
  return images(
    rows, width: shape.width, names: names, title: title, columns: columns ?? channels,
    rowNames: rowNames)
}
