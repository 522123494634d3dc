import NeuralNet
import Testing

/// `13_parameter_counts.json`: models by formula and, where they are small, by stored arrays.
@Suite struct ParameterCountTests {
  static let file = GoldenFile("13_parameter_counts")

  @Test func thereAreModels() { #expect(!ParameterCountTests.file.cases.isEmpty) }

  @Test(arguments: file.cases)
  func countsAreThoseOfPyTorch(_ golden: GoldenCase) throws {
    let expected = golden.json["expected"]
    let counts = try golden.json["layers"].array.map { layer in
      try count(layer, bias: .two) * (layer["count"].int ?? 1)
    }
    #expect(counts == expected["pytorch_per_layer"].array.compactMap { $0.int })
    #expect(counts.reduce(0, +) == expected["pytorch_total"].int)
  }

  /// Keras has one bias vector in RNN and LSTM; its GRU has two unless told otherwise.
  @Test(arguments: file.cases.filter { $0.json["expected"]["keras_trainable"].exists })
  func countsAreThoseOfKeras(_ golden: GoldenCase) throws {
    func total(gru: RecurrentBias) throws -> Int {
      try golden.json["layers"].array.reduce(0) { sum, layer in
        sum + (try count(layer, bias: layer["type"].string == "gru" ? gru : .one))
          * (layer["count"].int ?? 1)
      }
    }
    let expected = golden.json["expected"]
    #expect(try total(gru: .two) == expected["keras_trainable"].int)
    if let other = expected["keras_total_reset_after_false"].int {
      #expect(try total(gru: .one) == other)
    }
  }

  @Test(
    arguments: file.cases.filter { ($0.json["expected"]["pytorch_total"].int ?? 0) < 2_000_000 })
  func storedArraysHoldAsManyNumbersAsTheFormulaSays(_ golden: GoldenCase) throws {
    for json in golden.json["layers"].array {
      for layer in try make(json) {
        let stored = layer.parameters.reduce(0) { $0 + $1.tensor.count }
        #expect(stored == layer.parameterCount, "\(layer.name)")
      }
      let made = try make(json).reduce(0) { $0 + $1.parameterCount }
      #expect(try made == count(json, bias: .two))
    }
  }

  private func count(_ json: JSON, bias: RecurrentBias) throws -> Int {
    let size = { (key: String) throws -> Int in try #require(json[key].int, "\(key)") }
    let hasBias = json["bias"].bool ?? true
    switch json["type"].string {
    case "linear":
      return Dense.parameterCount(inputs: try size("in"), outputs: try size("out"), bias: hasBias)
    case "embedding":
      return Embedding.parameterCount(count: try size("num"), width: try size("dim"))
    case "rnn", "lstm", "gru":
      let options = RecurrentOptions(
        hidden: try size("hidden"), layers: json["layers"].int ?? 1,
        isBidirectional: json["bidirectional"].bool ?? false, bias: hasBias ? bias : .none)
      let gates = ["rnn": 1, "gru": 3, "lstm": 4][json["type"].string ?? ""] ?? 0
      return options.parameterCount(gates: gates, inputs: try size("input"))
    case "mha": return MultiHeadAttention.parameterCount(width: try size("d"), bias: hasBias)
    case "encoder_layer":
      return TransformerEncoderLayer.parameterCount(
        width: try size("d"), feedForward: try size("ff"))
    case "decoder_layer":
      return TransformerDecoderLayer.parameterCount(
        width: try size("d"), feedForward: try size("ff"))
    case "conv1d":
      return Convolution1D.parameterCount(
        inputs: try size("in"), outputs: try size("out"), kernel: kernel(json).width,
        groups: json["groups"].int ?? 1, bias: hasBias)
    case "conv2d":
      return Convolution2D.parameterCount(
        inputs: try size("in"), outputs: try size("out"), kernel: kernel(json),
        groups: json["groups"].int ?? 1, bias: hasBias)
    case "batchnorm": return BatchNorm(try size("features")).parameterCount
    case "layernorm": return LayerNorm(try size("features")).parameterCount
    case "rmsnorm": return RMSNorm(try size("features")).parameterCount
    case "relu", "maxpool2d", "flatten", "dropout": return 0
    default:
      Issue.record("no formula for \(json["type"])")
      return 0
    }
  }

  private func make(_ json: JSON) throws -> [any Layer] {
    let size = { (key: String) throws -> Int in try #require(json[key].int, "\(key)") }
    let hasBias = json["bias"].bool ?? true
    let bias: RecurrentBias = hasBias ? .two : .none
    let (layers, both) = (json["layers"].int ?? 1, json["bidirectional"].bool ?? false)
    switch json["type"].string {
    case "linear": return [Dense(try size("in"), try size("out"), bias: hasBias)]
    case "embedding": return [Embedding(try size("num"), try size("dim"))]
    case "rnn":
      return [
        RNN(try size("input"), try size("hidden"), layers: layers, bidirectional: both, bias: bias)
      ]
    case "lstm":
      return [
        LSTM(try size("input"), try size("hidden"), layers: layers, bidirectional: both, bias: bias)
      ]
    case "gru":
      return [
        GRU(try size("input"), try size("hidden"), layers: layers, bidirectional: both, bias: bias)
      ]
    case "mha":
      return [MultiHeadAttention(try size("d"), heads: try size("heads"), bias: hasBias)]
    case "encoder_layer":
      return [
        TransformerEncoderLayer(
          try size("d"), heads: try size("heads"), feedForward: try size("ff"))
      ]
    case "decoder_layer":
      return [
        TransformerDecoderLayer(
          try size("d"), heads: try size("heads"), feedForward: try size("ff"))
      ]
    case "conv1d":
      return [
        Convolution1D(
          try size("in"), try size("out"), kernel: kernel(json).width,
          groups: json["groups"].int ?? 1, bias: hasBias)
      ]
    case "conv2d":
      return [
        Convolution2D(
          try size("in"), try size("out"), kernel: kernel(json),
          groups: json["groups"].int ?? 1, bias: hasBias)
      ]
    case "batchnorm": return [BatchNorm(try size("features"))]
    case "layernorm": return [LayerNorm(try size("features"))]
    case "rmsnorm": return [RMSNorm(try size("features"))]
    case "relu": return [ReLU()]
    case "dropout": return [Dropout(0.5)]
    case "flatten": return [Flatten()]
    case "maxpool2d": return [MaxPool(2)]
    default:
      Issue.record("no layer for \(json["type"])")
      return []
    }
  }

  /// A kernel of one axis is one of height 1.
  private func kernel(_ json: JSON) -> Extent {
    let sizes = json["kernel"].array.compactMap { $0.int }
    return Extent(sizes.count == 1 ? 1 : sizes[0], sizes.last ?? 0)
  }

  @Test func widthPatternsGiveTheStatedWidths() throws {
    let cases = ParameterCountTests.file.cases.filter { $0.name.hasPrefix("pattern_") }
    for golden in cases {
      let parts = golden.name.split(separator: "_")
      let sizes = parts[2].split(separator: "x").compactMap { Int($0) }
      let pattern: WidthPattern =
        switch parts[1] {
        case "constant": .constant
        case "funnel": .funnel
        case "bottleneck": .bottleneck
        case "expanding": .expanding
        default: try #require(nil as WidthPattern?, "no pattern is called \(parts[1])")
        }
      let linear = golden.json["layers"].array.filter { $0["type"].string == "linear" }
      let expected = linear.dropLast().compactMap { $0["out"].int }
      #expect(pattern.widths(layers: sizes[0], base: sizes[1]) == expected, "\(golden.name)")
    }
  }
}
