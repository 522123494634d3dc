/// A layer with a name of the author's, to find it by: `Dense(8).named("hidden")`.
///
/// - Shape: that of the layer
/// - Parameter count: that of the layer
/// - Gradient: that of the layer
public final class NamedLayer: Layer {
  /// The author's name, by which `net["hidden"]` finds the layer.
  public let label: String
  /// The layer that does the work.
  public let base: any Layer

  init(_ label: String, _ base: any Layer) {
    self.label = label
    self.base = base
  }

  public var name: String { "\(label): \(base.name)" }
  public var parameters: [Parameter] { base.parameters }
  public var buffers: [Parameter] { base.buffers }
  public var parameterCount: Int { base.parameterCount }
  public var absorbable: Activation { base.absorbable }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try base.outputShape(for: input)
  }

  public func initialize(for input: Shape, random: inout RandomSource) throws(ShapeError) {
    try base.initialize(for: input, random: &random)
  }

  public func prepare(for mode: Mode) { base.prepare(for: mode) }

  public func multiplyAdds(for input: Shape) -> Int { base.multiplyAdds(for: input) }

  public func keepsSamplesApart(for input: Shape) -> Bool { base.keepsSamplesApart(for: input) }

  public func callAsFunction(_ input: Tensor) -> Tensor { base(input) }

  public func callAsFunction(_ input: Tensor, absorbing activation: Activation) -> Tensor? {
    base.callAsFunction(input, absorbing: activation)
  }
}

extension Layer {
  /// This layer under a name.
  public func named(_ label: String) -> NamedLayer { NamedLayer(label, self) }
}

extension Network {
  /// The layer with a name of the author's, without the name around it.
  public subscript(label: String) -> any Layer {
    for layer in layers {
      if let named = layer as? NamedLayer, named.label.utf8.elementsEqual(label.utf8) {
        return named.base
      }
    }
    var known = ""
    for layer in layers {
      if let named = layer as? NamedLayer { known += (known.isEmpty ? "" : ", ") + named.label }
    }
    stop(
      "Network: no layer is named \(label); named layers: \(known.isEmpty ? "none" : known) "
        + "[unknown-layer]")
  }
}
