import NeuralNet
import Testing

/// `07_attention.json` and `08_transformer_encoder_layer.json`.
@Suite struct AttentionGoldenTests {
  @Test(arguments: GoldenFile("07_attention").cases)
  func attentionGivesOutputsWeightsAndGradients(_ golden: GoldenCase) throws {
    let width = try #require(golden.options["embed_dim"].int)
    let isSelf = !golden.json["inputs"]["key"].exists
    let query = golden.input("query")
    let key = isSelf ? query : golden.input("key")
    let value = isSelf ? query : golden.input("value")
    let layer = MultiHeadAttention(
      width, heads: try #require(golden.options["num_heads"].int),
      keyWidth: golden.options["kdim"].int, valueWidth: golden.options["vdim"].int,
      bias: golden.options["bias"].bool ?? true,
      batchFirst: golden.options["batch_first"].bool ?? false)
    AttentionGoldenTests.load(golden, "", into: layer)
    let result = layer.attend(
      query, key, value, mask: AttentionGoldenTests.mask(golden, "attn_mask"),
      padding: AttentionGoldenTests.mask(golden, "key_padding_mask"))
    var gradients = AttentionGoldenTests.gradients(golden, "", of: layer)
    gradients["query"] = { query.gradient }
    if !isSelf {
      gradients["key"] = { key.gradient }
      gradients["value"] = { value.gradient }
    }
    golden.expect(
      outputs: [
        "attn_output": result.output, "attn_weights": result.meanWeights,
        "attn_weights_per_head": result.weights,
      ], gradients: gradients)
  }

  @Test(arguments: GoldenFile("07_attention").cases.filter { AttentionGoldenTests.isCausal($0) })
  func causalAttentionIsThatOfTheTriangularMask(_ golden: GoldenCase) throws {
    let layer = MultiHeadAttention(
      try #require(golden.options["embed_dim"].int),
      heads: try #require(golden.options["num_heads"].int),
      bias: golden.options["bias"].bool ?? true, causal: true,
      batchFirst: golden.options["batch_first"].bool ?? false)
    AttentionGoldenTests.load(golden, "", into: layer)
    golden.expect(
      layer(golden.input("query")), equals: golden.json["outputs"]["attn_output"], "output")
  }

  @Test(arguments: GoldenFile("08_transformer_encoder_layer").cases)
  func encoderLayerGivesValuesAndGradients(_ golden: GoldenCase) throws {
    let layer = TransformerEncoderLayer(
      try #require(golden.options["d_model"].int), heads: try #require(golden.options["nhead"].int),
      feedForward: try #require(golden.options["dim_feedforward"].int),
      activation: golden.options["activation"].string == "gelu" ? .gelu : .relu,
      normFirst: golden.options["norm_first"].bool ?? false,
      epsilon: golden.options["layer_norm_eps"].float ?? 1e-5)
    AttentionGoldenTests.load(golden, "self_attn.", into: layer.attention)
    layer.expand.weight.values = golden.parameter("linear1.weight").transposed().values
    layer.expand.bias?.values = golden.parameter("linear1.bias").values
    layer.contract.weight.values = golden.parameter("linear2.weight").transposed().values
    layer.contract.bias?.values = golden.parameter("linear2.bias").values
    for (norm, name) in [(layer.norm1, "norm1"), (layer.norm2, "norm2")] {
      norm.weight?.values = golden.parameter(name + ".weight").values
      norm.bias?.values = golden.parameter(name + ".bias").values
    }
    let x = golden.input("src")
    let output = layer(x, mask: AttentionGoldenTests.mask(golden, "src_mask"))
    var gradients = AttentionGoldenTests.gradients(golden, "self_attn.", of: layer.attention)
    gradients["src"] = { x.gradient }
    gradients["linear1.weight"] = { layer.expand.weight.gradient?.transposed() }
    gradients["linear1.bias"] = { layer.expand.bias?.gradient }
    gradients["linear2.weight"] = { layer.contract.weight.gradient?.transposed() }
    gradients["linear2.bias"] = { layer.contract.bias?.gradient }
    gradients["norm1.weight"] = { layer.norm1.weight?.gradient }
    gradients["norm1.bias"] = { layer.norm1.bias?.gradient }
    gradients["norm2.weight"] = { layer.norm2.weight?.gradient }
    gradients["norm2.bias"] = { layer.norm2.bias?.gradient }
    golden.expect(outputs: ["y": output], gradients: gradients)
  }

