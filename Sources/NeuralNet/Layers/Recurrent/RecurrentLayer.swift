/// What RNN, LSTM and GRU share: stacking, directions, states, shapes and counts.
///
/// A subclass names its gates and makes the operation of one layer in one direction.
public class RecurrentLayer: Layer {
  /// How many numbers a step brings; nil until the network tells.
  public private(set) final var inputs: Int?
  /// Sizes, directions, biases and layout, as the initializer was told.
  public final let options: RecurrentOptions
  /// Layer 0 forward, layer 0 backward, layer 1 forward, …
  public private(set) final var weights: [RecurrentWeights] = []
  /// Whether the values are to stay: drawn by a seed, or by the first network.
  private var isDrawn: Bool

  init(_ inputs: Int?, _ options: RecurrentOptions, seed: Int?) {
    self.inputs = inputs
    self.options = options
    isDrawn = seed != nil
    options.check(inputs, in: options.name(kind, inputs))
    if let inputs {
      var random = RandomSource(seed: seed ?? 0)
      draw(inputs, &random)
    }
  }

  /// The layer's name without its sizes.
  var kind: StaticString { stop("a recurrent layer must override kind") }

  /// What its name says beside its sizes.
  var detail: String { "" }

  /// How many blocks of `hidden` columns the weights have.
  var gates: Int { stop("a recurrent layer must override gates") }

  /// The operation of one layer in one direction.
  func operation(
    _ x: Tensor, _ weights: RecurrentWeights, _ plan: RecurrentPlan, _ state: CellState?
  ) -> Recurrence {
    stop("a recurrent layer must override operation")
  }

  /// Numbers of the state of one layer and direction.
  public final var hidden: Int { options.hidden }

  public final var name: String { options.name(kind, inputs, detail) }

  public final var parameters: [Parameter] { weights.flatMap { part in part.parameters } }

  public final var parameterCount: Int {
    guard let inputs else {
      stop("\(name): has no parameters before a network tells its input width [unknown-width]")
    }
    return options.parameterCount(gates: gates, inputs: inputs)
  }

  public final func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard input.rank == 3 else { throw .rank(expected: 3, got: input) }
    if let inputs, input.width != inputs { throw .width(expected: inputs, got: input) }
    let (batch, steps) = sizes(input)
    guard steps >= 1 else { throw .rule("at least 1 step in a sequence", got: steps) }
    let width = hidden * options.directions
    return options.output == .last ? [batch, width] : Shape([input[0], input[1], width])
  }

  public final func initialize(
    for input: Shape, random: inout RandomSource
  ) throws(ShapeError) {
    _ = try outputShape(for: input)
    var own = random.split()
    if isDrawn && inputs != nil { return }
    draw(input.width, &own)
    isDrawn = true
  }

  public final func multiplyAdds(for input: Shape) -> Int {
    let (batch, steps) = sizes(input)
    let (h, d) = (hidden, options.directions)
    let first = gates * (input.width + h) * h
    let next = gates * (d * h + h) * h
    return batch * steps * d * (first + (options.layers - 1) * next)
  }

  public final func keepsSamplesApart(for input: Shape) -> Bool { options.isBatchFirst }

  public final func callAsFunction(_ input: Tensor) -> Tensor {
    let (outputs, hidden, _) = run(input, hidden: nil, cell: nil)
    guard options.output == .last else { return outputs }
    let d = options.directions
    let last = (options.layers - 1) * d
    return Tensor.concatenate(
      (0..<d).map { direction in hidden.select(axis: 0, last + direction) }, axis: 1)
  }

  /// All hidden states of the last layer, and the final states of every layer and direction.
  final func run(
    _ input: Tensor, hidden h0: Tensor?, cell c0: Tensor?
  ) -> (outputs: Tensor, hidden: Tensor, cell: Tensor?) {
    _ = checkedOutputShape(for: input.shape)
    let (batch, steps) = sizes(input.shape)
    checkState(h0, "initial hidden state", batch)
    checkState(c0, "initial cell state", batch)
    var value = input
    var finalHidden: [Tensor] = []
    var finalCell: [Tensor] = []
    for layer in 0..<options.layers {
      var outputs: [Tensor] = []
      for direction in 0..<options.directions {
        let place = layer * options.directions + direction
        let plan = RecurrentPlan(
          batch: batch, steps: steps, inputs: value.shape.width, hidden: hidden, gates: gates,
          isBatchFirst: options.isBatchFirst, isReversed: direction == 1)
        var state: CellState?
        if let h0 {
          state = CellState(
            hidden: h0.select(axis: 0, place), cell: c0.map { $0.select(axis: 0, place) })
        }
        let operation = operation(value, weights[place], plan, state)
        let output = operation.result(
          Shape([value.shape[0], value.shape[1], hidden]))
        outputs.append(output)
        let end = plan.isReversed ? 0 : steps - 1
        finalHidden.append(output.select(axis: options.isBatchFirst ? 1 : 0, end))
        if let cell = operation.finalCell(output) { finalCell.append(cell) }
      }
      value = outputs.count == 1 ? outputs[0] : Tensor.concatenate(outputs, axis: 2)
    }
    return (value, Tensor.stack(finalHidden), finalCell.isEmpty ? nil : Tensor.stack(finalCell))
  }

  private func sizes(_ shape: Shape) -> (batch: Int, steps: Int) {
    options.isBatchFirst ? (shape[0], shape[1]) : (shape[1], shape[0])
  }

  private func checkState(_ state: Tensor?, _ what: StaticString, _ batch: Int) {
    guard let state else { return }
    let expected: Shape = [options.layers * options.directions, batch, hidden]
    guard state.shape == expected else {
      stop(
        """
        \(name): the \(what) must be [layers * directions, batch, hidden] = \(expected), \
        got \(state.shape) [wrong-state]
        """)
    }
  }

  private func draw(_ inputs: Int, _ random: inout RandomSource) {
    self.inputs = inputs
    weights = []
    for layer in 0..<options.layers {
      for _ in 0..<options.directions {
        weights.append(
          RecurrentWeights(
            inputs: layer == 0 ? inputs : hidden * options.directions, hidden: hidden,
            gates: gates, bias: options.bias, &random))
      }
    }
  }
}

/// What a layer in one direction starts from, `[batch, hidden]` each.
struct CellState {
  var hidden: Tensor
  var cell: Tensor?
}
