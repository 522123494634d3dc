import NeuralNet
import Testing

@Suite struct CourseTrainingTests {
  /// `19_course_steps.json`: weight decay for matrices alone.
  @Test(arguments: GoldenFile("19_course_steps").cases.filter { $0.options["parts"].int == 1 })
  func groupsFollowTheirOwnRules(_ golden: GoldenCase) throws {
    let decay = try #require(golden.options["decay"].float)
    let rate = try #require(golden.options["rate"].float)
    func optimizer(_ decay: Float) -> Optimizer {
      golden.layer == "AdamW"
        ? .adamW(learningRate: rate, weightDecay: decay)
        : .sgd(learningRate: rate, momentum: 0.9, weightDecay: decay)
    }
    let dense = Dense(
      weight: golden.parameter("weight").matrix, bias: golden.parameter("bias").values)
    let data = Dataset("steps", inputs: golden.input("x"), targets: golden.input("y"))
    let step = TrainingStep(
      Network([dense]), .meanSquaredError,
      optimizer(decay).using(optimizer(0)) { $0.shape.rank < 2 }, like: data)
    for _ in 0..<(try #require(golden.options["steps"].int)) { step.run() }
    golden.expect(dense.weight, equals: golden.json["outputs"]["weight"], "weight")
    golden.expect(try #require(dense.bias), equals: golden.json["outputs"]["bias"], "bias")
  }

  @Test func aGroupHasItsOwnRateUnderASchedule() {
    let (body, head) = (Dense(weight: [[1]], bias: nil), Dense(weight: [[1]], bias: nil))
    let net = Network([body, head])
    let one = Dataset("one", inputs: Tensor([[1]]), targets: Tensor([[0]]))
    let step = TrainingStep(
      net, Loss("product", body: { a, _ in a.sum() }),
      .sgd(learningRate: 0.5).using(.sgd(learningRate: 0.125), for: body)
        .scheduled(.step(every: 1, factor: 0.5)), like: one)
    step.run()
    #expect(head.weight.values == [0.5] && body.weight.values == [0.875])
    step.run()
    // Half the rates, and gradients that are the other's weight.
    #expect(
      head.weight.values == [0.5 - 0.25 * 0.875] && body.weight.values == [0.875 - 0.0625 * 0.5])
  }

  @Test func aCustomGradientIsTheAuthors() {
    let sign = CustomOperation("sign") {
      $0[0].step() * 2 - 1
    } backward: { _, _, upstream in
      [upstream]
    }
    let x = Tensor([-0.5, 0.25], needsGradient: true)
    let y = sign(x * 3)
    #expect(y.values == [-1, 1])
    y.sum().backward()
    #expect(x.gradient?.values == [3, 3])
    let product = CustomOperation("product") { inputs in
      inputs[0] * inputs[1]
    } backward: { inputs, output, upstream in
      [upstream * inputs[1], upstream * inputs[0]]
    }
    expectOperationLaws("custom product", [[3, 4], [3, 4]]) { product($0[0], $0[1]) }
    let half = CustomOperation("left alone") {
      $0[0] * $0[1]
    } backward: { inputs, _, upstream in
      [upstream * inputs[1], nil]
    }
    let (a, b) = (Tensor([2], needsGradient: true), Tensor([3], needsGradient: true))
    half(a, b).sum().backward()
    #expect(a.gradient?.values == [3] && b.gradient == nil)
  }

  @Test func aCustomOperationRunsAnewInARecordedStepAndLeaksNothing() {
    let before = liveNodeCount
    do {
      let x = Tensor([1, -1], needsGradient: true)
      let largest = CustomOperation("largest") { inputs in
        Tensor(inputs[0].values.max() ?? 0)
      } backward: { inputs, output, upstream in
        [Tensor.where(inputs[0] .== output, upstream, 0)]
      }
      let replay = Replay { largest(x).squared() }
      #expect(replay.result.scalar == 1)
      x.values = [2, 5]
      replay.forward()
      replay.backward()
      #expect(replay.result.scalar == 25)
      #expect(x.gradient?.values == [0, 10])
    }
    #expect(liveNodeCount == before)
  }

  /// Reconstruction and Kullback-Leibler divergence, with fresh noise at each step.
  @Test func aVariationalAutoencoderTrains() {
    final class Sampling: Layer {
      let noise = Noise(seed: 5)
      let decoder = Dense(1, 2, seed: 6)
      var name: String { "Sampling" }
      var parameters: [Parameter] { decoder.parameters }
      var parameterCount: Int { decoder.parameterCount }
      func outputShape(for input: Shape) throws(ShapeError) -> Shape { input.withWidth(4) }
      func callAsFunction(_ input: Tensor) -> Tensor {
        let (mean, logVariance) = (input.slice(axis: 1, 0..<1), input.slice(axis: 1, 1..<2))
        let z = mean + (logVariance / 2).exp() * noise.normal(like: mean)
        return Tensor.concatenate([decoder(z), mean, logVariance], axis: 1)
      }
    }
    let loss = Loss("evidence", check: { _, _ in }) { output, target in
      let (mean, logVariance) = (output.slice(axis: 1, 2..<3), output.slice(axis: 1, 3..<4))
      let distance = (output.slice(axis: 1, 0..<2) - target).squared().sum(axis: 1) * 10
      let divergence = (mean.squared() + logVariance.exp() - logVariance - 1).sum(axis: 1) / 2
      return (distance + divergence).mean()
    }
    let place = Tensor.uniform([64, 1], in: -1..<1, seed: 1)
    let points = Tensor.concatenate([place, place * -2], axis: 1)
    let net = Network(inputs: 2, seed: 2) {
      Dense(8)
      Tanh()
      Dense(2)
      Sampling()
    }
    let history = net.train(
      on: Dataset("line", inputs: points, targets: points), loss: loss,
      optimizer: .adam(learningRate: 0.02), epochs: 300)
    let early = history.losses.prefix(10).reduce(0, +) / 10
    let late = history.losses.suffix(10).reduce(0, +) / 10
    #expect(late < 0.5 * early)
    // The noise differs from step to step, so the loss does not settle to a line.
    #expect(Set(history.losses.suffix(10)).count > 5)
  }

  @Test func aSweepOfRatesLeavesTheNetworkAsItWas() throws {
    let data = Dataset.moons(count: 80, noise: 0.1, seed: 1)
    let net = Network(inputs: 2, seed: 1) {
      Dense(8)
      BatchNorm()
      Tanh()
      Dense(1)
      Sigmoid()
    }
    let before = net.snapshot()
    let sweep = net.findLearningRate(
      on: data, loss: .binaryCrossEntropy, optimizer: .sgd(learningRate: 1), from: 1e-4, to: 100,
      steps: 60, batchSize: 16)
    #expect(net.snapshot() == before)
    #expect(net.mode == .inference)
    #expect(sweep.rates.count == sweep.losses.count && sweep.rates[0] == 1e-4)
    #expect(zip(sweep.rates, sweep.rates.dropFirst()).allSatisfy { $0 < $1 })
    let suggestion = try #require(sweep.suggestion)
    #expect(suggestion > 1e-3 && suggestion < 30)
  }
}

/// Gradients of several batches for one update, and what training says of a validation set.
@Suite struct AccumulationTests {
  @Test(arguments: GoldenFile("19_course_steps").cases)
  func accumulatedBatchesAreOneLargeBatch(_ golden: GoldenCase) throws {
    let decay = try #require(golden.options["decay"].float)
    let rate = try #require(golden.options["rate"].float)
    let parts = try #require(golden.options["parts"].int)
    func optimizer(_ decay: Float) -> Optimizer {
      golden.layer == "AdamW"
        ? .adamW(learningRate: rate, weightDecay: decay)
        : .sgd(learningRate: rate, momentum: 0.9, weightDecay: decay)
    }
    let dense = Dense(
      weight: golden.parameter("weight").matrix, bias: golden.parameter("bias").values)
    let data = Dataset("steps", inputs: golden.input("x"), targets: golden.input("y"))
    Network([dense]).train(
      on: data, loss: .meanSquaredError,
      optimizer: optimizer(decay).using(optimizer(0)) { $0.shape.rank < 2 },
      epochs: try #require(golden.options["steps"].int), batchSize: data.count / parts,
      shuffling: false, accumulating: parts)
    golden.expect(dense.weight, equals: golden.json["outputs"]["weight"], "weight")
    golden.expect(try #require(dense.bias), equals: golden.json["outputs"]["bias"], "bias")
  }

  /// 10 samples in batches of 3, three batches an update: 9 samples, then 1 alone.
  @Test func theLastBatchesCountByTheirSamples() {
    let data = Dataset.moons(count: 10, noise: 0.1, seed: 2)
    func trained(_ batches: [Range<Int>]?, _ accumulating: Int) -> [Float] {
      let net = Network(inputs: 2, seed: 3) {
        Dense(4)
        Tanh()
        Dense(1)
        Sigmoid()
      }
      let optimizer = Optimizer.sgd(learningRate: 0.5)
      guard let batches else {
        net.train(
          on: data, loss: .binaryCrossEntropy, optimizer: optimizer, epochs: 1, batchSize: 3,
          shuffling: false, accumulating: accumulating)
        return net.parameters.flatMap { $0.tensor.values }
      }
      for batch in batches {
        TrainingStep(net, .binaryCrossEntropy, optimizer, like: data[batch]).run()
      }
      return net.parameters.flatMap { $0.tensor.values }
    }
    let (one, other) = (trained(nil, 3), trained([0..<9, 9..<10], 1))
    #expect(zip(one, other).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func aHistoryHasLossAndAccuracyOfTheValidationSet() {
    let (train, test) = Dataset.blobs(count: 60, seed: 2).split(testShare: 0.3, seed: 1)
    let net = Network(inputs: 2, seed: 1) { Dense(3) }
    var seen: [Float] = []
    let history = net.train(
      on: train, loss: .crossEntropy, optimizer: .adam(learningRate: 0.1), epochs: 12,
      validation: test
    ) { _, _ in seen.append(net.accuracy(on: test)) }
    #expect(history.validationAccuracies == seen && seen.count == 12)
    #expect(history.validationLosses.last == net.evaluate(on: test, loss: .crossEntropy))
    // One number that is no class has no accuracy.
    let line = Dataset("line", inputs: Tensor([[0], [1]]), targets: Tensor([[0], [0.5]]))
    let regression = Network(inputs: 1) { Dense(1) }.train(
      on: line, loss: .meanSquaredError, optimizer: .sgd(learningRate: 0.1), epochs: 3,
      validation: line)
    #expect(regression.validationLosses.count == 3 && regression.validationAccuracies.isEmpty)
    // Zeros and ones are classes of a single output; rows with a single one are those of several.
    let exclusive = Network(inputs: 2) {
      Dense(1); Sigmoid()
    }.train(
      on: .xor, loss: .binaryCrossEntropy, optimizer: .sgd(learningRate: 0.1), epochs: 2,
      validation: .xor)
    #expect(exclusive.validationAccuracies.count == 2)
    let rows = Network(inputs: 2) { Dense(3) }.train(
      on: train.oneHot, loss: .crossEntropy, optimizer: .sgd(learningRate: 0.1), epochs: 2,
      validation: test.oneHot)
    #expect(rows.validationAccuracies.count == 2)
  }
}
