import Foundation
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
    let history = net.train(on: .xor, loss: loss, optimizer: optimizer, epochs: 500)
    let expected = golden.json["expected"]
    var losses = stride(from: 0, to: 500, by: 50).map { Double(history.losses[$0]) }
    losses.append(Double(net.evaluate(on: .xor, loss: loss)))
    golden.tolerance.expect(losses, expected["loss"]["data"].numbers, "losses")
    golden.expect(net(Dataset.xor.inputs), equals: expected["outputs_after"], "outputs")
    expectParameters(of: net, expected["parameters_after"], golden.tolerance, golden.name)
  }

  @Test(arguments: GoldenFile("12_training_digits").cases)
  func trainingOnDigitsFollowsTheReference(_ golden: GoldenCase) throws {
    let rows = try #require(golden.json["data"]["rows"].int)
    let data = try TrainingGoldenTests.digits(rows: rows)
    let net = goldenNetwork([.linear, .relu, .linear], golden.json["parameters_before"])
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

  /// The first rows of `digits.csv`, pixels divided by 16.
  static func digits(rows: Int) throws -> Dataset {
    let url = try #require(Bundle.module.url(forResource: "Golden/digits", withExtension: "csv"))
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
      .dropFirst().prefix(rows)
    let numbers = lines.map { line in line.split(separator: ",").compactMap { Float($0) } }
    return Dataset(
      "digits", inputs: Tensor(numbers.map { row in row.dropLast().map { $0 / 16 } }),
      targets: Tensor(numbers.compactMap { $0.last }))
  }
}
