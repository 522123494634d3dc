/// Gradients held against central differences, `(f(x + h) - f(x - h)) / 2h`.
public struct GradientCheck: Sendable {
  /// The largest `|computed - measured| / max(1, |computed|, |measured|)`.
  public private(set) var worstError: Float = 0
  /// Where it is: the number of the tensor and of its element.
  public private(set) var worstPlace: (tensor: Int, element: Int) = (0, 0)
  /// The gradient at the worst place, by backpropagation.
  public private(set) var computed: Float = 0
  /// The central difference at the worst place.
  public private(set) var measured: Float = 0

  /// Checks the gradients of `loss`, a number computed anew at each call, for all elements of
  /// `tensors`. Functions with kinks should not be checked closer to one than `step`.
  public init(of tensors: [Tensor], step: Float = 1e-2, _ loss: () -> Tensor) {
    for tensor in tensors {
      guard tensor.needsGradient else {
        stop("GradientCheck: a tensor of shape \(tensor.shape) needs no gradient [no-gradient]")
      }
      tensor.clearGradient()
    }
    loss().backward()
    for (number, tensor) in tensors.enumerated() {
      let gradient = tensor.gradient ?? Tensor(tensor.shape, repeating: 0)
      for element in 0..<tensor.count {
        let values = tensor.storage.values
        let value = values[element]
        values[element] = value + step
        let above = withoutGradients { loss().scalar }
        let width = values[element]
        values[element] = value - step
        let below = withoutGradients { loss().scalar }
        let measured = Float((Double(above) - Double(below)) / Double(width - values[element]))
        values[element] = value
        note(number, element, gradient.storage.values[element], measured)
      }
    }
  }

  private mutating func note(_ tensor: Int, _ element: Int, _ computed: Float, _ measured: Float) {
    let error = abs(computed - measured) / Swift.max(1, abs(computed), abs(measured))
    guard !(error <= worstError) else { return }
    worstError = error
    worstPlace = (tensor, element)
    self.computed = computed
    self.measured = measured
  }
}
