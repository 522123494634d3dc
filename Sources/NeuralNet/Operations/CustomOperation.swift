internal import NeuralNetKernels

/// An operation whose forward and backward an author writes, for gradients other than those that
/// follow from the formula.
///
///     // A sign whose gradient pretends that it was not there.
///     let sign = CustomOperation("sign") { inputs in
///       inputs[0].step() * 2 - 1
///     } backward: { inputs, output, upstream in
///       [upstream]
///     }
///     sign(x).sum().backward()
///
/// Both closures compute with tensors as usual; nothing in them is recorded. In a recorded step they
/// run again each time, so what they decide by values they decide anew.
public struct CustomOperation {
  /// The result from the inputs; its shape must depend on their shapes alone.
  public typealias Forward = (_ inputs: [Tensor]) -> Tensor
  /// A gradient for each input, of its shape, or nil where none flows; `upstream` is that of the output.
  public typealias Backward = (_ inputs: [Tensor], _ output: Tensor, _ upstream: Tensor) ->
    [Tensor?]

  /// As messages call it.
  public let name: String
  fileprivate let forward: Forward
  fileprivate let backward: Backward

  /// An operation that can be applied any number of times, to any inputs that the closures take.
  public init(_ name: String, forward: @escaping Forward, backward: @escaping Backward) {
    self.name = name
    self.forward = forward
    self.backward = backward
  }

  /// The operation applied to inputs written one by one: `sign(x)`, `blend(x, y)`.
  public func callAsFunction(_ inputs: Tensor...) -> Tensor { self(inputs) }

  /// The operation applied; the result has the shape that the forward closure gave. `backward()` stops
  /// where the other closure gives too few or too many gradients, or one of another shape than its input.
  @export(interface)
  public func callAsFunction(_ inputs: [Tensor]) -> Tensor {
    let shape = withoutGradients { forward(inputs) }.shape
    return CustomStep(self, inputs, shape).result(shape)
  }
}

/// A custom operation at work on some inputs.
final class CustomStep: Operation {
  private let custom: CustomOperation
  private let shape: Shape
  /// The inputs' numbers without what computed them, which an operation must not hold twice.
  private let arguments: [Tensor]

  init(_ custom: CustomOperation, _ inputs: [Tensor], _ shape: Shape) {
    self.custom = custom
    self.shape = shape
    arguments = inputs.map { input in Tensor(input.shape, viewing: input.storage) }
    super.init(inputs: inputs, outputCount: shape.count)
  }

  override func forward() {
    let result = withoutGradients { custom.forward(arguments) }
    guard result.shape == shape else {
      stop("\(custom.name): forward: \(ShapeError.different(shape, result.shape).description)")
    }
    nn_copy(output.count, result.storage.values, output.values)
  }

  override func backward() {
    let upstream = Tensor(shape, repeating: 0)
    nn_copy(output.count, output.gradient, upstream.storage.values)
    let result = Tensor(shape, viewing: output)
    let gradients = withoutGradients { custom.backward(arguments, result, upstream) }
    guard gradients.count == arguments.count else {
      stop(
        """
        \(custom.name): backward: needs a gradient or nil for each of \(arguments.count) inputs, got \
        \(gradients.count) [element-count]
        """)
    }
    for index in arguments.indices {
      guard let gradient = gradients[index], arguments[index].storage.needsGradient else {
        continue
      }
      guard gradient.shape == arguments[index].shape else {
        stop(
          """
          \(custom.name): backward: input \(index): \
          \(ShapeError.different(arguments[index].shape, gradient.shape).description)
          """)
      }
      let target = arguments[index].storage.gradientToWrite()
      if target.accumulate {
        nn_add_scaled(gradient.count, 1, gradient.storage.values, target.memory)
      } else {
        nn_copy(gradient.count, gradient.storage.values, target.memory)
      }
    }
  }
}
