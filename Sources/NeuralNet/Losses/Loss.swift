/// How far predictions are from targets, as one number to make small.
///
///     .meanSquaredError     // regression, and the chapters on XOR
///     Loss("my loss") { prediction, target in (prediction - target).abs().mean() }
public struct Loss {
  /// As messages call it.
  public let name: String
  /// Above what a single output means class 1: one half for probabilities, 0 for logits.
  let threshold: Float
  private let check: (_ prediction: Tensor, _ target: Tensor) throws(LossError) -> Void
  private let body: (_ prediction: Tensor, _ target: Tensor) -> Tensor

  /// A loss; `check` tells what it cannot be computed for.
  public init(
    _ name: String,
    check: @escaping (_ prediction: Tensor, _ target: Tensor) throws(LossError) -> Void =
      Loss.requireAlike,
    body: @escaping (_ prediction: Tensor, _ target: Tensor) -> Tensor
  ) {
    self.init(name, threshold: 0.5, check: check, body: body)
  }

  init(
    _ name: String, threshold: Float,
    check: @escaping (_ prediction: Tensor, _ target: Tensor) throws(LossError) -> Void,
    body: @escaping (_ prediction: Tensor, _ target: Tensor) -> Tensor
  ) {
    self.name = name
    self.threshold = threshold
    self.check = check
    self.body = body
  }

  /// The loss, or a stop that says why there is none.
  public func callAsFunction(_ prediction: Tensor, _ target: Tensor) -> Tensor {
    stopping(name) { () throws(LossError) in try validate(prediction, target) }
    return body(prediction, target)
  }

  /// Throws why the loss cannot be computed, if so.
  public func validate(_ prediction: Tensor, _ target: Tensor) throws(LossError) {
    try check(prediction, target)
  }
}

extension Loss {
  /// Asks for equal shapes, at least one element, and finite values.
  @export(interface)
  public static func requireAlike(_ prediction: Tensor, _ target: Tensor) throws(LossError) {
    guard prediction.shape == target.shape else {
      throw .differentShapes(prediction: prediction.shape, target: target.shape)
    }
    if prediction.count == 0 { throw .empty }
    try requireFinite(target, .target)
    try requireFinite(prediction, .prediction)
  }

  static func requireFinite(_ tensor: Tensor, _ operand: LossOperand) throws(LossError) {
    if tensor.isFinite { return }
    for index in 0..<tensor.count where !tensor.storage.values[index].isFinite {
      throw .notFinite(operand, index: index, value: tensor.storage.values[index])
    }
  }

  @export(interface)
  static func requireUnitInterval(
    _ tensor: Tensor, _ operand: LossOperand
  ) throws(LossError) {
    for index in 0..<tensor.count {
      let value = tensor.storage.values[index]
      guard value >= 0 && value <= 1 else {
        throw .notAProbability(operand, index: index, value: value)
      }
    }
  }
}
