internal import NeuralNetKernels

/// One recurrent layer in one direction, all steps in one operation.
///
/// The inputs of all steps go through the input weights in one product, and so do all gradients of
/// weights; only the product with the hidden state is left to the single step. A subclass computes
/// a cell from its gates, and the gradients of the gates from that of the cell.
class Recurrence: Operation {
  final let plan: RecurrentPlan
  final let x: Storage
  final let inputWeight: Storage
  final let hiddenWeight: Storage
  final let inputBias: Storage?
  final let hiddenBias: Storage?
  final let initialHidden: Storage?
  final let initialCell: Storage?
  /// `[rows, columns]`: sums, then activations of the gates.
  final let gates: Storage
  /// `[rows, columns]`: gradients of the gates' sums.
  final lazy var gateGradients = Storage(count: plan.rows * plan.columns)
  /// `[batch, hidden]`: what flows from a step to the one before.
  final lazy var hiddenGradient = Storage(count: plan.batch * plan.hidden)
  /// `[rows, hidden]`: the hidden state that each step started from.
  private lazy var former = Storage(count: plan.rows * plan.hidden)
  /// The hidden weights with rows and columns exchanged.
  private lazy var turned = Storage(count: plan.columns * plan.hidden)
  final lazy var biasSum = Storage(count: plan.columns)

  init(
    _ x: Tensor, _ weights: RecurrentWeights, _ plan: RecurrentPlan, _ state: CellState?
  ) {
    self.plan = plan
    self.x = x.storage
    inputWeight = weights.input.storage
    hiddenWeight = weights.hidden.storage
    inputBias = weights.inputBias?.storage
    hiddenBias = weights.hiddenBias?.storage
    initialHidden = state?.hidden.storage
    initialCell = state?.cell?.storage
    gates = Storage(count: plan.rows * plan.columns)
    var inputs = [x, weights.input, weights.hidden]
    if let bias = weights.inputBias { inputs.append(bias) }
    if let bias = weights.hiddenBias { inputs.append(bias) }
    if let state { inputs.append(state.hidden) }
    if let cell = state?.cell { inputs.append(cell) }
    super.init(inputs: inputs, outputCount: plan.rows * plan.hidden)
  }

  // MARK: What a subclass says

  /// Whether the hidden state's product may be added to the gates' sums right away.
  var addsHiddenProduct: Bool { true }

  /// Computes the cell of one batch entry from its gates' sums.
  func computeCell(row: Int, formerRow: Int?, entry: Int) {
    stop("a recurrence must override computeCell")
  }

  /// Computes the gates' gradients of one batch entry, and what flows to the former step other
  /// than through the hidden weights, from `dh`.
  func flowCell(row: Int, formerRow: Int?, entry: Int, dh: UnsafeMutablePointer<Float>) {
    stop("a recurrence must override flowCell")
  }

  /// The final cell state `[batch, hidden]`, where there is one.
  func finalCell(_ output: Tensor) -> Tensor? { nil }

  /// Starts a backward pass.
  func prepareFlow() {}

  /// The gradients that the hidden weights see; those of the gates but for GRU.
  var hiddenSideGradients: Storage { gateGradients }

  // MARK: Forward

  final override func forward() {
    let p = plan
    if output.count == 0 { return }
    Product(p.rows, p.columns, p.inputs)
      .first(x.values, (p.inputs, 1)).second(inputWeight.values, (p.columns, 1))
      .starting(from: startingBias()).write(to: gates.values, accumulate: false)
    var former: Int?
    for number in 0..<p.steps {
      let step = p.step(number)
      if addsHiddenProduct {
        multiplyHidden(step, former, into: gates.values)
      } else {
        prepareStep(step, former)
      }
      for entry in 0..<p.batch {
        computeCell(
          row: p.firstRow(at: step) + entry * p.rowStep,
          formerRow: former.map { p.firstRow(at: $0) + entry * p.rowStep }, entry: entry)
      }
      former = step
    }
  }

  /// Computes what a step needs beside the inputs' sums; for cells that keep both products apart.
  func prepareStep(_ step: Int, _ former: Int?) {}

  /// The biases that enter the inputs' product.
  func startingBias() -> UnsafePointer<Float>? {
    guard let inputBias else { return nil }
    guard let hiddenBias else { return UnsafePointer(inputBias.values) }
    nn_combine(
      NN_PLUS, plan.columns, inputBias.values, 1, hiddenBias.values, 1, biasSum.values)
    return UnsafePointer(biasSum.values)
  }