  @Test func positionsAreWavesOfSineAndCosine() {
    let table = PositionalEncoding.table(length: 100, width: 4)
    for place in [0, 1, 7, 99] {
      let p = Float(place)
      #expect(abs(table[place, 0] - ElementaryFunction.sin(p)) < 2e-6)
      #expect(abs(table[place, 1] - ElementaryFunction.cos(p)) < 2e-6)
      #expect(abs(table[place, 2] - ElementaryFunction.sin(p / 100)) < 2e-6)
      #expect(abs(table[place, 3] - ElementaryFunction.cos(p / 100)) < 2e-6)
    }
  }

  /// Whether a case is self-attention whose mask hides exactly what comes later.
  static func isCausal(_ golden: GoldenCase) -> Bool {
    guard !golden.json["inputs"]["key"].exists, !golden.json["inputs"]["key_padding_mask"].exists,
      let mask = mask(golden, "attn_mask")
    else { return false }
    for (row, hidden) in mask.enumerated() {
      for (column, isHidden) in hidden.enumerated() where isHidden != (column > row) {
        return false
      }
    }
    return true
  }

  static func mask(_ golden: GoldenCase, _ name: String) -> [[Bool]]? {
    let json = golden.json["inputs"][name]
    return json.exists ? json["data"].array.map { $0.array.map { $0.bool ?? false } } : nil
  }

  /// The three projections stand one below the other in the golden arrays.
  static func load(_ golden: GoldenCase, _ prefix: String, into layer: MultiHeadAttention) {
    let d = layer.width
    let projections = [layer.queryWeight, layer.keyWeight, layer.valueWeight]
    let biases = [layer.queryBias, layer.keyBias, layer.valueBias]
    for (index, name) in ["q", "k", "v"].enumerated() {
      if golden.parameterNames.contains(prefix + "in_proj_weight") {
        projections[index].values =
          golden.parameter(prefix + "in_proj_weight")
          .slice(axis: 0, index * d..<(index + 1) * d).transposed().values
      } else {
        projections[index].values =
          golden.parameter(prefix + name + "_proj_weight")
          .transposed().values
      }
      biases[index]?.values =
        golden.parameter(prefix + "in_proj_bias")
        .slice(axis: 0, index * d..<(index + 1) * d).values
    }
    layer.outputWeight.values = golden.parameter(prefix + "out_proj.weight").transposed().values
    layer.outputBias?.values = golden.parameter(prefix + "out_proj.bias").values
  }

  static func gradients(
    _ golden: GoldenCase, _ prefix: String, of layer: MultiHeadAttention
  ) -> [String: () -> Tensor?] {
    func turned(_ tensor: Tensor?) -> Tensor? { tensor?.gradient?.transposed() }
    func joined(_ parts: [Tensor?]) -> Tensor? {
      let known = parts.compactMap { $0 }
      return known.count == parts.count ? Tensor.concatenate(known) : nil
    }
    var list: [String: () -> Tensor?] = [
      prefix + "out_proj.weight": { turned(layer.outputWeight) }
    ]
    if golden.parameterNames.contains(prefix + "in_proj_weight") {
      list[prefix + "in_proj_weight"] = {
        joined([turned(layer.queryWeight), turned(layer.keyWeight), turned(layer.valueWeight)])
      }
    } else {
      list[prefix + "q_proj_weight"] = { turned(layer.queryWeight) }
      list[prefix + "k_proj_weight"] = { turned(layer.keyWeight) }
      list[prefix + "v_proj_weight"] = { turned(layer.valueWeight) }
    }
    if layer.hasBias {
      list[prefix + "out_proj.bias"] = { layer.outputBias?.gradient }
      list[prefix + "in_proj_bias"] = {
        joined([layer.queryBias?.gradient, layer.keyBias?.gradient, layer.valueBias?.gradient])
      }
    }
    return list
  }
}
