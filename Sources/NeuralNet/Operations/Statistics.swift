extension Tensor {
  /// The variance of all elements, `[]`: the mean squared distance from their mean, where the sum is
  /// divided by one less than their number, or by the number itself where biased.
  public func variance(unbiased: Bool = true) -> Tensor {
    reshaped(to: [count]).variance(axis: 0, unbiased: unbiased)
  }

  /// Variances along one axis, which is dropped, or kept with size 1.
  ///
  /// - Parameters:
  ///   - axis: counted from the back where negative.
  ///   - keepingAxis: whether the axis stays, with size 1, so that the result broadcasts.
  ///   - unbiased: divides by one less than the size of the axis, as PyTorch does; `false` divides
  ///     by the size, as normalization layers and NumPy do.
  /// - Gradient: `dx = 2 (x - mean) dy / (n - 1)`, or `/ n`
  @export(interface)
  public func variance(axis: Int, keepingAxis: Bool = false, unbiased: Bool = true) -> Tensor {
    let place = checked(axis)
    let degrees = shape[place] - (unbiased ? 1 : 0)
    if degrees < 1 {
      stop(
        """
        variance: axis \(axis) of \(shape) is too short, \
        \(unbiased ? "an unbiased variance needs 2 values" : "a variance needs 1 value"), got \
        \(shape[place]) [too-few-values]
        """)
    }
    let squares = (self - mean(axis: place, keepingAxis: true)).squared()
    return squares.sum(axis: place, keepingAxis: keepingAxis) / Float(degrees)
  }

  /// Variances along several axes at once.
  public func variance(axes: [Int], keepingAxes: Bool = false, unbiased: Bool = true) -> Tensor {
    reducing(axes, keepingAxes) { $0.variance(axis: -1, unbiased: unbiased) }
  }

  /// The root of the variance of all elements, `[]`.
  public func standardDeviation(unbiased: Bool = true) -> Tensor {
    variance(unbiased: unbiased).sqrt()
  }

  /// The roots of variances along one axis; their gradient does not exist where all are equal.
  public func standardDeviation(
    axis: Int, keepingAxis: Bool = false, unbiased: Bool = true
  ) -> Tensor {
    variance(axis: axis, keepingAxis: keepingAxis, unbiased: unbiased).sqrt()
  }

  /// The roots of variances along several axes at once.
  public func standardDeviation(
    axes: [Int], keepingAxes: Bool = false, unbiased: Bool = true
  ) -> Tensor {
    variance(axes: axes, keepingAxes: keepingAxes, unbiased: unbiased).sqrt()
  }

  /// The Euclidean length of all elements, `[]`.
  public func norm() -> Tensor { squared().sum().sqrt() }

  /// Euclidean lengths along one axis, which is dropped, or kept with size 1.
  public func norm(axis: Int, keepingAxis: Bool = false) -> Tensor {
    squared().sum(axis: axis, keepingAxis: keepingAxis).sqrt()
  }

  /// The cosine of the angle between vectors along an axis, `a · b / (|a| |b|)`, in -1...1; shapes
  /// broadcast and the axis is dropped. Lengths count as at least `epsilon`.
  ///
  ///     a.cosineSimilarity(to: b)                                     // [n, d], [n, d] to [n]
  ///     x.reshaped(n, 1, d).cosineSimilarity(to: x.reshaped(1, n, d)) // each with each, [n, n]
  @export(interface)
  public func cosineSimilarity(
    to other: Tensor, axis: Int = -1, epsilon: Float = 1e-8
  ) -> Tensor {
    let both = Tensor.commonShape("cosine similarity", self, other)
    let (a, b) = (expanded(to: both), other.expanded(to: both))
    // At the square's least value, so that a vector of zeros has the gradient 0 and not NaN.
    func length(_ x: Tensor) -> Tensor {
      x.squared().sum(axis: axis).clamp(min: epsilon * epsilon).sqrt()
    }
    return (a * b).sum(axis: axis) / (length(a) * length(b))
  }
}
