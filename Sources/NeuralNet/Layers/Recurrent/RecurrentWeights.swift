/// The arrays of one layer and direction; the gates stand side by side in the columns.
public struct RecurrentWeights {
  /// `[inputs, gates * hidden]`
  public let input: Tensor
  /// `[hidden, gates * hidden]`
  public let hidden: Tensor
  /// `[gates * hidden]`
  public let inputBias: Tensor?
  /// `[gates * hidden]`
  public let hiddenBias: Tensor?

  init(
    inputs: Int, hidden: Int, gates: Int, bias: RecurrentBias, _ random: inout RandomSource
  ) {
    // PyTorch's rule: everything uniform within 1/√hidden.
    let initializer = Initializer.uniformFanIn
    func draw(_ shape: Shape) -> Tensor {
      initializer.tensor(shape, fanIn: hidden, fanOut: gates * hidden, random: &random)
    }
    input = draw([inputs, gates * hidden])
    self.hidden = draw([hidden, gates * hidden])
    inputBias = bias == .none ? nil : draw([gates * hidden])
    hiddenBias = bias == .two ? draw([gates * hidden]) : nil
  }

  var parameters: [Parameter] {
    var list = [Parameter("inputWeight", input), Parameter("hiddenWeight", hidden)]
    if let inputBias { list.append(Parameter("inputBias", inputBias)) }
    if let hiddenBias { list.append(Parameter("hiddenBias", hiddenBias)) }
    return list
  }
}
