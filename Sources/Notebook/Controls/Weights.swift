import NeuralNet

/// The weights of a small network, each to be moved by the reader: by sliders, and on the network's
/// diagram. The network has them from here on.
///
///     weights(of: net)
///     diagram(net)
public func weights(_ label: String = "Weights", of network: Network, range: Float = 10) {
  let parameters = network.parameters
  let initial = parameters.flatMap { parameter in parameter.tensor.values }
  require(label, range > 0, "the range must be above 0, got \(range)")
  require(
    label, initial.count <= mostWeights,
    "at most \(mostWeights) weights can be moved by hand, the network has \(initial.count)")
  var names: [String] = []
  for (index, layer) in network.layers.enumerated() {
    for parameter in layer.parameters {
      let shape = parameter.tensor.shape
      let width = shape[shape.rank - 1]
      for place in 0..<parameter.tensor.count {
        var name = TextBuffer()
        name.append("layer ")
        name.append(index + 1)
        name.append(shape.rank == 2 ? ", weight " : ", bias " as StaticString)
        if shape.rank == 2 {
          name.append(place / width + 1)
          name.append(" to ")
        }
        name.append(place % width + 1)
        names.append(name.string)
      }
    }
  }
  let values = Control.declare("weights", label) { record in
    record.set("names", names)
    record.set("min", -range)
    record.set("max", range)
    record.set("default", initial)
  }
  Control.movable.append((network, Control.lastName))
  guard let values, values.count == initial.count, values.allSatisfy({ $0.isFinite }) else {
    return
  }
  var start = 0
  for parameter in parameters {
    let tensor = parameter.tensor
    tensor.values = values[start..<start + tensor.count].map { value in Float(value) }
    start += tensor.count
  }
}

private let mostWeights = 40
