internal import NeuralNetKernels

/// `softmax(q kᵀ / √d) v` for each head, all heads and batch entries in one operation.
///
/// The heads are blocks of columns of `q`, `k`, `v` and of the result, so nothing is rearranged.
///
/// - Gradient: with weights `w`: `dv = wᵀ dy`, `dw = dy vᵀ`, `ds = w (dw - Σ dw w) / √d`,
///   `dq = ds k`, `dk = dsᵀ q`
final class ScaledDotProduct: Operation {
  let batch: Int
  let queries: Int
  let keys: Int
  let heads: Int
  /// `[batch, heads, queries, keys]`
  let weights: Storage
  private let width: Int
  private let size: Int
  private let scale: Float
  private let query: Storage
  private let key: Storage
  private let value: Storage
  private let blocked: [Bool]?
  /// One head's gradients of weights, then of scores.
  private lazy var scores = Storage(count: queries * keys)

  @export(interface)
  init(query: Tensor, key: Tensor, value: Tensor, heads: Int, blocked: [Bool]?) {
    batch = query.shape[0]
    queries = query.shape[1]
    keys = key.shape[1]
    width = query.shape[2]
    self.heads = heads
    size = width / heads
    scale = 1 / Float(size).squareRoot()
    self.query = query.storage
    self.key = key.storage
    self.value = value.storage
    self.blocked = blocked
    weights = Storage(count: batch * heads * queries * keys)
    super.init(inputs: [query, key, value], outputCount: batch * queries * width)
  }

  @export(interface)
  override func forward() {
    for entry in 0..<batch {
      for head in 0..<heads {
        let w = weights.values + (entry * heads + head) * queries * keys
        let (q, k, v) = starts(entry, head)
        Product(queries, keys, size)
          .first(query.values + q, (width, 1)).second(key.values + k, (1, width))
          .write(to: w, accumulate: false)
        for row in 0..<queries { writeWeights(w + row * keys, entry * queries + row) }
        Product(queries, size, keys)
          .first(w, (keys, 1)).second(value.values + v, (width, 1))
          .write(to: output.values + q, row: width, accumulate: false)
      }
    }
  }

  /// Turns a row of scores into weights.
  @export(interface)
  private func writeWeights(_ w: UnsafeMutablePointer<Float>, _ row: Int) {
    if keys == 0 { return }
    var top = -Float.infinity
    for column in 0..<keys {
      let score = isBlocked(row, column) ? -Float.infinity : w[column] * scale
      w[column] = score
      if score > top { top = score }
    }
    nn_combine(NN_MINUS, keys, w, 1, &top, 0, w)
    nn_map(NN_EXP, keys, 0, w, w)
    var sum = nn_sum(keys, w)
    nn_combine(NN_OVER, keys, w, 1, &sum, 0, w)
  }

  @inline(__always)
  private func isBlocked(_ row: Int, _ column: Int) -> Bool {
    if let blocked { blocked[row * keys + column] } else { false }
  }

  @export(interface)
  override func backward() {
    let dq = query.needsGradient ? query.gradientToAddTo() : nil
    let dk = key.needsGradient ? key.gradientToAddTo() : nil
    let dv = value.needsGradient ? value.gradientToAddTo() : nil
    for entry in 0..<batch {
      for head in 0..<heads {
        let w = weights.values + (entry * heads + head) * queries * keys
        let (q, k, v) = starts(entry, head)
        let dy = output.gradient + q
        if let dv {
          Product(keys, size, queries)
            .first(w, (1, keys)).second(dy, (width, 1))
            .write(to: dv + v, row: width, accumulate: true)
        }
        if dq == nil && dk == nil { continue }
        Product(queries, keys, size)
          .first(dy, (width, 1)).second(value.values + v, (1, width))
          .write(to: scores.values, accumulate: false)
        for row in 0..<queries { writeScores(scores.values + row * keys, w + row * keys) }
        if let dq {
          Product(queries, size, keys)
            .first(scores.values, (keys, 1)).second(key.values + k, (width, 1))
            .write(to: dq + q, row: width, accumulate: true)
        }
        if let dk {
          Product(keys, size, queries)
            .first(scores.values, (1, keys)).second(query.values + q, (width, 1))
            .write(to: dk + k, row: width, accumulate: true)
        }
      }
    }
  }

  /// Turns a row of gradients of weights into those of scores.
  private func writeScores(
    _ ds: UnsafeMutablePointer<Float>, _ w: UnsafeMutablePointer<Float>
  ) {
    var sum = nn_sum_of_products(keys, ds, w)
    var factor = scale
    nn_combine(NN_MINUS, keys, ds, 1, &sum, 0, ds)
    nn_combine(NN_TIMES, keys, ds, 1, w, 1, ds)
    nn_combine(NN_TIMES, keys, ds, 1, &factor, 0, ds)
  }

  /// Where a head of a batch entry begins in queries, keys and values.
  private func starts(_ entry: Int, _ head: Int) -> (Int, Int, Int) {
    let key = entry * keys * width + head * size
    return (entry * queries * width + head * size, key, key)
  }
}
