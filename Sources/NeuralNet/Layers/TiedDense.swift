/// A fully connected layer with the weight of another one, transposed: `y = x Wᵀ + b`.
///
/// Tied to an embedding it turns vectors back into one score for each index; tied to the dense layer of
/// an encoder it is the decoder. Both train the one array.
///
///     let words = Embedding(1000, 64)
///     Network(inputShape: [16]) { words; GRU(64, output: .last); TiedDense(to: words) }
///
/// - Shape: `[…, outputs of the other]` to `[…, inputs of the other]`; for an embedding `[…, width]` to
///   `[…, count]`
/// - Parameter count: that of the shared weight, which a network counts once, and one bias an output
/// - Gradient: `dx = dy W`, `dW += dyᵀ x`, `db` = column sums of `dy`
public final class TiedDense: Layer {
  private let dense: Dense?
  private let embedding: Embedding?
  /// `[outputs]`, of zeros at first; nil while the other layer's sizes are unknown.
  public private(set) var bias: Tensor?
  /// Whether the layer has a bias of its own; the other one's is not shared.
  public let hasBias: Bool

  /// The way back through a fully connected layer, as decoders have it.
  public init(to dense: Dense, bias: Bool = true) {
    (self.dense, embedding, hasBias) = (dense, nil, bias)
  }

  /// Vectors to one score an index, as language models end.
  public init(to embedding: Embedding, bias: Bool = false) {
    (dense, self.embedding, hasBias) = (nil, embedding, bias)
  }

  /// The other layer's, `[outputs, inputs]` of this one.
  public var weight: Tensor {
    if let embedding { return embedding.weight }
    guard let dense else { stop("TiedDense: is tied to no layer") }
    return dense.weight
  }

  private var isKnown: Bool { dense.map { $0.inputs != nil } ?? true }

  public var name: String {
    isKnown ? "TiedDense(\(weight.shape[1]), \(weight.shape[0]))" : "TiedDense"
  }

  public var parameters: [Parameter] {
    guard isKnown else { return [] }
    let shared = Parameter("weight", weight)
    return bias.map { bias in [shared, Parameter("bias", bias)] } ?? [shared]
  }

  public var parameterCount: Int { isKnown ? weight.count + (hasBias ? weight.shape[0] : 0) : 0 }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard input.rank >= 1 else { throw .rank(expected: 2, got: input) }
    guard isKnown else { return input }
    guard input.width == weight.shape[1] else {
      throw .width(expected: weight.shape[1], got: input)
    }
    return input.withWidth(weight.shape[0])
  }

  public func initialize(for input: Shape, random: inout RandomSource) throws(ShapeError) {
    if let dense, !isKnown {
      stop(
        """
        TiedDense: \(dense.name), which it is tied to, does not know its input width; put that layer \
        into the network before this one, or state the width [unknown-width]
        """)
    }
    _ = try outputShape(for: input)
    makeBias()
  }

  public func multiplyAdds(for input: Shape) -> Int { input.count * weight.shape[0] }

  public func keepsSamplesApart(for input: Shape) -> Bool { input.rank > 1 }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    _ = checkedOutputShape(for: input.shape)
    makeBias()
    let rows = input.reshaped(to: [input.shape.rows, input.shape.width])
    let product = rows.matrixProduct(weight, transposingSecond: true)
      .reshaped(to: input.shape.withWidth(weight.shape[0]).dimensions)
    return bias.map { bias in product + bias } ?? product
  }

  private func makeBias() {
    if hasBias && bias == nil {
      bias = Tensor([weight.shape[0]], repeating: 0, needsGradient: true)
    }
  }
}
