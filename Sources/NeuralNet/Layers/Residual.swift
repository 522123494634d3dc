/// A shortcut around layers, `y = x + f(x)`.
///
///     Residual {
///       Dense(16)
///       ReLU()
///       Dense(16)
///     }
///
/// - Shape: any that the layers keep
/// - Parameter count: the sum of the layers'
/// - Gradient: by composition
public final class Residual: Layer {
  /// The layers that the shortcut goes around.
  public let body: Network

  /// Layers that together keep the shape, as the sum needs it; the network stops with both where not.
  public init(@NetworkBuilder _ layers: () -> [any Layer]) { body = Network(layers()) }

  public var name: String {
    "Residual(" + joined(body.layers.map { layer in layer.name }) + ")"
  }

  public var parameters: [Parameter] { body.parameters }

  public var buffers: [Parameter] { body.buffers }

  public var parameterCount: Int { body.parameterCount }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    let output = try body.outputShape(for: input)
    guard output == input else { throw .different(input, output) }
    return input
  }

  public func initialize(for input: Shape, random: inout RandomSource) throws(ShapeError) {
    try body.initialize(for: input, random: &random)
    _ = try outputShape(for: input)
  }

  public func prepare(for mode: Mode) { body.prepare(for: mode) }

  public func multiplyAdds(for input: Shape) -> Int { body.multiplyAdds(for: input) }

  public func keepsSamplesApart(for input: Shape) -> Bool { body.keepsSamplesApart(for: input) }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    _ = checkedOutputShape(for: input.shape)
    return input + body(input)
  }

  private func joined(_ names: [String]) -> String {
    var text = ""
    for name in names { text += text.isEmpty ? name : ", " + name }
    return text
  }
}
