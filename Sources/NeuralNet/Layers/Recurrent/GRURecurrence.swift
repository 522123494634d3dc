internal import NeuralNetKernels

/// The steps of a GRU in one direction.
///
/// - Gradient: `dn = dh (1 - z) (1 - n²)`, `da = [dn s₃ r (1 - r), dh (h' - n) z (1 - z), dn]`,
///   `ds` the same with `dn r` last; `dh' = dh z + ds Uᵀ`, `h'` being the former state
final class GRURecurrence: Recurrence {
  /// `[rows, columns]`: the hidden side's sums, kept apart because the reset gate multiplies the
  /// third of them.
  private lazy var hiddenSums = Storage(count: plan.rows * plan.columns)
  private lazy var hiddenGradients = Storage(count: plan.rows * plan.columns)
  private lazy var noState: Storage = {
    let storage = Storage(count: plan.hidden)
    storage.fill(0)
    return storage
  }()

  override var addsHiddenProduct: Bool { false }
  override var keepsHiddenGradient: Bool { true }
  override var hiddenSideGradients: Storage { hiddenGradients }

  override func startingBias() -> UnsafePointer<Float>? {
    inputBias.map { bias in UnsafePointer(bias.values) }
  }

  override func prepareStep(_ step: Int, _ former: Int?) {
    let columns = plan.columns
    for entry in 0..<plan.batch {
      let row = plan.firstRow(at: step) + entry * plan.rowStep
      let target = hiddenSums.values + row * columns
      if let hiddenBias {
        nn_copy(columns, hiddenBias.values, target)
      } else {
        nn_fill(columns, 0, target)
      }
    }
    multiplyHidden(step, former, into: hiddenSums.values)
  }

  override func computeCell(row: Int, formerRow: Int?, entry: Int) {
    let h = plan.hidden
    let a = gates.values + row * 3 * h
    let s = hiddenSums.values + row * 3 * h
    nn_add_scaled(2 * h, 1, s, a)
    nn_map(NN_SIGMOID, 2 * h, 0, a, a)
    nn_multiply_add(h, a, 1, s + 2 * h, 1, a + 2 * h)
    nn_map(NN_TANH, h, 0, a + 2 * h, a + 2 * h)
    let former = formerHidden(formerRow, entry)
    let y = output.values + row * h
    let (z, n) = (a + h, a + 2 * h)
    for k in 0..<h { y[k] = (1 - z[k]) * n[k] + z[k] * former[k] }
  }

  override func flowCell(row: Int, formerRow: Int?, entry: Int, dh: UnsafeMutablePointer<Float>) {
    let h = plan.hidden
    let (r, z) = (gates.values + row * 3 * h, gates.values + (row * 3 + 1) * h)
    let n = gates.values + (row * 3 + 2) * h
    let s = hiddenSums.values + (row * 3 + 2) * h
    let da = gateGradients.values + row * 3 * h
    let ds = hiddenGradients.values + row * 3 * h
    let former = formerHidden(formerRow, entry)
    for k in 0..<h {
      let dn = dh[k] * (1 - z[k]) * (1 - n[k] * n[k])
      let dr = dn * s[k] * (r[k] * (1 - r[k]))
      let dz = dh[k] * (former[k] - n[k]) * (z[k] * (1 - z[k]))
      da[k] = dr
      da[h + k] = dz
      da[2 * h + k] = dn
      ds[k] = dr
      ds[h + k] = dz
      ds[2 * h + k] = dn * r[k]
      dh[k] *= z[k]
    }
  }

  private func formerHidden(_ formerRow: Int?, _ entry: Int) -> UnsafeMutablePointer<Float> {
    if let formerRow { return output.values + formerRow * plan.hidden }
    if let initialHidden { return initialHidden.values + entry * plan.hidden }
    return noState.values
  }
}
