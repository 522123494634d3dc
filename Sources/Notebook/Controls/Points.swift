import NeuralNet

/// Samples in the plane that the reader drags, adds to and takes away, on the figure that follows.
///
///     let data = points("Points", default: .moons(count: 40, seed: 3))
///     decisionRegions(net, on: data)
///
/// The default has two inputs and one target, the class: 0 or 1.
public func points(_ label: String = "Points", default initial: Dataset) -> Dataset {
  let (inputs, targets) = (initial.inputs, initial.targets)
  require(
    label, inputs.count == 2 * initial.count && targets.count == initial.count,
    "points have two inputs and one target, got \(inputs.shape) and \(targets.shape)")
  require(label, initial.count <= mostPoints, "at most \(mostPoints) points, got \(initial.count)")
  var flat: [Float] = []
  for index in 0..<initial.count {
    flat += [inputs.values[2 * index], inputs.values[2 * index + 1], targets.values[index]]
  }
  Control.wantsPlane = true
  let values = Control.declare("points", label) { $0.set("default", flat) }
  guard let values, values.count >= 3, values.count % 3 == 0, values.count <= 3 * mostPoints,
    values.allSatisfy({ $0.isFinite })
  else { return initial }
  let count = values.count / 3
  return Dataset(
    initial.name,
    inputs: Tensor(
      [count, 2], (0..<count).flatMap { [Float(values[3 * $0]), Float(values[3 * $0 + 1])] }),
    targets: Tensor([count, 1], (0..<count).map { values[3 * $0 + 2] > 0.5 ? 1 : 0 }))
}

private let mostPoints = 200
