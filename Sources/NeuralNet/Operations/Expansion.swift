extension Tensor {
  /// The elements repeated along axes of size 1, and along new ones in front, to a shape.
  ///
  ///     Tensor([[1], [2]]).expanded(to: [2, 3])     // [[1, 1, 1], [2, 2, 2]]
  ///
  /// - Gradient: the sum over all repetitions
  @export(interface)
  public func expanded(to shape: Shape) -> Tensor {
    if shape == self.shape { return self }
    let common = Tensor.commonShape("expand", self, shape)
    guard common == shape else {
      stop(
        """
        expand: \(self.shape) does not repeat to \(shape); sizes must be equal or 1 \
        [not-broadcastable]
        """)
    }
    let own = self.shape.strides
    let missing = shape.rank - self.shape.rank
    let steps = (0..<shape.rank).map { axis in
      axis < missing || self.shape[axis - missing] == 1 ? 0 : own[axis - missing]
    }
    return Rearrangement(self, sizes: shape.dimensions, steps: steps).result(shape)
  }

  static func commonShape(_ name: StaticString, _ a: Tensor, _ b: Tensor) -> Shape {
    commonShape(name, a, b.shape)
  }

  static func commonShape(_ name: StaticString, _ a: Tensor, _ b: Shape) -> Shape {
    stopping("\(name)") { () throws(ShapeError) in try a.shape.broadcast(with: b) }
  }
}