  /// Adds the product of the former hidden state and the hidden weights to rows of a step.
  final func multiplyHidden(
    _ step: Int, _ former: Int?, into sums: UnsafeMutablePointer<Float>
  ) {
    let p = plan
    let target = sums + p.firstRow(at: step) * p.columns
    if let former {
      Product(p.batch, p.columns, p.hidden)
        .first(output.values + p.firstRow(at: former) * p.hidden, (p.rowStep * p.hidden, 1))
        .second(hiddenWeight.values, (p.columns, 1))
        .write(to: target, row: p.rowStep * p.columns, accumulate: true)
    } else if let initialHidden {
      Product(p.batch, p.columns, p.hidden)
        .first(initialHidden.values, (p.hidden, 1)).second(hiddenWeight.values, (p.columns, 1))
        .write(to: target, row: p.rowStep * p.columns, accumulate: true)
    }
  }

  // MARK: Backward

  final override func backward() {
    let p = plan
    if output.count == 0 { return }
    prepareFlow()
    turn()
    hiddenGradient.fill(0)
    for number in (0..<p.steps).reversed() {
      let step = p.step(number)
      let former = number > 0 ? p.step(number - 1) : nil
      for entry in 0..<p.batch {
        let row = p.firstRow(at: step) + entry * p.rowStep
        let dh = hiddenGradient.values + entry * p.hidden
        nn_add_scaled(p.hidden, 1, output.gradient + row * p.hidden, dh)
        flowCell(
          row: row, formerRow: former.map { p.firstRow(at: $0) + entry * p.rowStep },
          entry: entry, dh: dh)
      }
      if former == nil && initialHidden == nil { break }
      Product(p.batch, p.hidden, p.columns)
        .first(
          hiddenSideGradients.values + p.firstRow(at: step) * p.columns,
          (p.rowStep * p.columns, 1)
        )
        .second(turned.values, (p.hidden, 1))
        .write(to: hiddenGradient.values, accumulate: keepsHiddenGradient)
    }
    if let initialHidden, initialHidden.needsGradient {
      nn_add_scaled(
        p.batch * p.hidden, 1, hiddenGradient.values, initialHidden.gradientToAddTo())
    }
    flowToWeights()
  }

  /// Whether `flowCell` left something in `dh` that the former step receives as well.
  var keepsHiddenGradient: Bool { false }

  private func flowToWeights() {
    let p = plan
    flow(to: inputBias, gateGradients)
    flow(to: hiddenBias, hiddenSideGradients)
    if inputWeight.needsGradient {
      let target = inputWeight.gradientToWrite()
      Product(p.inputs, p.columns, p.rows)
        .first(x.values, (1, p.inputs)).second(gateGradients.values, (p.columns, 1))
        .write(to: target.memory, accumulate: target.accumulate)
    }
    if hiddenWeight.needsGradient {
      collectFormerStates()
      let target = hiddenWeight.gradientToWrite()
      Product(p.hidden, p.columns, p.rows)
        .first(former.values, (1, p.hidden)).second(hiddenSideGradients.values, (p.columns, 1))
        .write(to: target.memory, accumulate: target.accumulate)
    }
    if x.needsGradient {
      let target = x.gradientToWrite()
      Product(p.rows, p.inputs, p.columns)
        .first(gateGradients.values, (p.columns, 1)).second(inputWeight.values, (1, p.columns))
        .write(to: target.memory, accumulate: target.accumulate)
    }
  }

  private func flow(to bias: Storage?, _ gradients: Storage) {
    guard let bias, bias.needsGradient else { return }
    let target = bias.gradientToWrite()
    nn_sum_columns(plan.rows, plan.columns, gradients.values, target.memory, target.accumulate)
  }

  /// Transposes the hidden weights once, because every step multiplies by the transpose.
  private func turn() {
    let (h, columns) = (plan.hidden, plan.columns)
    // Sixteen rows at a time, so that what is written together shares cache lines.
    let (source, target) = (hiddenWeight.values, turned.values)
    for start in stride(from: 0, to: h, by: 16) {
      let end = min(start + 16, h)
      for column in 0..<columns {
        for row in start..<end { target[column * h + row] = source[row * columns + column] }
      }
    }
  }

  private func collectFormerStates() {
    let p = plan
    for number in 0..<p.steps {
      let step = p.step(number)
      for entry in 0..<p.batch {
        let target = former.values + (p.firstRow(at: step) + entry * p.rowStep) * p.hidden
        if number > 0 {
          let row = p.firstRow(at: p.step(number - 1)) + entry * p.rowStep
          nn_copy(p.hidden, output.values + row * p.hidden, target)
        } else if let initialHidden {
          nn_copy(p.hidden, initialHidden.values + entry * p.hidden, target)
        } else {
          nn_fill(p.hidden, 0, target)
        }
      }
    }
  }
}
