internal import NeuralNetKernels

/// How a tensor was computed, in a form that can be computed again.
///
/// `forward` writes the output's values from the inputs' values; `backward` adds to the inputs'
/// gradients from the output's gradient. An operation knows its inputs and its output's *storage*,
/// never the output tensor, so that a graph has no cycles. Subclasses keep storages, not tensors.
open class Operation {
  /// What it computes with, in the order that it was given.
  public final internal(set) var inputs: [Tensor]
  /// The memory of the result, which `forward` fills.
  public final let output: Storage
  /// Creation order: inputs were always made earlier.
  final let order: Int
  final var visit = 0
  /// The inputs' versions, added up, when their values were taken.
  private final var versions = 0

  /// An operation whose result holds so many numbers; it gets a gradient if one of its inputs needs one.
  @export(interface)
  public init(inputs: [Tensor], outputCount: Int) {
    self.inputs = inputs
    var needsGradient = false
    for input in inputs {
      if input.storage.needsGradient { needsGradient = true }
      versions += input.storage.version
    }
    output = Storage(count: outputCount, needsGradient: needsGradient)
    let context = nn_current_context()
    context.pointee.made += 1
    context.pointee.alive += 1
    order = Int(context.pointee.made)
  }

  deinit { nn_current_context().pointee.alive -= 1 }

  /// Computes the output's values. Called once when the operation is made, and again at each replay.
  open func forward() { stop("an operation must override forward") }

  /// Adds to the gradients of those inputs that need one. Called only when the output has one.
  open func backward() { stop("an operation must override backward") }

  /// The tensor whose values were changed after this operation had computed with them, if any.
  final var changedShape: Shape? {
    var now = output.version
    for input in inputs { now += input.storage.version }
    // Which of several it was is not kept; the one changed most is named.
    return now == versions ? nil : inputs.max { $0.storage.version < $1.storage.version }?.shape
  }

  /// Runs `forward` and gives the result a shape.
  @export(interface)
  public final func result(_ shape: Shape) -> Tensor {
    forward()
    return Tensor(shape: shape, operation: self)
  }
}

/// How many storages and operations made by this thread are alive; what a leak test counts.
public var liveNodeCount: Int { Int(nn_current_context().pointee.alive) }
