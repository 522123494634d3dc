/// Causal self-attention, attention to a memory, and a feed-forward block, each with a shortcut and a
/// normalization: what turns an encoder's output into a sequence.
///
/// Norm last: `a = norm₁(x + self(x))`, `b = norm₂(a + cross(a, memory))`, `y = norm₃(b + feed(b))`.
/// Norm first: `a = x + self(norm₁(x))`, `b = a + cross(norm₂(a), memory)`, `y = b + feed(norm₃(b))`.
/// `feed(b) = f(b W₁ + b₁) W₂ + b₂`.
///
///     let decoder = TransformerDecoderLayer(64, heads: 4)
///     decoder(target, memory: encoder(source))
///
/// - Shape: `[batch, length, width]` with a memory `[batch, memory length, width]`, kept
/// - Parameter count: `8 width² + 8 width` for both attentions, `2 width * feedForward + feedForward +
///   width` for the feed-forward block, `6 width` for the norms
/// - Gradient: by composition; it flows to the memory too
public final class TransformerDecoderLayer: Layer {
  /// `f` of the feed-forward block.
  public typealias Activation = TransformerEncoderLayer.Activation

  /// Numbers of each place, in the target as in the memory.
  public let width: Int
  /// Of both attentions; it divides the width.
  public let heads: Int
  /// Hidden units of the feed-forward block.
  public let feedForward: Int
  /// Whether a block's input is normalized, rather than the sum behind it.
  public let normFirst: Bool
  /// What follows the first map of the feed-forward block.
  public let activation: Activation
  /// The target looks at itself.
  public let selfAttention: MultiHeadAttention
  /// The target looks at the memory: queries come from it, keys and values from there.
  public let crossAttention: MultiHeadAttention
  /// `W₁` and `b₁`: from the width to the feed-forward width.
  public let expand: Dense
  /// `W₂` and `b₂`: from the feed-forward width back to the width.
  public let contract: Dense
  /// Of the block of self-attention.
  public let norm1: LayerNorm
  /// Of the block of cross-attention.
  public let norm2: LayerNorm
  /// Of the feed-forward block.
  public let norm3: LayerNorm
  /// What the layer attends to where it is called without one, as in a network.
  public var memory: Tensor?
  private let dropouts: [Dropout]
  /// Whether the values are to stay: drawn by a seed, or by the first network.
  private var isDrawn: Bool

  /// - Parameters:
  ///   - width: numbers of each place, in the target as in the memory.
  ///   - heads: of both attentions; must divide the width.
  ///   - feedForward: hidden units of the feed-forward block.
  ///   - dropout: the rate behind both attentions, inside the feed-forward block and behind it.
  ///   - activation: what follows the first map of the feed-forward block.
  ///   - normFirst: normalizing first trains deep stacks without a warm-up of the learning rate.
  ///   - causal: whether a place sees only itself and those before it in self-attention.
  ///   - epsilon: of the three norms.
  ///   - seed: decides the first values, in whatever network the layer stands.
  public init(
    _ width: Int, heads: Int, feedForward: Int = 2048, dropout: Float = 0,
    activation: Activation = .relu, normFirst: Bool = false, causal: Bool = true,
    epsilon: Float = 1e-5, seed: Int? = nil
  ) {
    let name = "TransformerDecoderLayer(\(width), heads: \(heads))"
    requireHeads(heads, width: width, in: name)
    requirePositive(feedForward, "feed-forward width", in: name)
    self.width = width
    self.heads = heads
    self.feedForward = feedForward
    self.normFirst = normFirst
    self.activation = activation
    var random = RandomSource(seed: seed ?? 0)
    func next() -> Int? { seed == nil ? nil : random.seed() }
    selfAttention = MultiHeadAttention(width, heads: heads, causal: causal, seed: next())
    crossAttention = MultiHeadAttention(width, heads: heads, seed: next())
    expand = Dense(width, feedForward, seed: next())
    contract = Dense(feedForward, width, seed: next())
    norm1 = LayerNorm(width, epsilon: epsilon)
    norm2 = LayerNorm(width, epsilon: epsilon)
    norm3 = LayerNorm(width, epsilon: epsilon)
    dropouts = [
      Dropout(dropout, seed: next()), Dropout(dropout, seed: next()),
      Dropout(dropout, seed: next()), Dropout(dropout, seed: next()),
    ]
    isDrawn = seed != nil
  }

