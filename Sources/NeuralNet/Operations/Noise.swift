internal import NeuralNetKernels

/// A source of random tensors that a recorded step draws anew each time it runs.
///
/// Numbers of `Tensor.normal` are fixed once a `TrainingStep` or `Replay` is recorded; those of a
/// noise are fresh at every step, as a variational autoencoder needs them:
///
///     let noise = Noise(seed: 7)
///     let z = mean + (logVariance / 2).exp() * noise.normal(like: mean)
///
/// Nothing flows back to the numbers. While a layer asks what shape it would give, none are drawn.
public final class Noise {
  fileprivate var random: RandomSource

  /// The same seed gives the same numbers in the same order.
  public init(seed: Int = 0) { random = RandomSource(seed: seed) }

  /// Goes back to the beginning of a seed's numbers.
  public func restart(seed: Int) { random = RandomSource(seed: seed) }

  /// Normally distributed numbers, of mean 0 and deviation 1.
  public func normal(_ shape: Shape) -> Tensor { Draw(self, .normal, shape.count).result(shape) }

  /// Normally distributed numbers in the shape of a tensor.
  public func normal(like tensor: Tensor) -> Tensor { normal(tensor.shape) }

  /// Numbers drawn evenly from 0..<1.
  public func uniform(_ shape: Shape) -> Tensor { Draw(self, .uniform, shape.count).result(shape) }

  /// Numbers drawn evenly from 0..<1 in the shape of a tensor.
  public func uniform(like tensor: Tensor) -> Tensor { uniform(tensor.shape) }

  fileprivate enum Law {
    case normal
    case uniform
  }

  fileprivate final class Draw: Operation {
    private let noise: Noise
    private let law: Law

    init(_ noise: Noise, _ law: Law, _ count: Int) {
      self.noise = noise
      self.law = law
      super.init(inputs: [], outputCount: count)
    }

    override func forward() {
      for index in 0..<output.count {
        output.values[index] =
          switch law {
          case .normal: noise.random.normal()
          case .uniform: noise.random.uniform()
          }
      }
    }

    override func backward() {}
  }
}
