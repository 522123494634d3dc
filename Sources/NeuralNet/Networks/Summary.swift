/// What a network consists of, layer by layer, as data.
public struct Summary {
  /// One layer of the table.
  public struct Row {
    /// The layer as written, `Dense(784, 128)`.
    public let name: String
    /// What reaches the layer, the batch in front.
    public let inputShape: Shape
    /// What the layer hands on, the batch in front.
    public let outputShape: Shape
    /// By the layer's formula; what a row above has counted already does not count again.
    public let parameterCount: Int
    /// By the arrays that it stores and that no row above has counted.
    public let storedParameterCount: Int
    /// The share of all parameters, 0...1.
    public let share: Float
    /// For the input shape of the table, batch included.
    public let multiplyAdds: Int
  }

  /// In the order of the layers.
  public let rows: [Row]
  /// By the layers' formulas; an array that stands in two layers counts once.
  public let parameterCount: Int
  /// By the arrays there are, which is the same number unless a formula is wrong.
  public let storedParameterCount: Int
  /// The sum of the rows'.
  public let multiplyAdds: Int
  /// Bytes of the parameters.
  public let parameterBytes: Int
}

extension Network {
  /// The table of layers for one sample, or for a batch of another shape.
  @export(interface)
  public func summary(for input: Shape? = nil) -> Summary {
    guard let input = input ?? inputShape else {
      stop("summary: the network does not know its input shape; give one [unknown-width]")
    }
    let shapes = [input] + checkedShapes(for: input)
    let total = parameterCount
    var seen: [Parameter] = []
    let rows = layers.indices.map { index in
      let layer = layers[index]
      let own = layer.parameters
      let former = seen.count
      seen = distinct(seen + own)
      let fresh = seen[former...].reduce(0) { $0 + $1.tensor.count }
      let count = layer.parameterCount - (own.reduce(0) { $0 + $1.tensor.count } - fresh)
      return Summary.Row(
        name: layer.name, inputShape: shapes[index], outputShape: shapes[index + 1],
        parameterCount: count, storedParameterCount: fresh,
        share: total == 0 ? 0 : Float(count) / Float(total),
        multiplyAdds: layer.multiplyAdds(for: shapes[index]))
    }
    return Summary(
      rows: rows, parameterCount: total, storedParameterCount: storedParameterCount,
      multiplyAdds: rows.reduce(0) { $0 + $1.multiplyAdds },
      parameterBytes: storedParameterCount * 4)
  }
}
