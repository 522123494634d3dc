internal import NeuralNetKernels

/// The operations behind a tensor in creation order, which is an order to compute in.
struct Tape {
  let operations: ContiguousArray<Operation>

  init(of root: Tensor) {
    var found: ContiguousArray<Operation> = []
    let context = nn_current_context()
    context.pointee.made += 1
    let visit = Int(context.pointee.made)
    if let last = root.operation {
      last.visit = visit
      found.append(last)
    }
    var next = 0
    while next < found.count {
      for input in found[next].inputs {
        guard let operation = input.operation, operation.visit != visit else { continue }
        operation.visit = visit
        found.append(operation)
      }
      next += 1
    }
    let order = _order(of: found.map { Double($0.order) })
    operations = ContiguousArray(order.map { found[$0] })
  }

  /// Computes all values again from those of the leaves.
  func forward() {
    for operation in operations { operation.forward() }
  }

  /// Lets gradients flow from the last output, whose own gradient is set already, to the leaves.
  func backward() {
    var index = operations.count - 1
    while index >= 0 {
      let operation = operations[index]
      if operation.output.hasGradient { operation.backward() }
      index -= 1
    }
  }

  /// Stops where values that gradients depend on are no longer those that were computed with.
  func requireUnchanged() {
    for operation in operations {
      guard let shape = operation.changedShape else { continue }
      stop(
        """
        backward: a tensor of shape \(shape) was changed after the result had been computed from it; \
        compute the result anew after the change [changed-value]
        """)
    }
  }

  func clearGradients() {
    for operation in operations { operation.output.clearGradient() }
  }
}

extension Tensor {
  /// Computes the gradient of this number with respect to everything it was computed from.
  ///
  /// Leaves (tensors made with `needsGradient`) add to the gradient they have; the gradients of
  /// computed tensors are those of this call.
  ///
  /// - Parameter again: that a second call, which adds the same gradients once more, is meant.
  @export(interface)
  public func backward(again: Bool = false) {
    guard count == 1 else {
      stop(
        "backward: needs a tensor of one element, got \(shape); give an upstream gradient [not-a-scalar]"
      )
    }
    backward(upstream: Tensor(shape, repeating: 1), again: again)
  }

  /// Computes the gradient of the sum of `self * upstream`.
  ///
  /// - Parameters:
  ///   - upstream: in the shape of this tensor: how much each of its elements counts.
  ///   - again: that a second call on the same tensor is meant, for another `upstream`.
  @export(interface)
  public func backward(upstream: Tensor, again: Bool = false) {
    guard upstream.shape == shape else {
      stop("backward: upstream: \(ShapeError.different(shape, upstream.shape).description)")
    }
    guard needsGradient else {
      stop("backward: nothing that this tensor was computed from needs a gradient [no-gradient]")
    }
    if hasFlowed && !again {
      stop(
        """
        backward: gradients have flowed from this tensor before and would be added twice; compute it \
        anew, or say backward(again: true) where that is meant [backward-twice]
        """)
    }
    hasFlowed = true
    let tape = Tape(of: self)
    tape.requireUnchanged()
    tape.clearGradients()
    let seed = storage.gradientToWrite()
    if seed.accumulate {
      nn_add_scaled(count, 1, upstream.storage.values, seed.memory)
    } else {
      nn_copy(count, upstream.storage.values, seed.memory)
    }
    tape.backward()
  }

  /// The gradient that flowed here, or nil where none did.
  public var gradient: Tensor? {
    guard storage.hasGradient else { return nil }
    return Tensor(shape, Array(UnsafeBufferPointer(start: storage.gradient, count: count)))
  }

  /// Forgets the gradient.
  public func clearGradient() { storage.clearGradient() }

  /// A copy that gradients do not flow through.
  public func detached() -> Tensor { Tensor(shape, values) }
}
