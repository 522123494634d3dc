internal import NeuralNetKernels

/// `op(A) op(B)` for one pair of matrices or a batch of them, where op may transpose.
final class MatrixProduct: Operation {
  private let a: Storage
  private let b: Storage
  private let plan: Plan

  /// Sizes of one product, and how far the operands move from one product to the next.
  struct Plan {
    var batch = 1
    var m = 0
    var n = 0
    var k = 0
    var transposeA = false
    var transposeB = false
    /// Whether all products share the second matrix.
    var sharedB = false
  }

  init(_ a: Tensor, _ b: Tensor, _ plan: Plan) {
    self.a = a.storage
    self.b = b.storage
    self.plan = plan
    super.init(inputs: [a, b], outputCount: plan.batch * plan.m * plan.n)
  }

  override func forward() {
    let p = plan
    for index in 0..<p.batch {
      Product(p.m, p.n, p.k)
        .first(a.values + index * p.m * p.k, p.transposeA ? (1, p.m) : (p.k, 1))
        .second(b.values + (p.sharedB ? 0 : index * p.k * p.n), p.transposeB ? (1, p.k) : (p.n, 1))
        .write(to: output.values + index * p.m * p.n, accumulate: false)
    }
  }

  override func backward() {
    let p = plan
    let dy = output.gradient
    if a.needsGradient {
      let da = a.gradientToWrite()
      for index in 0..<p.batch {
        let bStart = b.values + (p.sharedB ? 0 : index * p.k * p.n)
        let start = index * p.m * p.n
        let target = da.memory + index * p.m * p.k
        if p.transposeA {  // dA = op(B) dYᵀ, [k, m]
          Product(p.k, p.m, p.n)
            .first(bStart, p.transposeB ? (1, p.k) : (p.n, 1)).second(dy + start, (1, p.n))
            .write(to: target, accumulate: da.accumulate)
        } else {  // dA = dY op(B)ᵀ, [m, k]
          Product(p.m, p.k, p.n)
            .first(dy + start, (p.n, 1)).second(bStart, p.transposeB ? (p.k, 1) : (1, p.n))
            .write(to: target, accumulate: da.accumulate)
        }
      }
    }
    if b.needsGradient {
      let db = b.gradientToWrite()
      for index in 0..<p.batch {
        let aStart = a.values + index * p.m * p.k
        let start = index * p.m * p.n
        let target = db.memory + (p.sharedB ? 0 : index * p.k * p.n)
        let accumulate = db.accumulate || (p.sharedB && index > 0)
        if p.transposeB {  // dB = dYᵀ op(A), [n, k]
          Product(p.n, p.k, p.m)
            .first(dy + start, (1, p.n)).second(aStart, p.transposeA ? (1, p.m) : (p.k, 1))
            .write(to: target, accumulate: accumulate)
        } else {  // dB = op(A)ᵀ dY, [k, n]
          Product(p.k, p.n, p.m)
            .first(aStart, p.transposeA ? (p.m, 1) : (1, p.k)).second(dy + start, (p.n, 1))
            .write(to: target, accumulate: accumulate)
        }
      }
    }
  }
}

extension Tensor {
  /// The matrix product over the last two axes.
  ///
  /// - Shape: `[m, k] · [k, n]` gives `[m, n]`; leading axes of the first are a batch, and those of
  ///   the second, if any, must equal them.
  /// - Gradient: `dA = dY Bᵀ`, `dB = Aᵀ dY`
  public func matrixProduct(
    _ other: Tensor, transposingFirst: Bool = false, transposingSecond: Bool = false
  ) -> Tensor {
    let (result, plan) = stopping("matrix product") { () throws(ShapeError) in
      try shape.product(with: other.shape, transposingFirst, transposingSecond)
    }
    return MatrixProduct(self, other, plan).result(result)
  }
}

extension Shape {
  func product(
    with other: Shape, _ transposeA: Bool, _ transposeB: Bool
  ) throws(ShapeError) -> (Shape, MatrixProduct.Plan) {
    guard rank >= 2 else { throw .rank(expected: 2, got: self) }
    guard other.rank >= 2 else { throw .rank(expected: 2, got: other) }
    let leading = Array(dimensions.dropLast(2))
    var plan = MatrixProduct.Plan()
    plan.transposeA = transposeA
    plan.transposeB = transposeB
    plan.m = transposeA ? self[rank - 1] : self[rank - 2]
    plan.k = transposeA ? self[rank - 2] : self[rank - 1]
    plan.n = transposeB ? other[other.rank - 2] : other[other.rank - 1]
    guard plan.k == (transposeB ? other[other.rank - 1] : other[other.rank - 2]) else {
      throw .innerSizes(self, other)
    }
    let result = Shape(leading + [plan.m, plan.n])
    let batch = leading.reduce(1) { $0 * $1 }
    if other.rank == 2 && !transposeA {
      plan.m *= batch  // one tall product
    } else {
      guard other.rank == 2 || Array(other.dimensions.dropLast(2)) == leading else {
        throw .different(self, other)
      }
      plan.batch = batch
      plan.sharedB = other.rank == 2
    }
    return (result, plan)
  }
}
