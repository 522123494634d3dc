internal import NeuralNetKernels

/// `f(x W + b)` in one operation: bias and activation are part of the product.
///
/// The activation is one whose slope can be told from its value, so `x W + b` is not kept.
final class AffineMap: Operation {
  private let rows: Int
  private let width: Int
  private let outputs: Int
  private let x: Storage
  private let weight: Storage
  private let bias: Storage?
  private let activation: Activation
  /// The gradient before the activation; the output's own gradient where there is none.
  private lazy var inner = Storage(count: output.count)

  init(_ x: Tensor, weight: Tensor, bias: Tensor?, activation: Activation) {
    width = weight.shape[0]
    outputs = weight.shape[1]
    rows = x.shape.rows
    self.x = x.storage
    self.weight = weight.storage
    self.bias = bias?.storage
    self.activation = activation
    let inputs = if let bias { [x, weight, bias] } else { [x, weight] }
    super.init(inputs: inputs, outputCount: rows * outputs)
  }

  override func forward() {
    Product(rows, outputs, width)
      .first(x.values, (width, 1)).second(weight.values, (outputs, 1))
      .starting(from: bias?.values).then(activation.function)
      .write(to: output.values, accumulate: false)
  }

  override func backward() {
    var dy = output.gradient
    if activation != .none {
      dy = inner.values
      nn_map_gradient(
        activation.function, output.count, 0, output.values, output.values, output.gradient, dy,
        false)
    }
    if let bias, bias.needsGradient {
      let db = bias.gradientToWrite()
      nn_sum_columns(rows, outputs, dy, db.memory, db.accumulate)
    }
    if weight.needsGradient {
      let dw = weight.gradientToWrite()
      Product(width, outputs, rows)
        .first(x.values, (1, width)).second(dy, (outputs, 1))
        .write(to: dw.memory, accumulate: dw.accumulate)
    }
    if x.needsGradient {
      let dx = x.gradientToWrite()
      Product(rows, width, outputs)
        .first(dy, (outputs, 1)).second(weight.values, (1, outputs))
        .write(to: dx.memory, accumulate: dx.accumulate)
    }
  }
}

/// An activation that an affine map can take in: its slope follows from its value alone.
public enum Activation: Sendable {
  /// The sums as they are.
  case none
  /// `1 / (1 + exp(-x))`, with the slope `y (1 − y)`.
  case sigmoid
  /// The hyperbolic tangent, with the slope `1 − y²`.
  case tanh
  /// `max(x, 0)`, with the slope 1 where `y > 0`.
  case relu

  var function: nn_function {
    switch self {
    case .none: NN_IDENTITY
    case .sigmoid: NN_SIGMOID
    case .tanh: NN_TANH
    case .relu: NN_RELU
    }
  }
}

extension Tensor {
  /// `f(self · weight + bias)` over the last axis.
  ///
  /// - Shape: `[…, inputs]` with `weight [inputs, outputs]`, `bias [outputs]` to `[…, outputs]`
  @export(interface)
  public func affine(
    weight: Tensor, bias: Tensor? = nil, activation: Activation = .none
  ) -> Tensor {
    guard weight.shape.rank == 2, shape.rank >= 1, shape.width == weight.shape[0] else {
      stop("affine map: \(ShapeError.innerSizes(shape, weight.shape).description)")
    }
    if let bias, bias.shape != [weight.shape[1]] {
      stop("affine map: bias: \(ShapeError.different([weight.shape[1]], bias.shape).description)")
    }
    return AffineMap(self, weight: weight, bias: bias, activation: activation)
      .result(shape.withWidth(weight.shape[1]))
  }
}
