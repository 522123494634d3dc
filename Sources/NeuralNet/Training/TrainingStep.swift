internal import NeuralNetKernels

/// One step of training for batches of one shape: forward, backward, update.
///
/// The first run records the operations; every later one runs them again in the same memory and
/// allocates nothing. So what the network and the loss compute must not depend on values through
/// Swift's own `if`.
///
///     let step = TrainingStep(net, .meanSquaredError, .sgd(learningRate: 0.5), like: data)
///     for _ in 0..<500 { loss = step.run() }
public final class TrainingStep {
  /// What is trained.
  public let network: Network
  /// The batch that a run works on.
  public let inputs: Tensor
  /// What the batch should give; like `inputs`, its values may be changed between runs.
  public let targets: Tensor
  /// That of the next run; it may be changed from run to run, as schedules do.
  public var learningRate: Float
  private let rule: any UpdateRule
  private let parameters: [Storage]
  private let buffers: [Storage]
  private let replay: Replay
  /// What the forward pass that made the step left in the buffers, until the first run.
  private var recorded: [[Float]]?
  /// The versions of all that the pass computed with, added up.
  private var recordedVersions = 0

  /// A step for one batch, with an optimizer of its own.
  public convenience init(
    _ network: Network, _ loss: Loss, _ optimizer: Optimizer, like data: Dataset
  ) {
    self.init(
      network, loss, rule: optimizer.rule(for: network.parameters.map { $0.tensor }),
      learningRate: optimizer.learningRate, inputs: Tensor(data.inputs.shape, data.inputs.values),
      targets: Tensor(data.targets.shape, data.targets.values))
  }

  /// A step that shares a rule, and so what the rule remembers, with steps for other batch sizes.
  @export(interface)
  init(
    _ network: Network, _ loss: Loss, rule: any UpdateRule, learningRate: Float, inputs: Tensor,
    targets: Tensor
  ) {
    self.network = network
    self.inputs = inputs
    self.targets = targets
    self.rule = rule
    self.learningRate = learningRate
    let list = network.parameters
    if !list.isEmpty && network.isFrozen {
      stop(
        """
        training: all \(list.count) parameter arrays of the network are frozen; unfreeze() a layer \
        [all-frozen]
        """)
    }
    parameters = list.map { parameter in parameter.tensor.storage }
    buffers = network.buffers.map { buffer in buffer.tensor.storage }
    // Recording runs the step, which must leave no trace in running statistics.
    let former = buffers.map { buffer in buffer.copiedValues }
    let mode = network.mode
    network.prepare(for: .training)
    replay = Replay { loss(network(inputs), targets) }
    network.prepare(for: mode)
    network.threshold = loss.threshold
    recorded = buffers.map { buffer in buffer.copiedValues }
    for (buffer, values) in zip(buffers, former) { buffer.put(values) }
    recordedVersions = versions
    guard replay.result.count == 1 else {
      stop(
        "\(loss.name): a loss must be one number, got shape \(replay.result.shape) [not-a-scalar]")
    }
  }

  /// Runs the step on the batch as it is, and gives the loss from before the update.
  @discardableResult
  @export(interface)
  public func run() -> Float {
    computeGradients()
    update()
    return replay.result.storage.values[0]
  }

  /// Changes the parameters by the gradients that they have.
  public func update() {
    network.mask?.apply()
    rule.update(learningRate: learningRate)
    network.mask?.apply()
  }

  /// Forward and backward for the batch as it is, whose gradients are added to those that the parameters
  /// have, times a share; the loss itself is given back whole. With `update` after several batches:
  ///
  ///     for part in 0..<4 {
  ///       step.load(data, part * 8..<part * 8 + 8)
  ///       step.accumulate(share: 0.25, isFirst: part == 0)
  ///     }
  ///     step.update()
  ///
  /// - Parameters:
  ///   - share: by what the gradients are multiplied: the batch's part of all samples of the step.
  ///   - isFirst: that the gradients from before are forgotten.
  @discardableResult
  public func accumulate(share: Float, isFirst: Bool) -> Float {
    computeGradients(share: share, adding: !isFirst)
  }

  /// Forward and backward alone; the gradients are then those of the parameters.
  @discardableResult
  public func computeGradients() -> Float { computeGradients(share: 1, adding: false) }

  private func computeGradients(share: Float, adding: Bool) -> Float {
    if let recorded, recordedVersions == versions {
      for (buffer, values) in zip(buffers, recorded) { buffer.put(values) }
    } else {
      replay.forward()
    }
    recorded = nil
    if !adding { for parameter in parameters { parameter.clearGradient() } }
    replay.backward(scale: share)
    return replay.result.storage.values[0]
  }

  /// Copies neighboring samples of a data set into the batch; as many as the batch has.
  public func load(_ data: Dataset, _ samples: Range<Int>) {
    guard samples.count == inputs.shape[0] else {
      stop(
        """
        TrainingStep: the batch holds \(inputs.shape[0]) samples, got \(samples.count) \
        [batch-size]
        """)
    }
    data.copy(samples, to: inputs, targets)
    network.requireFinite(inputs)
    recorded = nil
  }

  /// Copies samples of a data set, whose inputs were found finite, into the batch.
  func load(_ data: Dataset, _ order: ArraySlice<Int>) {
    data.copy(order, to: inputs, targets)
    recorded = nil
  }

  /// Grows with every change of what the step computes with.
  private var versions: Int {
    var sum = inputs.storage.version + targets.storage.version
    for parameter in parameters { sum += parameter.version }
    for buffer in buffers { sum += buffer.version }
    return sum
  }
}
