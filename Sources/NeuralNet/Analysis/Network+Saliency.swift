extension Network {
  /// The gradient of one output of each row with respect to that row of the input.
  ///
  /// - Parameters:
  ///   - input: one row for each sample.
  ///   - outputs: which output of each row; the largest of each row when left out.
  /// - Shape: input `[n, …]` to the same
  public func inputGradient(_ input: Tensor, outputs: [Int]? = nil) -> Tensor {
    let x = Tensor(input.shape, input.values, needsGradient: true)
    let answer = self(x)
    let rows = answer.shape[0]
    let width = answer.count / rows
    let chosen = outputs ?? answer.reshaped(rows, width).argmax()
    requireLabels(chosen, rows, in: "inputGradient")
    var upstream = [Float](repeating: 0, count: answer.count)
    for (row, output) in chosen.enumerated() {
      if output < 0 || output >= width {
        stop("inputGradient: output \(output) is outside 0..<\(width) [index-out-of-range]")
      }
      upstream[row * width + output] = 1
    }
    answer.backward(upstream: Tensor(answer.shape, upstream))
    forgetGradients()
    return x.gradient ?? Tensor(input.shape, repeating: 0)
  }

  /// How much the answer depends on each input number: `|∂f_c/∂x|` for the largest output `c`
  /// (K. Simonyan, A. Vedaldi and A. Zisserman, 2013).
  public func saliency(_ input: Tensor, outputs: [Int]? = nil) -> Tensor {
    withoutGradients { inputGradient(recording: input, outputs).abs() }
  }

  private func inputGradient(recording input: Tensor, _ outputs: [Int]?) -> Tensor {
    Recording.gradients.during { inputGradient(input, outputs: outputs) }
  }

  func forgetGradients() {
    for parameter in parameters { parameter.tensor.clearGradient() }
  }
}
