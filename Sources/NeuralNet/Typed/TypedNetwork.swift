/// A network whose layers the compiler has fitted together.
///
/// - Shape: `[n, inputs]` to `[n, outputs]`
/// - Parameter count: the sum of the layers'
public struct TypedNetwork<let inputs: Int, let outputs: Int> {
  /// The same layers without sizes in their types: what trains, predicts, and is shown.
  public let network: Network

  /// Layers that do not fit do not compile. The seed decides all initial values.
  public init(seed: Int = 0, @TypedNetworkBuilder _ chain: () -> TypedChain<inputs, outputs>) {
    let layers = chain().layers
    network = Network(inputs: inputs, seed: seed) { layers }
  }

  /// The sum of the layers'.
  public var parameterCount: Int { network.parameterCount }

  /// The layers applied: `[n, inputs]` to `[n, outputs]`; stops for rows of another width.
  public func callAsFunction(_ input: Tensor) -> Tensor { network(input) }
}

/// Layers that fit, so far.
public struct TypedChain<let inputs: Int, let outputs: Int> {
  let layers: [any Layer]
}

/// Takes layers one by one; each must take as many numbers as the one before gives.
@resultBuilder
public enum TypedNetworkBuilder {
  /// The first layer decides the width of the input.
  public static func buildPartialBlock<let a: Int, let b: Int>(
    first: Typed.Dense<a, b>
  ) -> TypedChain<a, b> {
    TypedChain(layers: [first.makeLayer()])
  }

  /// A fully connected layer must take the width that the layers before give.
  public static func buildPartialBlock<let a: Int, let b: Int, let c: Int>(
    accumulated: TypedChain<a, b>, next: Typed.Dense<b, c>
  ) -> TypedChain<a, c> {
    TypedChain(layers: accumulated.layers + [next.makeLayer()])
  }

  /// A rectifier keeps the width.
  public static func buildPartialBlock<let a: Int, let b: Int>(
    accumulated: TypedChain<a, b>, next: Typed.ReLU
  ) -> TypedChain<a, b> {
    TypedChain(layers: accumulated.layers + [ReLU()])
  }

  /// A sigmoid keeps the width.
  public static func buildPartialBlock<let a: Int, let b: Int>(
    accumulated: TypedChain<a, b>, next: Typed.Sigmoid
  ) -> TypedChain<a, b> {
    TypedChain(layers: accumulated.layers + [Sigmoid()])
  }

  /// A hyperbolic tangent keeps the width.
  public static func buildPartialBlock<let a: Int, let b: Int>(
    accumulated: TypedChain<a, b>, next: Typed.Tanh
  ) -> TypedChain<a, b> {
    TypedChain(layers: accumulated.layers + [Tanh()])
  }
}
