/// Layers whose sizes are part of their type, so that the compiler finds what does not fit before
/// anything runs.
///
///     let net = TypedNetwork {
///       Typed.Dense<784, 128>()
///       Typed.ReLU()
///       Typed.Dense<128, 10>()
///     }
///     net.network       // the same layers as a Network
///
/// With `Typed.Dense<256, 10>()` at the end it would not compile: 128 is not 256.
public enum Typed {
  /// A fully connected layer, `y = x W + b`.
  ///
  /// - Shape: `[n, inputs]` to `[n, outputs]`
  /// - Parameter count: `inputs * outputs + outputs`
  /// - Gradient: that of the layer it makes
  public struct Dense<let inputs: Int, let outputs: Int> {
    private let hasBias: Bool
    private let initializer: Initializer

    /// The sizes stand in the type: `Typed.Dense<784, 128>()`.
    public init(bias: Bool = true, initializer: Initializer = .uniformFanIn) {
      hasBias = bias
      self.initializer = initializer
    }

    func makeLayer() -> any Layer {
      NeuralNet.Dense(inputs, outputs, bias: hasBias, initializer: initializer)
    }
  }

  /// `max(x, 0)`, of whatever width comes in.
  public struct ReLU {
    /// Fits behind every layer.
    public init() {}
  }

  /// `1 / (1 + exp(-x))`, of whatever width comes in.
  public struct Sigmoid {
    /// Fits behind every layer.
    public init() {}
  }

  /// `tanh(x)`, of whatever width comes in.
  public struct Tanh {
    /// Fits behind every layer.
    public init() {}
  }
}
