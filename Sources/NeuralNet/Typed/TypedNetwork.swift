/// A network whose layers the compiler has fitted together.
///
/// - Shape: `[n, inputs]` to `[n, outputs]`
/// - Parameter count: the sum of the layers'
public struct TypedNetwork<let inputs: Int, let outputs: Int> {
  /// The same layers without sizes in their types: what trains, predicts, and is shown.
  public let network: Network

  public init(seed: Int = 0, @TypedNetworkBuilder _ chain: () -> TypedChain<inputs, outputs>) {
    let layers = chain().layers
    network = Network(inputs: inputs, seed: seed) { layers }
  }

  public var parameterCount: Int { network.parameterCount }

  public func callAsFunction(_ input: Tensor) -> Tensor { network(input) }
}

/// Layers that fit, so far.
public struct TypedChain<let inputs: Int, let outputs: Int> {
  let layers: [any Layer]
}

/// Takes layers one by one; each must take as many numbers as the one before gives.
@resultBuilder
public enum TypedNetworkBuilder {
  public static func buildPartialBlock<let a: Int, let b: Int>(
    first: Typed.Dense<a, b>
  ) -> TypedChain<a, b> {
    TypedChain(layers: [first.makeLayer()])
  }

  public static func buildPartialBlock<let a: Int, let b: Int, let c: Int>(
    accumulated: TypedChain<a, b>, next: Typed.Dense<b, c>
  ) -> TypedChain<a, c> {
    TypedChain(layers: accumulated.layers + [next.makeLayer()])
  }

  public static func buildPartialBlock<let a: Int, let b: Int>(
    accumulated: TypedChain<a, b>, next: Typed.ReLU
  ) -> TypedChain<a, b> {
    TypedChain(layers: accumulated.layers + [ReLU()])
  }

  public static func buildPartialBlock<let a: Int, let b: Int>(
    accumulated: TypedChain<a, b>, next: Typed.Sigmoid
  ) -> TypedChain<a, b> {
    TypedChain(layers: accumulated.layers + [Sigmoid()])
  }

  public static func buildPartialBlock<let a: Int, let b: Int>(
    accumulated: TypedChain<a, b>, next: Typed.Tanh
  ) -> TypedChain<a, b> {
    TypedChain(layers: accumulated.layers + [Tanh()])
  }
}
