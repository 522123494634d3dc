extension Tensor {
  /// Sums along several axes at once, which are dropped, or kept with size 1.
  ///
  ///     images.sum(axes: [2, 3])     // [batch, channels]
  public func sum(axes: [Int], keepingAxes: Bool = false) -> Tensor {
    reducing(axes, keepingAxes) { $0.sum(axis: -1) }
  }

  /// Means along several axes at once, which are dropped, or kept with size 1.
  public func mean(axes: [Int], keepingAxes: Bool = false) -> Tensor {
    reducing(axes, keepingAxes) { $0.mean(axis: -1) }
  }

  /// The largest elements along several axes at once; the gradient goes to the first of equal ones.
  public func max(axes: [Int], keepingAxes: Bool = false) -> Tensor {
    reducing(axes, keepingAxes) { $0.max(axis: -1) }
  }

  /// The smallest elements along several axes at once; the gradient goes to the first of equal ones.
  public func min(axes: [Int], keepingAxes: Bool = false) -> Tensor {
    reducing(axes, keepingAxes) { $0.min(axis: -1) }
  }

  /// Brings the axes to the end, joins them to one, and reduces that.
  @export(interface)
  func reducing(_ axes: [Int], _ keepingAxes: Bool, _ reduce: (Tensor) -> Tensor) -> Tensor {
    var isReduced = [Bool](repeating: false, count: shape.rank)
    for axis in axes {
      let place = checked(axis)
      if isReduced[place] {
        stop("Tensor \(shape): axis \(axis) is named twice [axis-order]")
      }
      isReduced[place] = true
    }
    var (order, sizes, keptSizes): ([Int], [Int], [Int]) = ([], [], [])
    var joined = 1
    for axis in 0..<shape.rank {
      if isReduced[axis] {
        joined *= shape[axis]
        if keepingAxes { keptSizes.append(1) }
      } else {
        order.append(axis)
        sizes.append(shape[axis])
        keptSizes.append(shape[axis])
      }
    }
    for axis in 0..<shape.rank where isReduced[axis] { order.append(axis) }
    var isInOrder = true
    for (place, axis) in order.enumerated() where place != axis { isInOrder = false }
    let strides = shape.strides
    let turned =
      isInOrder
      ? self
      : Rearrangement(
        self, sizes: order.map { axis in shape[axis] }, steps: order.map { axis in strides[axis] }
      ).result(Shape(order.map { axis in shape[axis] }))
    return reduce(turned.reshaped(to: sizes + [joined])).reshaped(to: keptSizes)
  }
}
