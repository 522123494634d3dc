/// Long short-term memory.
///
/// With `s = x_t W + b + h_(t-1) U + b'` cut into four blocks: `i = σ(s₁)`, `f = σ(s₂)`,
/// `g = tanh(s₃)`, `o = σ(s₄)`, `c_t = f c_(t-1) + i g`, `h_t = o tanh(c_t)`.
///
/// - Shape: `[batch, steps, inputs]` to `[batch, steps, hidden * directions]`, or for `.last` to
///   `[batch, hidden * directions]`; batch and steps exchanged where not batch first
/// - Parameter count: `4 ((inputs + hidden) * hidden + biases * hidden)` for each layer and
///   direction; after the first layer `inputs` is `hidden * directions`
/// - Gradient: backpropagation through time, see `LSTMRecurrence`
public final class LSTM: RecurrentLayer {
  /// A layer whose input width the network tells.
  public init(
    _ hidden: Int, layers: Int = 1, bidirectional: Bool = false, bias: RecurrentBias = .two,
    batchFirst: Bool = true, output: RecurrentOutput = .sequence, seed: Int? = nil
  ) {
    super.init(
      nil,
      RecurrentOptions(
        hidden: hidden, layers: layers, isBidirectional: bidirectional, bias: bias,
        isBatchFirst: batchFirst, output: output), seed: seed)
  }

  /// A layer with both widths stated.
  public init(
    _ inputs: Int, _ hidden: Int, layers: Int = 1, bidirectional: Bool = false,
    bias: RecurrentBias = .two, batchFirst: Bool = true, output: RecurrentOutput = .sequence,
    seed: Int? = nil
  ) {
    super.init(
      inputs,
      RecurrentOptions(
        hidden: hidden, layers: layers, isBidirectional: bidirectional, bias: bias,
        isBatchFirst: batchFirst, output: output), seed: seed)
  }

  override var kind: StaticString { "LSTM" }
  override var gates: Int { 4 }

  override func operation(
    _ x: Tensor, _ weights: RecurrentWeights, _ plan: RecurrentPlan, _ state: CellState?
  ) -> Recurrence {
    LSTMRecurrence(x, weights, plan, state)
  }

  /// Hidden and cell states, `[layers * directions, batch, hidden]` each.
  public struct State {
    /// `h`: what goes out at the last step, for each layer and direction.
    public var hidden: Tensor
    /// `c`: what the gates keep from step to step.
    public var cell: Tensor

    /// Both in the shape `[layers * directions, batch, hidden]`.
    public init(hidden: Tensor, cell: Tensor) {
      self.hidden = hidden
      self.cell = cell
    }
  }

  /// Runs from an initial state, and gives the outputs of all steps with the final states.
  public func callAsFunction(
    _ input: Tensor, state: State?
  ) -> (outputs: Tensor, state: State) {
    let result = run(input, hidden: state?.hidden, cell: state?.cell)
    guard let cell = result.cell else { stop("\(name): an LSTM has no cell state") }
    return (result.outputs, State(hidden: result.hidden, cell: cell))
  }
}
