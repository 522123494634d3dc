/// Attention in several heads side by side.
///
/// `q = Q W_q + b_q`, `k = K W_k + b_k`, `v = V W_v + b_v` are cut into `heads` blocks of columns;
/// each block gives `softmax(q kᵀ / √(width / heads)) v`; joined again they go through
/// `y = joined W_o + b_o`.
///
/// - Shape: query `[batch, queries, width]`, key `[batch, keys, keyWidth]`, value
///   `[batch, keys, valueWidth]` to `[batch, queries, width]`; batch second where not batch first
/// - Parameter count: `(2 width + keyWidth + valueWidth) * width + 4 width`, which is
///   `4 width² + 4 width` where all widths are equal; without bias the square terms alone
/// - Gradient: by composition of affine maps and `ScaledDotProduct`
public final class MultiHeadAttention: Layer {
  /// Numbers of a query, and of each place of the output.
  public let width: Int
  /// Into how many blocks the width is cut, each with a softmax of its own; it divides the width.
  public let heads: Int
  /// Numbers of a key; the width unless stated.
  public let keyWidth: Int
  /// Numbers of a value; the width unless stated.
  public let valueWidth: Int
  /// Whether each of the four maps adds a bias.
  public let hasBias: Bool
  /// Whether a query sees only keys at its own place and before.
  public let isCausal: Bool
  /// Whether axis 0 counts sequences and axis 1 places, or the other way round.
  public let isBatchFirst: Bool
  /// `[width, width]`
  public private(set) var queryWeight: Tensor
  /// `[keyWidth, width]`
  public private(set) var keyWeight: Tensor
  /// `[valueWidth, width]`
  public private(set) var valueWeight: Tensor
  /// `[width, width]`
  public private(set) var outputWeight: Tensor
  /// `[width]` each
  public let queryBias: Tensor?
  /// Added to `K W_k`, `[width]`; nil without bias.
  public let keyBias: Tensor?
  /// Added to `V W_v`, `[width]`; nil without bias.
  public let valueBias: Tensor?
  /// Added to the joined heads' map, `[width]`; nil without bias.
  public let outputBias: Tensor?
  /// Whether the values are to stay: drawn by a seed, or by the first network.
  private var isDrawn: Bool

  /// The three maps of the input are drawn by Xavier's uniform rule, `W_o` within ±1/√width, as PyTorch has
  /// it; biases are 0. A layer with a seed keeps the values of that seed in whatever network it stands.
  ///
  /// - Parameters:
  ///   - width: numbers of a query, and of each place of the output.
  ///   - heads: into how many blocks the width is cut; must divide it.
  ///   - keyWidth: numbers of a key; the width when left out.
  ///   - valueWidth: numbers of a value; the width when left out.
  ///   - bias: whether each of the four maps adds a bias.
  ///   - causal: whether a query sees only keys at its own place and before.
  ///   - batchFirst: whether axis 0 counts sequences and axis 1 places, or the other way round.
  ///   - seed: decides the first values, in whatever network the layer stands.
  @export(interface)
  public init(
    _ width: Int, heads: Int, keyWidth: Int? = nil, valueWidth: Int? = nil, bias: Bool = true,
    causal: Bool = false, batchFirst: Bool = true, seed: Int? = nil
  ) {
    let name = "MultiHeadAttention(\(width), heads: \(heads))"
    requireHeads(heads, width: width, in: name)
    requirePositive(keyWidth ?? 1, "key width", in: name)
    requirePositive(valueWidth ?? 1, "value width", in: name)
    self.width = width
    self.heads = heads
    self.keyWidth = keyWidth ?? width
    self.valueWidth = valueWidth ?? width
    hasBias = bias
    isCausal = causal
    isBatchFirst = batchFirst
    isDrawn = seed != nil
    func zeros() -> Tensor? { bias ? Tensor([width], repeating: 0, needsGradient: true) : nil }
    (queryBias, keyBias, valueBias, outputBias) = (zeros(), zeros(), zeros(), zeros())
    queryWeight = Tensor([0], [])
    keyWeight = queryWeight
    valueWeight = queryWeight
    outputWeight = queryWeight
    var random = RandomSource(seed: seed ?? 0)
    draw(&random)
  }

  public var name: String {
    "MultiHeadAttention(\(width), heads: \(heads)\(isCausal ? ", causal: true" : ""))"
  }

  public var parameters: [Parameter] {
    var list = [
      Parameter("queryWeight", queryWeight), Parameter("keyWeight", keyWeight),
      Parameter("valueWeight", valueWeight),
    ]
    if let queryBias { list.append(Parameter("queryBias", queryBias)) }
    if let keyBias { list.append(Parameter("keyBias", keyBias)) }
    if let valueBias { list.append(Parameter("valueBias", valueBias)) }
    list.append(Parameter("outputWeight", outputWeight))
    if let outputBias { list.append(Parameter("outputBias", outputBias)) }
    return list
  }

