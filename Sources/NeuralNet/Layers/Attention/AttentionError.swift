/// Why queries, keys and values, or their masks, do not go together.
public enum AttentionError: Error, Equatable, Sendable {
  /// The three sides.
  public enum Side: Sendable {
    /// What asks: one row of scores for each.
    case query
    /// What a query is held against.
    case key
    /// What is mixed by the scores.
    case value

    var word: String {
      switch self {
      case .query: "query"
      case .key: "key"
      case .value: "value"
      }
    }
  }

  /// A side without the three axes of batch, place and width.
  case rank(Side, Shape)
  /// A side of another width than the layer was made for.
  case width(Side, expected: Int, got: Shape)
  /// Sides with different numbers of sequences.
  case batch(query: Shape, Side, Shape)
  /// Keys and values come in pairs.
  case lengths(keys: Int, values: Int)
  /// A mask of another shape than `[queries, keys]`, with or without the batch in front.
  case maskSize(expected: Shape, got: Shape)
  /// A padding mask of another shape than `[batch, keys]`.
  case paddingSize(expected: Shape, got: Shape)
  /// A query that may look at nothing.
  case nothingToSee(batch: Int, query: Int)
}

extension AttentionError: CustomStringConvertible {
  public var description: String {
    @export(interface) get {
      switch self {
      case .rank(let side, let shape):
        "the \(side.word) must have 3 axes, got \(shape.rank): \(shape) [wrong-rank]"
      case .width(let side, let expected, let got):
        "expected a \(side.word) of width \(expected), got \(got.width): \(got) [wrong-width]"
      case .batch(let query, let side, let shape):
        "query \(query) and \(side.word) \(shape) must have the same batch size [different-shapes]"
      case .lengths(let keys, let values):
        "keys and values come in pairs, got \(keys) keys and \(values) values [different-shapes]"
      case .maskSize(let expected, let got):
        "the mask must be [queries, keys] = \(expected), got \(got) [wrong-size]"
      case .paddingSize(let expected, let got):
        "the padding mask must be [batch, keys] = \(expected), got \(got) [wrong-size]"
      case .nothingToSee(let batch, let query):
        "the masks leave query \(query) of batch entry \(batch) no key to see [nothing-to-see]"
      }
    }
  }
}

extension MultiHeadAttention {
  /// Throws why the shapes or masks do not go together; else tells which keys each query of each
  /// batch entry must not see, row by row, or nil where it sees all.
  @discardableResult
  @export(interface)
  public func validate(
    _ query: Shape, _ key: Shape, _ value: Shape, mask: [[Bool]]? = nil, padding: [[Bool]]? = nil
  ) throws(AttentionError) -> [Bool]? {
    try check(.query, query, width, query)
    try check(.key, key, keyWidth, query)
    try check(.value, value, valueWidth, query)
    let (batchAxis, lengthAxis) = isBatchFirst ? (0, 1) : (1, 0)
    let (batch, queries, keys) = (query[batchAxis], query[lengthAxis], key[lengthAxis])
    guard value[lengthAxis] == keys else {
      throw .lengths(keys: keys, values: value[lengthAxis])
    }
    if let mask, mask.count != queries || !mask.allSatisfy({ $0.count == keys }) {
      throw .maskSize(expected: [queries, keys], got: [mask.count, mask.first?.count ?? 0])
    }
    if let padding, padding.count != batch || !padding.allSatisfy({ $0.count == keys }) {
      throw .paddingSize(expected: [batch, keys], got: [padding.count, padding.first?.count ?? 0])
    }
    if mask == nil && padding == nil && !isCausal { return nil }
    var blocked: [Bool] = []
    for entry in 0..<batch {
      for row in 0..<queries {
        var sees = keys == 0
        for column in 0..<keys {
          let isBlocked =
            isCausal && column > row || mask?[row][column] ?? false
            || padding?[entry][column] ?? false
          blocked.append(isBlocked)
          if !isBlocked { sees = true }
        }
        if !sees { throw .nothingToSee(batch: entry, query: row) }
      }
    }
    return blocked
  }

  @export(interface)
  private func check(
    _ side: AttentionError.Side, _ shape: Shape, _ width: Int, _ query: Shape
  ) throws(AttentionError) {
    guard shape.rank == 3 else { throw .rank(side, shape) }
    guard shape.width == width else { throw .width(side, expected: width, got: shape) }
    let axis = isBatchFirst ? 0 : 1
    guard shape[axis] == query[axis] else { throw .batch(query: query, side, shape) }
  }
}

/// What attention gives.
public struct Attention {
  /// `[batch, queries, width]`, differentiable.
  public let output: Tensor
  let operation: ScaledDotProduct

  /// How much each query looks at each key, `[batch, heads, queries, keys]`; a copy.
  public var weights: Tensor {
    Tensor(
      [operation.batch, operation.heads, operation.queries, operation.keys],
      Array(
        UnsafeBufferPointer(start: operation.weights.values, count: operation.weights.count)))
  }

  /// The mean of the weights over the heads, `[batch, queries, keys]`.
  public var meanWeights: Tensor { weights.mean(axis: 1) }
}
