extension Network {
  /// How long the gradient is in each layer that has parameters: `|∂loss/∂(weights and biases)|`.
  @export(interface)
  public func gradientNorms(
    on data: Dataset, loss: Loss
  ) -> [(layer: String, place: Int, norm: Double)] {
    forgetGradients()
    loss(self(data.inputs), data.targets).backward()
    defer { forgetGradients() }
    var norms: [(layer: String, place: Int, norm: Double)] = []
    for (index, layer) in layers.enumerated() where !layer.parameters.isEmpty {
      var squares = 0.0
      for parameter in layer.parameters {
        for value in parameter.tensor.gradient?.values ?? [] {
          squares += Double(value) * Double(value)
        }
      }
      norms.append((layer.name, index + 1, squares.squareRoot()))
    }
    return norms
  }
}
