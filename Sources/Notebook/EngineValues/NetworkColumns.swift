import NeuralNet

/// A fully connected layer of a network with the functions that follow it unit by unit.
struct NetworkColumn {
  let name: String
  let weight: Tensor
  let bias: [Float]
  /// The last of the layers that belong to this column.
  var lastLayer: Int
  /// Where the sums of the units, before any function, come out.
  let sumLayer: Int

  var unitCount: Int { weight.shape[1] }
}

extension Network {
  /// The network as columns of units; nil when a layer is neither fully connected nor applied unit
  /// by unit.
  var columns: [NetworkColumn]? {
    @export(interface) get {
      var columns: [NetworkColumn] = []
      for (index, layer) in layers.enumerated() {
        let parameters = layer.parameters
        if parameters.isEmpty, layer.parameterCount == 0, !columns.isEmpty,
          keepsWidth(layer, columns)
        {
          let last = columns.count - 1
          columns[last] = NetworkColumn(
            name: layer.name, weight: columns[last].weight, bias: columns[last].bias,
            lastLayer: index, sumLayer: columns[last].sumLayer)
        } else if let weight = parameters.first?.tensor, weight.shape.rank == 2,
          isDense(layer, weight, parameters)
        {
          columns.append(
            NetworkColumn(
              name: "linear", weight: weight,
              bias: parameters.count > 1 ? parameters[1].tensor.values : [], lastLayer: index,
              sumLayer: index))
        } else {
          return nil
        }
      }
      return columns.isEmpty ? nil : columns
    }
  }

  /// How many numbers one sample has, where the network knows it.
  var inputCount: Int? {
    @export(interface) get {
      guard let inputShape else { return columns?.first?.weight.shape[0] }
      return inputShape.dimensions.dropFirst().reduce(1, *)
    }
  }

  @export(interface)
  private func keepsWidth(_ layer: any Layer, _ columns: [NetworkColumn]) -> Bool {
    guard let width = columns.last?.unitCount else { return false }
    let shape: Shape = [1, width]
    do {
      return try layer.outputShape(for: shape) == shape
    } catch {
      return false
    }
  }

  private func isDense(_ layer: any Layer, _ weight: Tensor, _ parameters: [Parameter]) -> Bool {
    guard layer.name.utf8.starts(with: "Dense(".utf8) else { return false }
    return parameters.count == 1 || parameters[1].tensor.count == weight.shape[1]
  }
}

/// A batch of points of the plane.
@export(interface)
func batch(_ points: [Point]) -> Tensor {
  var values: [Float] = []
  values.reserveCapacity(points.count * 2)
  for point in points {
    values.append(Float(point.x))
    values.append(Float(point.y))
  }
  return Tensor([points.count, 2], values)
}

/// The numbers of one unit for each sample of a batch.
@export(interface)
func column(_ unit: Int, of tensor: Tensor) -> [Double] {
  let width = tensor.count / tensor.shape[0]
  let values = tensor.values
  return (0..<tensor.shape[0]).map { Double(values[$0 * width + unit]) }
}
