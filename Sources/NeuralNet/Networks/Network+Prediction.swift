internal import NeuralNetKernels

extension Network {
  /// What the network gives for an input, computed without a graph behind it, and as in use: layers that
  /// act differently while training do not.
  ///
  /// Where samples stand along axis 0 and do not look at each other, many go through in blocks, by the
  /// same operations in the same memory, so that what one layer gives is still in the cache when the
  /// next one takes it.
  @export(interface)
  public func predict(_ input: Tensor) -> Tensor {
    duringInference { predictInBlocks(input) }
  }

  @export(interface)
  private func predictInBlocks(_ input: Tensor) -> Tensor {
    let block = 512
    let shapes = checkedShapes(for: input.shape)
    guard input.shape.rank > 0, input.shape[0] > 2 * block, let shape = shapes.last, shape.rank > 0,
      shape[0] == input.shape[0], keepsSamplesApart(for: input.shape)
    else { return withoutGradients { self(input) } }

    requireFinite(input)
    let rows = input.shape[0]
    let width = input.count / rows
    let outputWidth = shape.count / rows
    let output = Tensor(shape, repeating: 0)
    let source = Tensor(input.shape.withCount(block), repeating: 0)
    let replay = Replay { self(source) }
    var start = 0
    while start < rows {
      // The last block starts earlier and does some rows again, which costs less than a new shape.
      start = Swift.min(start, rows - block)
      nn_copy(block * width, input.storage.values + start * width, source.storage.values)
      replay.forward()
      nn_copy(
        block * outputWidth, replay.result.storage.values,
        output.storage.values + start * outputWidth)
      start += block
    }
    return output
  }
}
