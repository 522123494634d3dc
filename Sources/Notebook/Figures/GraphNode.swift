/// One step of a computation: what it is, what came out, and how much the result depends on it.
public struct GraphNode: Sendable {
  let name: String
  let value: Double
  let gradient: Double?
  let inputs: [Int]
  /// Stands for the numbers of a tensor that has more than one.
  var detail = ""

  /// - Parameters:
  ///   - name: the operation, or the name of a given number.
  ///   - value: what came out.
  ///   - gradient: of the result with respect to this value, written beside it; nil for none.
  ///   - inputs: the places of its arguments in the list of nodes, each before this one.
  public init<Value: ShownNumber>(
    _ name: String, value: Value, gradient: Value? = nil, inputs: [Int] = []
  ) {
    self.name = name
    self.value = value._double
    self.gradient = gradient.map { $0._double }
    self.inputs = inputs
  }
}
