extension Network {
  /// Trains on a data set and reports the loss of every epoch.
  ///
  /// Without a batch size every epoch is one step on the whole set; with one, the samples are
  /// shuffled each epoch (unless `shuffling` is false) and the last batch may be smaller. What `onEpoch`
  /// asks of the network is answered as in use: dropout and batch statistics are for the steps alone.
  ///
  /// With early stopping, training ends when the loss on the validation set, or the training loss
  /// where there is none, has not improved for some epochs.
  ///
  ///     net.train(
  ///       on: .xor, loss: .meanSquaredError, optimizer: .sgd(learningRate: 0.5), epochs: 500)
  @discardableResult
  // Here and elsewhere: compiled once, with the engine, and not again in every chapter's live module.
  @export(interface)
  public func train(
    on data: Dataset, loss: Loss, optimizer: Optimizer, epochs: Int, batchSize: Int? = nil,
    shuffling: Bool = true, seed: Int = 0, validation: Dataset? = nil,
    earlyStopping: EarlyStopping? = nil,
    onEpoch: ((_ epoch: Int, _ loss: Float) -> Void)? = nil
  ) -> History {
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
        let value = current.run()
        if !value.isFinite { stopNotFinite(current, epoch, loss) }
        history.batchLosses.append(value)
        sum += Double(value) * Double(end - start)
      }
      let mean = Float(sum / Double(data.count))
      history.losses.append(mean)
      if let validation { history.validationLosses.append(evaluate(on: validation, loss: loss)) }
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
