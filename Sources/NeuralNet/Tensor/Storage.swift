internal import NeuralNetKernels

/// The memory of a tensor: its values, and their gradient once something flowed into it.
///
/// Tensors that show the same numbers in another shape share one storage.
public final class Storage {
  /// Numbers of 32 bits.
  public let count: Int
  let values: UnsafeMutablePointer<Float>
  private var gradientMemory: UnsafeMutablePointer<Float>?
  /// False where the gradient is zero and its memory, if any, holds leftovers.
  private(set) var hasGradient = false
  /// Whether gradients flow into this storage.
  var needsGradient: Bool
  /// How often the values were changed from outside of a computation.
  private(set) var version = 0

  @export(interface)
  init(count: Int, needsGradient: Bool = false) {
    self.count = count
    self.needsGradient = needsGradient
    guard let memory = nn_allocate(count) else {
      stop(
        """
        a tensor of \(count) elements needs \(count >> 28) GiB, which is more memory than there is \
        [out-of-memory]
        """)
    }
    values = memory
    nn_current_context().pointee.alive += 1
  }

  deinit {
    nn_release(values, count)
    nn_release(gradientMemory, count)
    nn_current_context().pointee.alive -= 1
  }

  /// The gradient's memory; call only where `hasGradient`.
  var gradient: UnsafeMutablePointer<Float> {
    @export(interface) get {
      guard let gradientMemory else { stop("a gradient was read before anything flowed into it") }
      return gradientMemory
    }
  }

  /// Memory to add to, zero at first: for operations that only ever add.
  @export(interface)
  func gradientToAddTo() -> UnsafeMutablePointer<Float> {
    let memory = allocatedGradient()
    if !hasGradient {
      nn_fill(count, 0, memory)
      hasGradient = true
    }
    return memory
  }

  /// Memory to write all elements of; `accumulate` says whether to add to what is there. The
  /// first operation that writes saves the filling with zeros.
  @export(interface)
  func gradientToWrite() -> (memory: UnsafeMutablePointer<Float>, accumulate: Bool) {
    let accumulate = hasGradient
    hasGradient = true
    return (allocatedGradient(), accumulate)
  }

  func clearGradient() { hasGradient = false }

  /// The values, for who changes them: whoever computed with the former ones will notice.
  var valuesToChange: UnsafeMutablePointer<Float> {
    version += 1
    return values
  }

  func fill(_ value: Float) { nn_fill(count, value, values) }

  @export(interface)
  private func allocatedGradient() -> UnsafeMutablePointer<Float> {
    if let gradientMemory { return gradientMemory }
    guard let memory = nn_allocate(count) else {
      stop("a gradient of \(count) elements needs more memory than there is [out-of-memory]")
    }
    gradientMemory = memory
    return memory
  }
}

extension Storage {
  /// Stops where a shape asks for more memory than any machine has.
  static func requireRoom(for shape: Shape) {
    if shape.count <= (Int.bitWidth == 64 ? 1 << 38 : 1 << 28) { return }
    stop(
      "a tensor of shape \(shape) needs \(shape.count >> 28) GiB, more memory than there is "
        + "[out-of-memory]")
  }

  var isFinite: Bool { nn_all_finite(count, values) }

  var copiedValues: [Float] { Array(UnsafeBufferPointer(start: values, count: count)) }

  /// Takes over as many values as there are.
  func put(_ source: [Float]) {
    let values = valuesToChange
    for (index, value) in source.enumerated() { values[index] = value }
  }
}
