import NeuralNet
import Testing

/// `06_rnn.json`, `06_lstm.json`, `06_gru.json`: stacks, directions, states, with and without bias.
@Suite struct RecurrentGoldenTests {
  @Test(arguments: GoldenFile("06_rnn").cases)
  func rnnGivesOutputsStatesAndGradients(_ golden: GoldenCase) throws {
    let sizes = try Sizes(golden)
    let layer = RNN(
      sizes.inputs, sizes.hidden, layers: sizes.layers, bidirectional: sizes.isBidirectional,
      bias: sizes.bias,
      nonlinearity: golden.options["nonlinearity"].string == "relu" ? .relu : .tanh,
      batchFirst: sizes.isBatchFirst)
    load(golden, into: layer)
    let (x, h0) = (golden.input("x"), golden.inputIfAny("h0"))
    let (outputs, hidden) = layer(x, hidden: h0)
    golden.expect(
      outputs: ["output": outputs, "hn": hidden], gradients: gradients(golden, layer, x, h0, nil))
  }

  @Test(arguments: GoldenFile("06_gru").cases)
  func gruGivesOutputsStatesAndGradients(_ golden: GoldenCase) throws {
    let sizes = try Sizes(golden)
    let layer = GRU(
      sizes.inputs, sizes.hidden, layers: sizes.layers, bidirectional: sizes.isBidirectional,
      bias: sizes.bias,
      batchFirst: sizes.isBatchFirst)
    load(golden, into: layer)
    let (x, h0) = (golden.input("x"), golden.inputIfAny("h0"))
    let (outputs, hidden) = layer(x, hidden: h0)
    golden.expect(
      outputs: ["output": outputs, "hn": hidden], gradients: gradients(golden, layer, x, h0, nil))
  }

  @Test(arguments: GoldenFile("06_lstm").cases)
  func lstmGivesOutputsStatesAndGradients(_ golden: GoldenCase) throws {
    let sizes = try Sizes(golden)
    let layer = LSTM(
      sizes.inputs, sizes.hidden, layers: sizes.layers, bidirectional: sizes.isBidirectional,
      bias: sizes.bias,
      batchFirst: sizes.isBatchFirst)
    load(golden, into: layer)
    let x = golden.input("x")
    let (h0, c0) = (golden.inputIfAny("h0"), golden.inputIfAny("c0"))
    var state: LSTM.State?
    if let h0, let c0 { state = LSTM.State(hidden: h0, cell: c0) }
    let (outputs, end) = layer(x, state: state)
    golden.expect(
      outputs: ["output": outputs, "hn": end.hidden, "cn": end.cell],
      gradients: gradients(golden, layer, x, h0, c0))
  }

  @Test func aGradientThroughTheFinalCellAloneArrives() {
    let layer = LSTM(3, 4, seed: 2)
    let x = Tensor([2, 3, 3], (0..<18).map { Float($0) / 18 - 0.4 }, needsGradient: true)
    let check = GradientCheck(of: [x] + layer.parameters.map { $0.tensor }) {
      layer(x, state: nil).state.cell.sum()
    }
    #expect(check.worstError < 2e-3)
    // A later pass that does not use the cell must not see the earlier gradient.
    let plain = GradientCheck(of: [x]) { layer(x).sum() }
    #expect(plain.worstError < 2e-3)
  }

  struct Sizes {
    let inputs: Int
    let hidden: Int
    let layers: Int
    let isBidirectional: Bool
    let isBatchFirst: Bool
    let bias: RecurrentBias

    init(_ golden: GoldenCase) throws {
      inputs = try #require(golden.options["input_size"].int)
      hidden = try #require(golden.options["hidden_size"].int)
      layers = golden.options["num_layers"].int ?? 1
      isBidirectional = golden.options["bidirectional"].bool ?? false
      isBatchFirst = golden.options["batch_first"].bool ?? false
      bias = golden.options["bias"].bool ?? true ? .two : .none
    }
  }

  /// The golden suffix of each layer and direction, in the layer's order.
  private func suffixes(_ layer: RecurrentLayer) -> [String] {
    let directions = layer.options.isBidirectional ? ["", "_reverse"] : [""]
    return (0..<layer.options.layers).flatMap { number in directions.map { "_l\(number)\($0)" } }
  }

  private func load(_ golden: GoldenCase, into layer: RecurrentLayer) {
    for (weights, suffix) in zip(layer.weights, suffixes(layer)) {
      weights.input.values = golden.parameter("weight_ih" + suffix).transposed().values
      weights.hidden.values = golden.parameter("weight_hh" + suffix).transposed().values
      weights.inputBias?.values = golden.parameter("bias_ih" + suffix).values
      weights.hiddenBias?.values = golden.parameter("bias_hh" + suffix).values
    }
  }

  private func gradients(
    _ golden: GoldenCase, _ layer: RecurrentLayer, _ x: Tensor, _ h0: Tensor?, _ c0: Tensor?
  ) -> [String: () -> Tensor?] {
    var list: [String: () -> Tensor?] = ["x": { x.gradient }]
    if let h0 { list["h0"] = { h0.gradient } }
    if let c0 { list["c0"] = { c0.gradient } }
    for (weights, suffix) in zip(layer.weights, suffixes(layer)) {
      list["weight_ih" + suffix] = { weights.input.gradient?.transposed() }
      list["weight_hh" + suffix] = { weights.hidden.gradient?.transposed() }
      if let bias = weights.inputBias { list["bias_ih" + suffix] = { bias.gradient } }
      if let bias = weights.hiddenBias { list["bias_hh" + suffix] = { bias.gradient } }
    }
    return list
  }
}