  public var parameterCount: Int {
    MultiHeadAttention.parameterCount(
      width: width, keyWidth: keyWidth, valueWidth: valueWidth, bias: hasBias)
  }

  /// The formula alone, for layers too large to make. The number of heads does not matter.
  public static func parameterCount(
    width: Int, keyWidth: Int? = nil, valueWidth: Int? = nil, bias: Bool = true
  ) -> Int {
    (2 * width + (keyWidth ?? width) + (valueWidth ?? width)) * width + (bias ? 4 * width : 0)
  }

  /// The rule for self-attention.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard input.rank == 3 else { throw .rank(expected: 3, got: input) }
    guard input.width == width else { throw .width(expected: width, got: input) }
    guard keyWidth == width && valueWidth == width else {
      throw .rule("keys and values as wide as the query in self-attention", got: keyWidth)
    }
    return input
  }

  public func initialize(for input: Shape, random: inout RandomSource) throws(ShapeError) {
    _ = try outputShape(for: input)
    var own = random.split()
    if isDrawn { return }
    draw(&own)
    isDrawn = true
  }

  public func multiplyAdds(for input: Shape) -> Int {
    let (batch, length) = isBatchFirst ? (input[0], input[1]) : (input[1], input[0])
    return batch * length * (4 * width * width + 2 * length * width)
  }

  public func keepsSamplesApart(for input: Shape) -> Bool { isBatchFirst }

  /// Self-attention.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    _ = checkedOutputShape(for: input.shape)
    return attend(input, input, input).output
  }

  /// Attention from queries to other keys and values.
  ///
  /// Masks are part of what is recorded: `Replay` and `TrainingStep` run with those of the first time.
  ///
  /// - Parameters:
  ///   - query: `[batch, queries, width]`, batch second where not batch first; the others alike.
  ///   - key: `[batch, keys, keyWidth]`
  ///   - value: `[batch, keys, valueWidth]`
  ///   - mask: `[queries][keys]`, true where a query must not see a key.
  ///   - padding: `[batch][keys]`, true where a key is padding.
  @export(interface)
  public func attend(
    _ query: Tensor, _ key: Tensor, _ value: Tensor, mask: [[Bool]]? = nil,
    padding: [[Bool]]? = nil
  ) -> Attention {
    let blocked = stopping(name) { () throws(AttentionError) in
      try validate(query.shape, key.shape, value.shape, mask: mask, padding: padding)
    }
    func inOrder(_ x: Tensor) -> Tensor { isBatchFirst ? x : x.transposed(1, 0, 2) }
    let operation = ScaledDotProduct(
      query: inOrder(query).affine(weight: queryWeight, bias: queryBias),
      key: inOrder(key).affine(weight: keyWeight, bias: keyBias),
      value: inOrder(value).affine(weight: valueWeight, bias: valueBias), heads: heads,
      blocked: blocked)
    let (batch, queries) =
      isBatchFirst
      ? (query.shape[0], query.shape[1]) : (query.shape[1], query.shape[0])
    let joined = operation.result([batch, queries, width])
    let output = inOrder(joined.affine(weight: outputWeight, bias: outputBias))
    return Attention(output: output, operation: operation)
  }

  @export(interface)
  private func draw(_ random: inout RandomSource) {
    // PyTorch draws the three matrices as one where their widths allow it.
    let isJoined = keyWidth == width && valueWidth == width
    func draw(_ rows: Int, _ initializer: Initializer, _ fanOut: Int) -> Tensor {
      initializer.tensor([rows, width], fanIn: rows, fanOut: fanOut, random: &random)
    }
    let fanOut = isJoined ? 3 * width : width
    queryWeight = draw(width, .xavierUniform, fanOut)
    keyWeight = draw(keyWidth, .xavierUniform, fanOut)
    valueWeight = draw(valueWidth, .xavierUniform, fanOut)
    outputWeight = draw(width, .uniformFanIn, width)
  }
}

@export(interface)
func requireHeads(_ heads: Int, width: Int, in name: String) {
  requirePositive(width, "width", in: name)
  requirePositive(heads, "heads", in: name)
  if width % heads != 0 {
    stop(
      """
      \(name): the heads must divide the width, got \(width) and \(heads); \
      the nearest number of heads that does is \(nearestDivisor(of: width, to: heads)) \
      [heads-do-not-divide]
      """)
  }
}

/// The divisor of a number that is nearest to another number, the smaller of two.
@export(interface)
private func nearestDivisor(of number: Int, to wanted: Int) -> Int {
  var best = 1
  for divisor in 1...number where number % divisor == 0 {
    if abs(divisor - wanted) < abs(best - wanted) { best = divisor }
  }
  return best
}
