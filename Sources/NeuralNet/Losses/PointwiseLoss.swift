internal import NeuralNetKernels

/// A loss of element against element, then reduced.
///
/// A subclass writes the terms, and their slopes by the prediction.
class PointwiseLoss: Operation {
  final let name: StaticString
  final let prediction: Storage
  final let target: Storage
  private let reduction: Reduction
  /// Terms on the way forward, slopes on the way back.
  private lazy var room = Storage(count: prediction.count)

  @export(interface)
  init(_ name: StaticString, _ prediction: Tensor, _ target: Tensor, _ reduction: Reduction) {
    self.name = name
    self.prediction = prediction.storage
    self.target = target.storage
    self.reduction = reduction
    super.init(
      inputs: [prediction, target], outputCount: reduction == .none ? prediction.count : 1)
  }

  /// Writes the loss of each element.
  func writeTerms(_ terms: UnsafeMutablePointer<Float>) { stop("a loss must override writeTerms") }

  /// Writes the slope of each element's loss by its prediction.
  func writeSlopes(_ slopes: UnsafeMutablePointer<Float>) {
    stop("a loss must override writeSlopes")
  }

  /// Whether the loss depends on the difference alone, so that the target's slope is the opposite.
  var isOfDifference: Bool { true }

  /// Stops where a target is none.
  @export(interface)
  func checkTarget() { requireFiniteTarget(target, in: name) }

  @export(interface)
  final override func forward() {
    let n = prediction.count
    checkTarget()
    if reduction == .none {
      writeTerms(output.values)
    } else {
      writeTerms(room.values)
      let sum = nn_sum(n, room.values)
      output.values[0] = reduction == .mean ? sum / Float(n) : sum
    }
  }

  @export(interface)
  final override func backward() {
    writeSlopes(room.values)
    if prediction.needsGradient { flow(prediction, 1) }
    if target.needsGradient && isOfDifference { flow(target, -1) }
  }

  @export(interface)
  private func flow(_ storage: Storage, _ sign: Float) {
    let n = prediction.count
    let gradient = storage.gradientToAddTo()
    switch reduction {
    case .none:
      for index in 0..<n { gradient[index] += sign * output.gradient[index] * room.values[index] }
    case .sum: nn_add_scaled(n, sign * output.gradient[0], room.values, gradient)
    case .mean: nn_add_scaled(n, sign * output.gradient[0] / Float(n), room.values, gradient)
    }
  }

  /// The operation's result: one number, or one for each element.
  @export(interface)
  final func loss(_ shape: Shape) -> Tensor { result(reduction == .none ? shape : []) }
}
