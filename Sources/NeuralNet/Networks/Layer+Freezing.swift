extension Layer {
  /// Keeps the parameters as they are: training from now on leaves them alone.
  ///
  /// Frozen layers at the front cost no backward pass either. Call it before training starts; a
  /// `TrainingStep` made earlier goes on as before.
  public func freeze() { setTrainable(false) }

  /// Lets training change the parameters again.
  public func unfreeze() { setTrainable(true) }

  /// Whether training leaves all parameters of the layer alone.
  public var isFrozen: Bool {
    let list = parameters
    return !list.isEmpty && list.allSatisfy { parameter in !parameter.tensor.needsGradient }
  }

  /// How many numbers training may change.
  public var trainableParameterCount: Int {
    parameters.reduce(0) { $0 + ($1.tensor.needsGradient ? $1.tensor.count : 0) }
  }

  private func setTrainable(_ isTrainable: Bool) {
    for parameter in parameters {
      parameter.tensor.storage.needsGradient = isTrainable
      parameter.tensor.clearGradient()
    }
  }
}