  public var name: String {
    var text = "TransformerDecoderLayer(\(width), heads: \(heads), feedForward: \(feedForward)"
    if activation == .gelu { text += ", activation: .gelu" }
    if normFirst { text += ", normFirst: true" }
    if !selfAttention.isCausal { text += ", causal: false" }
    return text + ")"
  }

  private var parts: [any Layer] {
    [selfAttention, crossAttention, expand, contract, norm1, norm2, norm3]
      + dropouts.map { layer -> any Layer in layer }
  }

  public var parameters: [Parameter] { parts.flatMap { part in part.parameters } }

  public var parameterCount: Int {
    TransformerDecoderLayer.parameterCount(width: width, feedForward: feedForward)
  }

  /// The formula alone, for layers too large to make. The number of heads does not matter.
  public static func parameterCount(width: Int, feedForward: Int) -> Int {
    8 * width * width + 8 * width + 2 * width * feedForward + feedForward + width + 6 * width
  }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try selfAttention.outputShape(for: input)
  }

  public func initialize(for input: Shape, random: inout RandomSource) throws(ShapeError) {
    _ = try outputShape(for: input)
    var own = random.split()
    if isDrawn { return }
    isDrawn = true
    for part in parts where part !== contract { try part.initialize(for: input, random: &own) }
    try contract.initialize(for: input.withWidth(feedForward), random: &own)
  }

  public func prepare(for mode: Mode) { for part in parts { part.prepare(for: mode) } }

  /// For a memory of the input's own length.
  public func multiplyAdds(for input: Shape) -> Int {
    2 * selfAttention.multiplyAdds(for: input) + 2 * input.count * feedForward
  }

  /// The layer with the memory that was put into it.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    guard let memory else {
      stop(
        """
        \(name): needs a memory to attend to; call it with memory:, or set its memory first \
        [no-memory]
        """)
    }
    return self(input, memory: memory)
  }

  /// The layer with keys hidden from queries: masks are `[query][key]`, padding `[batch][key]`, true
  /// where a key must not be seen. `Replay` and `TrainingStep` run with the masks of the first time.
  public func callAsFunction(
    _ input: Tensor, memory: Tensor, mask: [[Bool]]? = nil, memoryMask: [[Bool]]? = nil,
    padding: [[Bool]]? = nil, memoryPadding: [[Bool]]? = nil
  ) -> Tensor {
    _ = checkedOutputShape(for: input.shape)
    func attend(_ x: Tensor) -> Tensor {
      dropouts[0](selfAttention.attend(x, x, x, mask: mask, padding: padding).output)
    }
    func look(_ x: Tensor) -> Tensor {
      dropouts[1](
        crossAttention.attend(x, memory, memory, mask: memoryMask, padding: memoryPadding).output)
    }
    if normFirst {
      let a = input + attend(norm1(input))
      let b = a + look(norm2(a))
      return b + feed(norm3(b))
    }
    let a = norm1(input + attend(input))
    let b = norm2(a + look(a))
    return norm3(b + feed(b))
  }

  private func feed(_ x: Tensor) -> Tensor {
    let inner: Tensor =
      switch activation {
      case .relu: x.affine(weight: expand.weight, bias: expand.bias, activation: .relu)
      case .gelu: expand(x).gelu()
      }
    return dropouts[3](contract(dropouts[2](inner)))
  }
}
