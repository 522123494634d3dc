extension Network {
  /// Trains on a data set and reports the loss of every epoch.
  ///
  /// Without a batch size every epoch is one step on the whole set; with one, the samples are
  /// shuffled each epoch (unless `shuffling` is false) and the last batch may be smaller. What `onEpoch`
  /// asks of the network is answered as in use: dropout and batch statistics are for the steps alone.
  ///
  /// With early stopping, training ends when the training loss has not improved for some epochs; see the
  /// other `train` for a validation set.
  ///
  ///     net.train(
  ///       on: .xor, loss: .meanSquaredError, optimizer: .sgd(learningRate: 0.5), epochs: 500)
  ///
  /// - Parameters:
  ///   - data: samples in the shape that the network takes, and targets as the loss wants them.
  ///   - loss: what falls; a mean over the samples of a batch unless its reduction says otherwise.
  ///   - optimizer: how parameters follow their gradients. It begins with nothing remembered,
  ///     unless `remembering(_:)` says where.
  ///   - epochs: how often all samples are seen.
  ///   - batchSize: samples of one step; all of them when left out.
  ///   - shuffling: whether each epoch has an order of its own; of batches alone.
  ///   - seed: decides the orders, and nothing else: layers draw from the network's seed.
  ///   - accumulating: after how many batches the parameters take a step, by the mean gradient over
  ///     all samples of these batches: as one batch of them all would, in the memory of a small
  ///     one. The loss must be a mean over samples.
  ///   - earlyStopping: when to end before the last epoch; never when left out.
  ///   - onEpoch: called after each epoch with its number, from 1, and its mean loss.
  @discardableResult
  // Here and elsewhere: compiled once, with the engine, and not again in every chapter's live module.
  @export(interface)
  public func train(
    on data: Dataset, loss: Loss, optimizer: Optimizer, epochs: Int, batchSize: Int? = nil,
    shuffling: Bool = true, seed: Int = 0, accumulating: Int = 1,
    earlyStopping: EarlyStopping? = nil,
    onEpoch: ((_ epoch: Int, _ loss: Float) -> Void)? = nil
  ) -> History {
    train(
      on: data, loss, optimizer, epochs, batchSize, shuffling, seed, accumulating, earlyStopping,
      validate: nil, onEpoch)
  }

  /// Trains on a data set and looks at another one after each epoch: its loss, and where its targets are
  /// classes the share that is named right, go into the history, and early stopping watches that loss.
  ///
  ///     let history = net.train(
  ///       on: train, loss: .crossEntropy, optimizer: .adam(), epochs: 100, batchSize: 32,
  ///       validation: test, earlyStopping: .after(10))
  ///     history.validationAccuracies
  @discardableResult
  public func train(
    on data: Dataset, loss: Loss, optimizer: Optimizer, epochs: Int, batchSize: Int? = nil,
    shuffling: Bool = true, seed: Int = 0, accumulating: Int = 1, validation: Dataset?,
    earlyStopping: EarlyStopping? = nil,
    onEpoch: ((_ epoch: Int, _ loss: Float) -> Void)? = nil
  ) -> History {
    guard let validation else {
      return train(
        on: data, loss: loss, optimizer: optimizer, epochs: epochs, batchSize: batchSize,
        shuffling: shuffling, seed: seed, accumulating: accumulating,
        earlyStopping: earlyStopping, onEpoch: onEpoch)
    }
    let shape = checkedShapes(for: validation.inputs.shape).last ?? validation.inputs.shape
    let hasClasses = shape.rank == 2 && validation.hasClasses(outputs: shape.width)
    return train(
      on: data, loss, optimizer, epochs, batchSize, shuffling, seed, accumulating, earlyStopping,
      validate: { history in
        history.validationLosses.append(self.evaluate(on: validation, loss: loss))
        if hasClasses { history.validationAccuracies.append(self.accuracy(on: validation)) }
      }, onEpoch)
  }

  // Without a validation set a module holds nothing that only such a set needs.
  @export(interface)
  private func train(
    on data: Dataset, _ loss: Loss, _ optimizer: Optimizer, _ epochs: Int, _ batchSize: Int?,
    _ shuffling: Bool, _ seed: Int, _ accumulating: Int, _ earlyStopping: EarlyStopping?,
    validate: ((inout History) -> Void)?, _ onEpoch: ((_ epoch: Int, _ loss: Float) -> Void)?
  ) -> History {
    requirePositive(accumulating, "accumulating", in: "train")
    requirePositive(epochs, "epochs", in: "train")
    if let batchSize { requirePositive(batchSize, "batchSize", in: "train") }
    requireFinite(data.inputs)
    if parameters.isEmpty { stop("train: the network has no parameters to train [all-frozen]") }
    let size = Swift.min(batchSize ?? data.count, data.count)
    let rule = optimizer.rule(for: parameters.map { parameter in parameter.tensor })
    func makeStep(_ samples: Range<Int>) -> TrainingStep {
      let batch = data[samples]
      return TrainingStep(
        self, loss, rule: rule, learningRate: optimizer.learningRate, inputs: batch.inputs,
        targets: batch.targets)
    }
    let step = makeStep(0..<size)
    let rest = data.count % size
    let lastStep = rest > 0 ? makeStep(0..<rest) : step

    var history = History()
    var watch = earlyStopping.map { rule in EarlyStopping.Watch(rule) }
    var random = RandomSource(seed: seed)
    var order = Array(0..<data.count)
    for epoch in 1...epochs {
      if size < data.count && shuffling { order = random.permutation(data.count) }
      var sum = 0.0
      for start in stride(from: 0, to: data.count, by: size) {
        let end = Swift.min(start + size, data.count)
        let current = end - start == size ? step : lastStep
        if size < data.count { current.load(data, order[start..<end]) }
        let value: Float
        if accumulating == 1 {
          value = current.run()
        } else {
          // The batches from one update to the next.
          let block = accumulating * size
          let first = start / block * block
          let last = Swift.min(first + block, data.count)
          value = current.accumulate(
            share: Float(end - start) / Float(last - first), isFirst: start == first)
          if end == last { current.update() }
        }
        if !value.isFinite { stopNotFinite(current, epoch, loss) }
        history.batchLosses.append(value)
        sum += Double(value) * Double(end - start)
      }
      let mean = Float(sum / Double(data.count))
      history.losses.append(mean)
      validate?(&history)
      onEpoch?(epoch, mean)
      if let earlyStopping, watch?.shouldStop(history, self) == true {
        history.stoppedEarly = true
        if earlyStopping.restoresBest, let best = watch?.best { rewind(to: best) }
        break
      }
    }
    return history
  }

  /// The loss on a data set, without changing anything.
  public func evaluate(on data: Dataset, loss: Loss) -> Float {
    let answers = predict(data.inputs)
    return withoutGradients { loss(answers, data.targets).scalar }
  }

  private func stopNotFinite(_ step: TrainingStep, _ epoch: Int, _ loss: Loss) -> Never {
    prepare(for: .training)
    let start = "training: epoch \(epoch): "
    let rate = "; a smaller learning rate than \(step.learningRate) may help [not-finite]"
    func place(_ index: Int) -> String {
      "layer \(index + 1) of \(layers.count), \(layers[index].name)"
    }
    for index in layers.indices {
      for parameter in layers[index].parameters where !parameter.tensor.isFinite {
        stop("\(start)\(place(index)): its \(parameter.name) is no longer finite\(rate)")
      }
    }
    var value = step.inputs
    var largest: (layer: Int, value: Float) = (0, 0)
    for index in layers.indices {
      value = withoutGradients { layers[index](value) }
      if !value.isFinite { stop("\(start)\(place(index)): its output is not finite\(rate)") }
      for number in value.values where abs(number) > largest.value {
        largest = (index, abs(number))
      }
    }
    stop(
      """
      \(start)\(loss.name) is not finite: \(place(largest.layer)), gives values up to \
      \(largest.value)\(rate)
      """)
  }
}
