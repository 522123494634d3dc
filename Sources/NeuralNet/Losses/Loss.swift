/// How far predictions are from targets, as one number to make small.
///
///     .meanSquaredError     // regression, and the chapters on XOR
///     Loss("my loss") { prediction, target in (prediction - target).abs().mean() }
public struct Loss {
  public let name: String
  private let body: (_ prediction: Tensor, _ target: Tensor) -> Tensor

  public init(
    _ name: String, body: @escaping (_ prediction: Tensor, _ target: Tensor) -> Tensor
  ) {
    self.name = name
    self.body = body
  }

  public func callAsFunction(_ prediction: Tensor, _ target: Tensor) -> Tensor {
    body(prediction, target)
  }
}

extension Loss {
  /// Stops unless prediction and target have the same shape, at least one element, and finite values.
  static func requireAlike(_ prediction: Tensor, _ target: Tensor, _ name: StaticString) {
    guard prediction.shape == target.shape else {
      stop(
        "\(name): prediction and target: "
          + "\(ShapeError.different(prediction.shape, target.shape).description)")
    }
    if prediction.count == 0 { stop("\(name): an empty batch has no loss [empty-tensor]") }
    if !target.isFinite {
      stop("\(name): the target holds a value that is infinite or NaN [not-finite]")
    }
    if !prediction.isFinite {
      stop("\(name): the prediction holds a value that is infinite or NaN [not-finite]")
    }
  }
}
