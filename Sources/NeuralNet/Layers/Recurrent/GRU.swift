/// Gated recurrent unit.
///
/// With `a = x_t W + b` and `s = h_(t-1) U + b'`, each cut into three blocks: `r = σ(a₁ + s₁)`,
/// `z = σ(a₂ + s₂)`, `n = tanh(a₃ + r s₃)`, `h_t = (1 - z) n + z h_(t-1)`.
///
/// - Shape: `[batch, steps, inputs]` to `[batch, steps, hidden * directions]`, or for `.last` to
///   `[batch, hidden * directions]`; batch and steps exchanged where not batch first
/// - Parameter count: `3 ((inputs + hidden) * hidden + biases * hidden)` for each layer and
///   direction; after the first layer `inputs` is `hidden * directions`
/// - Gradient: backpropagation through time, see `GRURecurrence`
public final class GRU: RecurrentLayer {
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

  override var kind: StaticString { "GRU" }
  override var gates: Int { 3 }

  override func operation(
    _ x: Tensor, _ weights: RecurrentWeights, _ plan: RecurrentPlan, _ state: CellState?
  ) -> Recurrence {
    GRURecurrence(x, weights, plan, state)
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
