import NeuralNet

/// A history is shown as its loss curve.
extension History: Displayable {
  public var display: Display { figure().display }

  /// The loss curve, on a linear or a logarithmic axis.
  @export(interface)
  public func figure(title: String = "", y: Axis = "loss") -> Figure {
    let epochs = (0..<losses.count).map { $0 + 1 }
    if validationLosses.isEmpty {
      return plot(epochs, losses, title: title, x: "epoch", y: y)
    }
    let validated = (0..<validationLosses.count).map { $0 + 1 }
    return plot(
      Series("training", x: epochs, y: losses),
      Series("validation", x: validated, y: validationLosses).dashed, title: title, x: "epoch", y: y
    )
  }

  /// The share of the validation set that was named right after each epoch.
  public func accuracyFigure(title: String = "", y: Axis = "accuracy") -> Figure {
    plot(Series("", validationAccuracies), title: title, x: "epoch", y: y)
  }
}
