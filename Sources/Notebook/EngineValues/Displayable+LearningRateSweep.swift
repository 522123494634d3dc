import NeuralNet

/// A sweep of learning rates is shown as its loss against the rate, with the suggestion marked.
extension LearningRateSweep: Displayable {
  public var display: Display { figure().display }

  /// The smoothed loss against the rate.
  public func figure(title: String = "", y: Axis = "loss") -> Figure {
    let marks = suggestion.map { rate in [Mark.vertical(rate, "falls fastest")] } ?? []
    return plot(
      rates, smoothedLosses, title: title, x: .log("learning rate"), y: y, marks: marks)
  }
}
