import NeuralNet

/// A confusion matrix is shown as a table of counts, a row for each true class.
extension ConfusionMatrix: Displayable {
  public var display: Display { figure().display }

  /// The counts, with names for the classes.
  public func figure(names: [String] = [], title: String = "") -> Figure {
    let names = (0..<classCount).map { place in
      place < names.count ? names[place] : figureNumber(Double(place))
    }
    return heatmap(
      counts, rowNames: names, columnNames: names, title: title, x: "named class", y: "true class",
      format: .fixed(0))
  }
}
