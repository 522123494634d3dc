/// A step of a network: tensors in, tensors out, and perhaps parameters that training changes.
///
/// A layer is one file: formula, shape rule, parameter count, gradient, in that order. Only
/// `outputShape(for:)`, `name` and calling it are required of a layer without parameters.
public protocol Layer: AnyObject {
  /// How the layer is written, with the sizes that are known: `Dense(784, 128)`.
  var name: String { get }

  /// The arrays that training changes, empty while sizes are unknown.
  var parameters: [Parameter] { get }

  /// Arrays that belong to the layer's state but are not trained, such as running statistics.
  var buffers: [Parameter] { get }

  /// How many numbers the parameters hold, by the layer's formula.
  var parameterCount: Int { get }

  /// The shape rule: the output's shape for an input's, or why the input does not fit.
  func outputShape(for input: Shape) throws(ShapeError) -> Shape

  /// The layer applied; stops where the shape rule throws.
  func callAsFunction(_ input: Tensor) -> Tensor

  /// Learns sizes that were left open from the input's shape, and draws initial values. A network
  /// calls this once, with a batch of one.
  func initialize(for input: Shape, random: inout RandomSource) throws(ShapeError)

  /// Tells layers that act differently while training.
  func prepare(for mode: Mode)

  /// Whether each place of axis 0 is computed from the same place of the input alone, so that many
  /// samples can go through in blocks. A layer that does not say so is given all of them at once.
  func keepsSamplesApart(for input: Shape) -> Bool

  /// Multiply-adds for one input shape.
  func multiplyAdds(for input: Shape) -> Int

  /// The activation that this layer is, where the layer before may compute it with its own result.
  var absorbable: Activation { get }

  /// This layer and an activation as one operation, or nil where the layer cannot.
  func callAsFunction(_ input: Tensor, absorbing activation: Activation) -> Tensor?
}

/// Whether a network is being trained or used.
public enum Mode: Sendable {
  /// Dropout drops, noise is added, batches are normalized by their own statistics.
  case training
  /// The layers as they are in use: the same input gives the same output.
  case inference
}

extension Layer {
  public var parameters: [Parameter] { [] }
  public var buffers: [Parameter] { [] }
  public var parameterCount: Int { 0 }
  public func initialize(for input: Shape, random: inout RandomSource) throws(ShapeError) {}
  public func prepare(for mode: Mode) {}
  public func keepsSamplesApart(for input: Shape) -> Bool { false }
  public func multiplyAdds(for input: Shape) -> Int { 0 }
  public var absorbable: Activation { .none }
  public func callAsFunction(_ input: Tensor, absorbing activation: Activation) -> Tensor? { nil }

  /// The output's shape, or a stop with the layer's name and the reason.
  public func checkedOutputShape(for input: Shape) -> Shape {
    stopping(name) { () throws(ShapeError) in try outputShape(for: input) }
  }
}

/// A named array that training changes.
public struct Parameter {
  /// What it is within its layer: `weight`, `bias`.
  public let name: StaticString
  /// Its values and, after `backward`, its gradient.
  public let tensor: Tensor

  /// For layers of one's own: `var parameters: [Parameter] { [Parameter("weight", weight)] }`.
  public init(_ name: StaticString, _ tensor: Tensor) {
    self.name = name
    self.tensor = tensor
  }
}

/// Those tensors whose memory no earlier one shares, in their order.
@export(interface)
func distinct(_ tensors: [Tensor]) -> [Tensor] {
  var list: [Tensor] = []
  for tensor in tensors where !list.contains(where: { $0.storage === tensor.storage }) {
    list.append(tensor)
  }
  return list
}

/// Those parameters whose memory no earlier one shares, in their order: a layer that stands in a
/// network twice has one set of them.
@export(interface)
func distinct(_ parameters: [Parameter]) -> [Parameter] {
  var list: [Parameter] = []
  for parameter in parameters
  where !list.contains(where: { $0.tensor.storage === parameter.tensor.storage }) {
    list.append(parameter)
  }
  return list
}
