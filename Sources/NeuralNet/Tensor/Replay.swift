/// A computation recorded once and run again and again in the same memory.
///
///     let x = Tensor([[1, 2]])
///     let replay = Replay { (x * x).sum() }
///     x.values = [3, 4]
///     replay.forward()
///     replay.result.scalar     // 25
///
/// What the computation does must not depend on values through Swift's own `if`: the operations are
/// those of the first time.
public final class Replay {
  /// What the body gave; its numbers are those of the last `forward`.
  public let result: Tensor
  private let tape: Tape
  /// Whether gradients have flowed since the last `forward`.
  private var hasFlowed = false

  /// Runs the body once and keeps its operations.
  public init(_ body: () -> Tensor) {
    result = Recording.everything.during(body)
    tape = Tape(of: result)
  }

  /// Computes the result's values from those of the leaves as they are now.
  public func forward() {
    tape.forward()
    hasFlowed = false
  }

  /// Computes gradients of the sum of all elements of the result, as of the last `forward`. Leaves
  /// add to the gradients that they have.
  public func backward() { backward(scale: 1) }

  /// Gradients of the sum of all elements times a number.
  func backward(scale: Float) {
    if hasFlowed {
      stop(
        """
        Replay: gradients have flowed since the last forward and would be added twice; call forward \
        first [backward-twice]
        """)
    }
    hasFlowed = true
    guard result.needsGradient else { return }
    tape.clearGradients()
    let seed = result.storage.gradientToWrite().memory
    for index in 0..<result.count { seed[index] = scale }
    tape.backward()
  }
}
