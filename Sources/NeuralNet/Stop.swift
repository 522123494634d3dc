internal import NeuralNetKernels

/// Ends the program with a message; the one way out of every mistake that the engine finds.
///
/// Preconditions lose their text in optimized code, so they are not used for what a reader may do
/// wrong. Output that the program has written so far is flushed first.
@inline(never)
@export(interface)
public func stop(_ message: String) -> Never {
  #if hasFeature(Embedded)
    // Optimized Embedded Swift traps without a word.
    var message = message
    message.withUTF8 { nn_stop($0.baseAddress!, $0.count) }
  #else
    nn_flush_output()
    fatalError(message)
  #endif
}

/// The value of `body`, or a stop with the error's words after those of `subject`.
func stopping<Value, Failure: CustomStringConvertible>(
  _ subject: @autoclosure () -> String, _ body: () throws(Failure) -> Value
) -> Value {
  do {
    return try body()
  } catch {
    stop("\(subject()): \(error.description)")
  }
}

/// Stops unless a size is at least 1.
@export(interface)
func requirePositive(_ value: Int, _ what: StaticString, in owner: String) {
  if value < 1 { stop("\(owner): \(what) must be at least 1, got \(value) [size-not-positive]") }
}
