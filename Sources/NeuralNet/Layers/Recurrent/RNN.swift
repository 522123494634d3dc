internal import NeuralNetKernels

/// A plain recurrent layer, `h_t = f(x_t W + b + h_(t-1) U + b')`, f being tanh or the rectifier.
///
/// - Shape: `[batch, steps, inputs]` to `[batch, steps, hidden * directions]`, or for `.last` to
///   `[batch, hidden * directions]`; batch and steps exchanged where not batch first
/// - Parameter count: `(inputs + hidden) * hidden + biases * hidden` for each layer and direction;
///   after the first layer `inputs` is `hidden * directions`
/// - Gradient: backpropagation through time, `d_t = f' (dh_t + d_(t+1) Uᵀ)`
public final class RNN: RecurrentLayer {
  /// `f` of the recurrence.
  public enum Nonlinearity: Sendable {
    /// Keeps states within −1...1.
    case tanh
    /// Lets states grow without limit.
    case relu
  }

  /// What each new state goes through.
  public let nonlinearity: Nonlinearity

  /// A layer whose input width the network tells.
  public convenience init(
    _ hidden: Int, layers: Int = 1, bidirectional: Bool = false, bias: RecurrentBias = .two,
    nonlinearity: Nonlinearity = .tanh, batchFirst: Bool = true,
    output: RecurrentOutput = .sequence, seed: Int? = nil
  ) {
    self.init(
      inputs: nil, nonlinearity,
      RecurrentOptions(
        hidden: hidden, layers: layers, isBidirectional: bidirectional, bias: bias,
        isBatchFirst: batchFirst, output: output), seed)
  }

  /// A layer with both widths stated.
  public convenience init(
    _ inputs: Int, _ hidden: Int, layers: Int = 1, bidirectional: Bool = false,
    bias: RecurrentBias = .two, nonlinearity: Nonlinearity = .tanh, batchFirst: Bool = true,
    output: RecurrentOutput = .sequence, seed: Int? = nil
  ) {
    self.init(
      inputs: inputs, nonlinearity,
      RecurrentOptions(
        hidden: hidden, layers: layers, isBidirectional: bidirectional, bias: bias,
        isBatchFirst: batchFirst, output: output), seed)
  }

  private init(
    inputs: Int?, _ nonlinearity: Nonlinearity, _ options: RecurrentOptions, _ seed: Int?
  ) {
    self.nonlinearity = nonlinearity
    super.init(inputs, options, seed: seed)
  }

  override var kind: StaticString { "RNN" }
  override var gates: Int { 1 }
  override var detail: String { nonlinearity == .relu ? ", nonlinearity: .relu" : "" }

  override func operation(
    _ x: Tensor, _ weights: RecurrentWeights, _ plan: RecurrentPlan, _ state: CellState?
  ) -> Recurrence {
    PlainRecurrence(nonlinearity == .tanh ? NN_TANH : NN_RELU, x, weights, plan, state)
  }

  /// Runs from an initial state `[layers * directions, batch, hidden]`, and gives the outputs of
  /// all steps with the final states, in the same order.
  public func callAsFunction(
    _ input: Tensor, hidden: Tensor?
  ) -> (outputs: Tensor, hidden: Tensor) {
    let result = run(input, hidden: hidden, cell: nil)
    return (result.outputs, result.hidden)
  }
}

final class PlainRecurrence: Recurrence {
  private let function: nn_function

  init(
    _ function: nn_function, _ x: Tensor, _ weights: RecurrentWeights, _ plan: RecurrentPlan,
    _ state: CellState?
  ) {
    self.function = function
    super.init(x, weights, plan, state)
  }

  override func computeCell(row: Int, formerRow: Int?, entry: Int) {
    let h = plan.hidden
    nn_map(function, h, 0, gates.values + row * h, output.values + row * h)
  }

  override func flowCell(row: Int, formerRow: Int?, entry: Int, dh: UnsafeMutablePointer<Float>) {
    let h = plan.hidden
    let y = output.values + row * h
    nn_map_gradient(function, h, 0, y, y, dh, gateGradients.values + row * h, false)
  }
}
