/// A box of 32-bit numbers of any rank, which remembers how it was computed.
///
///     let x = Tensor([[0, 1], [2, 3]])
///     let w = Tensor([[1], [1]], needsGradient: true)
///     let loss = x.matrixProduct(w).squared().sum()
///     loss.backward()
///     w.gradient    // [[24], [34]]
public final class Tensor {
  /// The sizes of the axes, `[rows, columns]` for a matrix; `[]` for a single number.
  public let shape: Shape
  let storage: Storage
  var operation: Operation?
  /// Whether gradients have flowed from here.
  final var hasFlowed = false

  /// A tensor with the given values, row-major.
  @export(interface)
  public init(_ shape: Shape, _ values: [Float], needsGradient: Bool = false) {
    guard shape.count == values.count else {
      stop("Tensor: \(ShapeError.elementCount(expected: values.count, got: shape).description)")
    }
    self.shape = shape
    storage = Storage(count: values.count, needsGradient: needsGradient)
    values.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { storage.values.update(from: start, count: source.count) }
    }
  }

  /// A tensor that repeats one value.
  @export(interface)
  public init(_ shape: Shape, repeating value: Float, needsGradient: Bool = false) {
    Storage.requireRoom(for: shape)
    self.shape = shape
    storage = Storage(count: shape.count, needsGradient: needsGradient)
    storage.fill(value)
  }

  @export(interface)
  init(shape: Shape, operation: Operation) {
    self.shape = shape
    storage = operation.output
    switch Recording.current {
    case .gradients: self.operation = operation.output.needsGradient ? operation : nil
    case .nothing: operation.output.needsGradient = false
    case .everything: self.operation = operation
    }
  }

  /// The numbers of a storage, without what computed them.
  init(_ shape: Shape, viewing storage: Storage) {
    self.shape = shape
    self.storage = storage
  }

  /// The same numbers under another shape.
  init(_ shape: Shape, sharing other: Tensor) {
    self.shape = shape
    storage = other.storage
    operation = other.operation
  }

  /// Lets the graph go with a work list: a chain of a million operations, released link by link
  /// through nested `deinit`s, would overflow the stack.
  deinit {
    guard operation != nil else { return }
    var dying: [Operation] = []
    moveOperation(to: &dying)
    while var operation = dying.popLast() {
      guard isKnownUniquelyReferenced(&operation) else { continue }
      // One by one, because an input that stands here twice is unique only at its second turn.
      while var input = operation.inputs.popLast() {
        if isKnownUniquelyReferenced(&input) { input.moveOperation(to: &dying) }
      }
    }
  }

  @export(interface)
  private func moveOperation(to list: inout [Operation]) {
    guard let operation else { return }
    list.append(operation)
    self.operation = nil
  }

  /// How many numbers it holds: the product of its shape.
  public var count: Int { storage.count }

  /// Whether `backward` computes a gradient for this tensor.
  public var needsGradient: Bool { storage.needsGradient }
}
