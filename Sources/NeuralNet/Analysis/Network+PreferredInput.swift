extension Network {
  /// An input that makes one unit say as much as it can, found by gradient ascent from small noise
  /// (D. Erhan and others, 2009).
  ///
  /// - Parameters:
  ///   - unit: the place of the unit among the numbers that the layer gives for one sample.
  ///   - layer: place of the layer in `layers`; the last when left out.
  ///   - range: what each input number is held within.
  ///   - steps: how often the input moves along its gradient.
  ///   - learningRate: how far it moves, in units of the input.
  ///   - seed: decides the noise that it starts from.
  /// - Returns: one row, `[1, …]`, of the network's input shape
  public func preferredInput(
    ofUnit unit: Int, layer: Int? = nil, range: ClosedRange<Float> = 0...1, steps: Int = 100,
    learningRate: Float = 0.1, seed: Int = 0
  ) -> Tensor {
    guard let shape = inputShape else {
      stop("preferredInput: the network does not know its input shape [unknown-width]")
    }
    let layer = layer ?? layers.count - 1
    if !layers.indices.contains(layer) {
      stop("preferredInput: layer \(layer) is outside 0..<\(layers.count) [index-out-of-range]")
    }
    var random = RandomSource(seed: seed)
    let middle = (range.lowerBound + range.upperBound) / 2
    let width = range.upperBound - range.lowerBound
    var values = (0..<shape.count).map { _ in
      middle + width * 0.1 * (random.uniform() - 0.5)
    }
    for _ in 0..<steps {
      let x = Tensor(shape, values, needsGradient: true)
      let output = activations(x)[layer]
      if unit < 0 || unit >= output.count {
        stop("preferredInput: unit \(unit) is outside 0..<\(output.count) [index-out-of-range]")
      }
      output.reshaped(output.count).slice(axis: 0, unit..<unit + 1).sum().backward()
      guard let slope = x.gradient?.values else { break }
      var squares = 0.0
      for value in slope { squares += Double(value) * Double(value) }
      let norm = Float(squares.squareRoot())
      if norm == 0 { break }
      for index in values.indices {
        let moved = values[index] + learningRate * width * slope[index] / norm
        values[index] = Swift.min(Swift.max(moved, range.lowerBound), range.upperBound)
      }
    }
    forgetGradients()
    return Tensor(shape, values)
  }
}
