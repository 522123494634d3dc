internal import NeuralNetKernels

/// What becomes of an operation after it has computed its result.
enum Recording: Int32 {
  /// It is kept where a gradient will need it.
  case gradients = 0
  /// It is dropped.
  case nothing = 1
  /// It is kept, to be run again.
  case everything = 2

  static var current: Recording {
    Recording(rawValue: nn_current_context().pointee.recording) ?? .gradients
  }

  /// Runs `body` under this rule, and puts the former one back.
  func during<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure)
    -> Result
  {
    let context = nn_current_context()
    let former = context.pointee.recording
    context.pointee.recording = rawValue
    defer { context.pointee.recording = former }
    return try body()
  }
}

/// Computes without recording: nothing in `body` can be differentiated, and memory is freed at once.
public func withoutGradients<Result, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  try Recording.nothing.during(body)
}
