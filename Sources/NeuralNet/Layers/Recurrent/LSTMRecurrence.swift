internal import NeuralNetKernels

/// The steps of an LSTM in one direction.
///
/// - Gradient: with `dc_t = dh_t o (1 - tanh²(c_t)) + f_(t+1) dc_(t+1)`, the sums of the gates have
///   `ds₁ = dc g i (1 - i)`, `ds₂ = dc c_(t-1) f (1 - f)`, `ds₃ = dc i (1 - g²)`,
///   `ds₄ = dh tanh(c_t) o (1 - o)`
final class LSTMRecurrence: Recurrence {
  /// `[rows, hidden]`: cell states and their hyperbolic tangents.
  private lazy var cells = Storage(count: plan.rows * plan.hidden)
  private lazy var bounded = Storage(count: plan.rows * plan.hidden)
  /// `[batch, hidden]`: what flows to the former cell state.
  private lazy var cellGradient = Storage(count: plan.batch * plan.hidden)
  /// `[batch, hidden]`: the gradient of the final cell state, and whether one came.
  private lazy var endGradient = Storage(count: plan.batch * plan.hidden)
  private var hasEndGradient = false

  override func computeCell(row: Int, formerRow: Int?, entry: Int) {
    let h = plan.hidden
    let sums = gates.values + row * 4 * h
    nn_map(NN_SIGMOID, 2 * h, 0, sums, sums)
    nn_map(NN_TANH, h, 0, sums + 2 * h, sums + 2 * h)
    nn_map(NN_SIGMOID, h, 0, sums + 3 * h, sums + 3 * h)
    let c = cells.values + row * h
    nn_combine(NN_TIMES, h, sums, 1, sums + 2 * h, 1, c)
    if let former = formerCell(formerRow, entry) {
      nn_multiply_add(h, sums + h, 1, former, 1, c)
    }
    nn_map(NN_TANH, h, 0, c, bounded.values + row * h)
    nn_combine(
      NN_TIMES, h, sums + 3 * h, 1, bounded.values + row * h, 1, output.values + row * h)
  }

  override func prepareFlow() {
    if hasEndGradient {
      nn_copy(cellGradient.count, endGradient.values, cellGradient.values)
    } else {
      cellGradient.fill(0)
    }
    hasEndGradient = false
  }

  /// Takes the gradient of the final cell state, for the backward pass to come.
  func receive(endGradient gradient: UnsafeMutablePointer<Float>) {
    nn_copy(endGradient.count, gradient, endGradient.values)
    hasEndGradient = true
    // The pass skips operations whose output has no gradient.
    _ = output.gradientToAddTo()
  }

  override func flowCell(row: Int, formerRow: Int?, entry: Int, dh: UnsafeMutablePointer<Float>) {
    let h = plan.hidden
    let (i, f) = (gates.values + row * 4 * h, gates.values + (row * 4 + 1) * h)
    let (g, o) = (gates.values + (row * 4 + 2) * h, gates.values + (row * 4 + 3) * h)
    let ds = gateGradients.values + row * 4 * h
    let tanh = bounded.values + row * h
    let dc = cellGradient.values + entry * h
    let former = formerCell(formerRow, entry)
    for k in 0..<h {
      let slope = dc[k] + dh[k] * o[k] * (1 - tanh[k] * tanh[k])
      ds[k] = slope * g[k] * (i[k] * (1 - i[k]))
      ds[2 * h + k] = slope * i[k] * (1 - g[k] * g[k])
      ds[3 * h + k] = dh[k] * tanh[k] * (o[k] * (1 - o[k]))
      ds[h + k] = slope * (f[k] * (1 - f[k]))
      dc[k] = slope * f[k]
    }
    if let former {
      nn_combine(NN_TIMES, h, ds + h, 1, former, 1, ds + h)
    } else {
      nn_fill(h, 0, ds + h)
    }
    if formerRow == nil, let initialCell, initialCell.needsGradient {
      nn_add_scaled(h, 1, dc, initialCell.gradientToAddTo() + entry * h)
    }
  }

  override func finalCell(_ output: Tensor) -> Tensor? {
    FinalCell(output, self).result([plan.batch, plan.hidden])
  }

  /// Copies the last cell states.
  func copyFinalCell(to target: UnsafeMutablePointer<Float>) {
    let first = plan.firstRow(at: plan.step(plan.steps - 1))
    for entry in 0..<plan.batch {
      let row = first + entry * plan.rowStep
      nn_copy(plan.hidden, cells.values + row * plan.hidden, target + entry * plan.hidden)
    }
  }

  private func formerCell(_ formerRow: Int?, _ entry: Int) -> UnsafeMutablePointer<Float>? {
    if let formerRow { return cells.values + formerRow * plan.hidden }
    return initialCell.map { cell in cell.values + entry * plan.hidden }
  }
}

/// The cell state that an LSTM ends with, as a tensor of its own.
final class FinalCell: Operation {
  private let recurrence: LSTMRecurrence

  init(_ output: Tensor, _ recurrence: LSTMRecurrence) {
    self.recurrence = recurrence
    super.init(inputs: [output], outputCount: recurrence.plan.batch * recurrence.plan.hidden)
  }

  override func forward() { recurrence.copyFinalCell(to: output.values) }

  override func backward() { recurrence.receive(endGradient: output.gradient) }
}
