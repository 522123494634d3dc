/// Self-attention and a feed-forward block, each with a shortcut and a normalization.
///
/// Norm last: `a = norm₁(x + attention(x))`, `y = norm₂(a + feed(a))`. Norm first:
/// `a = x + attention(norm₁(x))`, `y = a + feed(norm₂(a))`. `feed(a) = f(a W₁ + b₁) W₂ + b₂`.
///
/// - Shape: `[batch, length, width]`, kept
/// - Parameter count: `4 width² + 4 width` for attention, `2 width * feedForward + feedForward +
///   width` for the feed-forward block, `4 width` for the norms
/// - Gradient: by composition
public final class TransformerEncoderLayer: Layer {
  /// `f` of the feed-forward block.
  public enum Activation: Sendable {
    /// `max(x, 0)`, as in the paper of the transformer.
    case relu
    /// `x Φ(x)`, as in BERT and GPT.
    case gelu
  }

  /// Numbers of each place.
  public let width: Int
  /// Of the attention; it divides the width.
  public let heads: Int
  /// Hidden units of the feed-forward block.
  public let feedForward: Int
  /// Whether a block's input is normalized, rather than the sum behind it.
  public let normFirst: Bool
  /// What follows the first map of the feed-forward block.
  public let activation: Activation
  /// Every place looks at every place of its sequence, or where causal at itself and those before.
  public let attention: MultiHeadAttention
  /// `W₁` and `b₁`: from the width to the feed-forward width.
  public let expand: Dense
  /// `W₂` and `b₂`: from the feed-forward width back to the width.
  public let contract: Dense
  /// Of the block of attention.
  public let norm1: LayerNorm
  /// Of the feed-forward block.
  public let norm2: LayerNorm
  private let dropouts: [Dropout]
  /// Whether the values are to stay: drawn by a seed, or by the first network.
  private var isDrawn: Bool

  /// - Parameters:
  ///   - width: numbers of each place.
  ///   - heads: must divide the width.
  ///   - feedForward: hidden units of the feed-forward block.
  ///   - dropout: the rate behind the attention, inside the feed-forward block and behind it.
  ///   - activation: what follows the first map of the feed-forward block.
  ///   - normFirst: normalizing first trains deep stacks without a warm-up of the learning rate.
  ///   - causal: whether a place sees only itself and those before it.
  ///   - epsilon: of the two norms.
  ///   - seed: decides the first values, in whatever network the layer stands.
  public init(
    _ width: Int, heads: Int, feedForward: Int = 2048, dropout: Float = 0,
    activation: Activation = .relu, normFirst: Bool = false, causal: Bool = false,
    epsilon: Float = 1e-5, seed: Int? = nil
  ) {
    let name = "TransformerEncoderLayer(\(width), heads: \(heads))"
    requireHeads(heads, width: width, in: name)
    requirePositive(feedForward, "feed-forward width", in: name)
    self.width = width
    self.heads = heads
    self.feedForward = feedForward
    self.normFirst = normFirst
    self.activation = activation
    var random = RandomSource(seed: seed ?? 0)
    func next() -> Int? { seed == nil ? nil : random.seed() }
    attention = MultiHeadAttention(width, heads: heads, causal: causal, seed: next())
    expand = Dense(width, feedForward, seed: next())
    contract = Dense(feedForward, width, seed: next())
    norm1 = LayerNorm(width, epsilon: epsilon)
    norm2 = LayerNorm(width, epsilon: epsilon)
    dropouts = [
      Dropout(dropout, seed: next()), Dropout(dropout, seed: next()),
      Dropout(dropout, seed: next()),
    ]
    isDrawn = seed != nil
  }

  public var name: String {
    var text = "TransformerEncoderLayer(\(width), heads: \(heads), feedForward: \(feedForward)"
    if activation == .gelu { text += ", activation: .gelu" }
    if normFirst { text += ", normFirst: true" }
    if attention.isCausal { text += ", causal: true" }
    return text + ")"
  }

  private var parts: [any Layer] {
    [attention, expand, contract, norm1, norm2] + dropouts.map { layer -> any Layer in layer }
  }

  public var parameters: [Parameter] { parts.flatMap { part in part.parameters } }

  public var parameterCount: Int {
    TransformerEncoderLayer.parameterCount(width: width, feedForward: feedForward)
  }

  /// The formula alone, for layers too large to make. The number of heads does not matter.
  public static func parameterCount(width: Int, feedForward: Int) -> Int {
    4 * width * width + 4 * width + 2 * width * feedForward + feedForward + width + 4 * width
  }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try attention.outputShape(for: input)
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

  public func multiplyAdds(for input: Shape) -> Int {
    attention.multiplyAdds(for: input) + 2 * input.count * feedForward
  }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    _ = checkedOutputShape(for: input.shape)
    return self(input, mask: nil)
  }

  /// The layer with keys hidden from queries: `mask[query][key]` and `padding[batch][key]` are true
  /// where a key must not be seen. `Replay` and `TrainingStep` run with the masks of the first time.
  public func callAsFunction(
    _ input: Tensor, mask: [[Bool]]?, padding: [[Bool]]? = nil
  ) -> Tensor {
    func attend(_ x: Tensor) -> Tensor {
      dropouts[0](attention.attend(x, x, x, mask: mask, padding: padding).output)
    }
    if normFirst {
      let sum = input + attend(norm1(input))
      return sum + feed(norm2(sum))
    }
    let sum = norm1(input + attend(input))
    return norm2(sum + feed(sum))
  }

  private func feed(_ x: Tensor) -> Tensor {
    let inner: Tensor =
      switch activation {
      case .relu: x.affine(weight: expand.weight, bias: expand.bias, activation: .relu)
      case .gelu: expand(x).gelu()
      }
    return dropouts[2](contract(dropouts[1](inner)))
  }
}
