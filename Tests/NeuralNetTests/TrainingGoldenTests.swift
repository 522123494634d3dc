import NeuralNet
import Testing

/// `12_training_*.json`: whole training runs from stated initial weights.
@Suite struct TrainingGoldenTests {
  @Test(arguments: GoldenFile("12_training_xor").cases)
  func trainingOnXORFollowsTheReference(_ golden: GoldenCase) throws {
    let layers = golden.json["layers"].array.compactMap { GoldenLayer($0.string ?? "") }
    let net = goldenNetwork(layers, golden.json["parameters_before"])
    let optimizer = try #require(
      OptimizerGoldenTests.optimizer(golden.json["optimiser"].string, golden.options))
    let loss: Loss =
      golden.json["loss_function"].string == "BCELoss mean"
      ? .binaryCrossEntropy : .meanSquaredError
    let steps = try #require(golden.json["steps"].int)
    let history = net.train(on: .xor, loss: loss, optimizer: optimizer, epochs: steps)
    let expected = golden.json["expected"]
    let after = history.losses + [net.evaluate(on: .xor, loss: loss)]
    let losses = expected["steps_done"].array.compactMap { $0.int }.map { Double(after[$0]) }
    golden.tolerance.expect(losses, expected["loss"]["data"].numbers, "losses")
    golden.expect(net(Dataset.xor.inputs), equals: expected["outputs_after"], "outputs")
    expectParameters(of: net, expected["parameters_after"], golden.tolerance, golden.name)
  }

  @Test(arguments: GoldenFile("12_training_digits").cases)
  func trainingOnDigitsFollowsTheReference(_ golden: GoldenCase) throws {
    let data = try TrainingGoldenTests.data(golden.json["data"])
    let activation = try #require(GoldenLayer(golden.json["activation"].string ?? ""))
    let net = goldenNetwork(
      goldenLayers(golden.json["sizes"], activation), golden.json["parameters_before"])
    let optimizer = try #require(
      OptimizerGoldenTests.optimizer(golden.json["optimiser"].string, golden.options))
    let expected = golden.json["expected"]
    var losses = [Double(net.evaluate(on: data, loss: .crossEntropy))]
    var correct = [TrainingGoldenTests.correct(net, data)]
    let history = net.train(
      on: data, loss: .crossEntropy, optimizer: optimizer,
      epochs: try #require(golden.json["epochs"].int), batchSize: golden.json["batch_size"].int,
      shuffling: false
    ) { _, _ in
      losses.append(Double(net.evaluate(on: data, loss: .crossEntropy)))
      correct.append(TrainingGoldenTests.correct(net, data))
    }
    golden.tolerance.expect(
      history.batchLosses.map { Double($0) },
      expected["loss_of_each_batch_before_its_step"]["data"].numbers, "batch losses")
    golden.tolerance.expect(
      losses, expected["loss_over_all_rows_after_epoch"]["data"].numbers, "losses")
    #expect(correct == expected["correct_rows_after_epoch"].array.compactMap { $0.int })
    expectParameters(of: net, expected["parameters_after"], golden.tolerance, golden.name)
  }

  static func correct(_ net: Network, _ data: Dataset) -> Int {
    zip(net.predict(data.inputs).argmax(), data.targets.values).count { Float($0) == $1 }
  }

  /// Rows of a data file, scaled as it says: "pixel / 16".
  static func data(_ json: JSON) throws -> Dataset {
    let name = try #require(json["file"].string?.split(separator: ".").first)
    let whole = try goldenDataset(String(name))
    let first = json["first_row"].int ?? 0
    let rows = whole[first..<first + (json["rows"].int ?? whole.count - first)]
    let words = json["x"].string?.split(separator: " ") ?? []
    guard words.count == 3, words[1] == "/", let divisor = Float(words[2]) else { return rows }
    return Dataset(rows.name, inputs: rows.inputs / divisor, targets: rows.targets)
  }
}
