/// How alike two representations of the same samples are, whatever their widths: linear centered
/// kernel alignment, `‖BᵀA‖² / (‖AᵀA‖ ‖BᵀB‖)` of columns with their means taken off, in Frobenius norms
/// (S. Kornblith and others, 2019).
///
/// 1 where one is a rotation of the other, scaled; near 0 where they have nothing in common. Turning or
/// stretching all of a representation alike changes nothing; few samples for many features do, upwards.
///
/// - Parameters:
///   - a: `[samples, features…]`
///   - b: `[samples, features…]`, as many samples
/// - Returns: 0...1; NaN where all samples look alike in one of them
@export(interface)
public func centeredKernelAlignment(_ a: Tensor, _ b: Tensor) -> Float {
  guard a.shape.rank >= 1, b.shape.rank >= 1, a.shape[0] == b.shape[0], a.shape[0] > 0 else {
    stop(
      """
      centered kernel alignment: two representations of the same samples are needed, got \(a.shape) \
      and \(b.shape) [different-counts]
      """)
  }
  return withoutGradients {
    func centered(_ x: Tensor) -> Tensor {
      let rows = x.reshaped(to: [x.shape[0], x.count / x.shape[0]])
      return rows - rows.mean(axis: 0)
    }
    func size(_ x: Tensor, _ y: Tensor) -> Double {
      let product = x.matrixProduct(y, transposingFirst: true)
      return product.values.reduce(0.0) { $0 + Double($1) * Double($1) }
    }
    let (first, second) = (centered(a), centered(b))
    let sizes = (size(first, first) * size(second, second)).squareRoot()
    return Float(size(second, first) / sizes)
  }
}

extension Network {
  /// How alike what each layer of this network says is to what each layer of another one says about the
  /// same inputs, `[layers of this][layers of the other]`: see `centeredKernelAlignment`.
  ///
  ///     heatmap(net.layerSimilarities(to: other, on: test.inputs))
  public func layerSimilarities(to other: Network, on inputs: Tensor) -> [[Float]] {
    let (own, others) = withoutGradients { (activations(inputs), other.activations(inputs)) }
    return own.map { mine in others.map { theirs in centeredKernelAlignment(mine, theirs) } }
  }
}
