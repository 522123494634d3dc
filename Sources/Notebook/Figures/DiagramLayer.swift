/// One column of a network diagram: the inputs, or the units of a layer.
public struct DiagramLayer: Sendable {
  let name: String
  let count: Int
  let unitNames: [String]
  let weights: [[Double]]
  let biases: [Double]
  let maps: [Field]

  /// - Parameters:
  ///   - name: stands above the column.
  ///   - count: how many units the column has.
  ///   - unitNames: stand beside the units; one for each, or none.
  ///   - weights: one row for each unit of the layer before, one column for each unit of this.
  ///   - biases: one for each unit, or none.
  ///   - maps: what each unit answers over the plane, drawn inside it.
  public init<Number: ShownNumber>(
    _ name: String, count: Int, unitNames: [String] = [], weights: [[Number]],
    biases: [Number] = [], maps: [Field] = []
  ) {
    self.name = name
    self.count = count
    self.unitNames = unitNames
    self.weights = weights.map { doubles($0) }
    self.biases = doubles(biases)
    self.maps = maps
  }

  /// A column whose units are not connected to the one before, such as the inputs.
  public init(_ name: String, count: Int, unitNames: [String] = [], maps: [Field] = []) {
    self.init(name, count: count, unitNames: unitNames, weights: [[Double]](), maps: maps)
  }
}
