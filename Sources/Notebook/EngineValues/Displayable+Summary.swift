import NeuralNet

/// A summary is shown as a table with one row for each layer, and bars for their shares.
extension Summary: Displayable {
  public var display: Display {
    @export(interface) get {
      table(
        Column("layer", rows.map { $0.name }).total("total"),
        Column("output", rows.map { sampleShape($0.outputShape) }),
        Column("parameters", rows.map { $0.parameterCount }).total(figureCount(parameterCount)),
        Column.shares("share", rows.map { $0.share }),
        Column("multiply-adds", rows.map { $0.multiplyAdds }).total(figureCount(multiplyAdds))
      ).display
    }
  }

  /// The shape of one sample: without the axis that counts samples.
  private func sampleShape(_ shape: Shape) -> String {
    Shape(Array(shape.dimensions.dropFirst())).description
  }
}
