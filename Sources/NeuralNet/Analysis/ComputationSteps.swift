internal import NeuralNetKernels

/// One tensor on the way to a result: given, or computed from tensors before it.
public struct ComputationStep {
  /// What computed it, such as `tanh` or `·`; empty where it was given.
  public let operation: String
  /// Whether the operation is written between its two arguments.
  public let isBinary: Bool
  /// The numbers that this step gave.
  public let tensor: Tensor
  /// The places of the arguments in the list of steps, each before this one.
  public let inputs: [Int]
}

extension Tensor {
  /// The steps by which this tensor was computed, itself last.
  ///
  /// Only what gradients flow through is remembered: a tensor computed from constants alone counts as
  /// given.
  public func computationSteps() -> [ComputationStep] {
    let operations = Tape(of: self).operations
    var steps: [ComputationStep] = []
    var places: [(storage: Storage, place: Int)] = []
    func place(of tensor: Tensor) -> Int {
      if let known = places.first(where: { $0.storage === tensor.storage }) { return known.place }
      places.append((tensor.storage, steps.count))
      steps.append(ComputationStep(operation: "", isBinary: false, tensor: tensor, inputs: []))
      return steps.count - 1
    }
    for operation in operations {
      let inputs = operation.inputs.map { place(of: $0) }
      let name = operation.name
      // The tensor of an operation is found as the input of a later one, or is the last.
      let tensor =
        operation === self.operation
        ? self
        : operations.lazy.flatMap { $0.inputs }.first { $0.operation === operation } ?? self
      places.append((operation.output, steps.count))
      steps.append(
        ComputationStep(
          operation: name.text, isBinary: name.isBinary, tensor: tensor, inputs: inputs))
    }
    if operations.isEmpty { _ = place(of: self) }
    return steps
  }
}

extension Operation {
  fileprivate var name: (text: String, isBinary: Bool) {
    switch self {
    case let combination as Combination:
      switch combination.op {
      case NN_PLUS: ("+", true)
      case NN_MINUS: ("−", true)
      case NN_TIMES: ("·", true)
      case NN_OVER: ("/", true)
      case NN_MAXIMUM: ("max", false)
      default: ("min", false)
      }
    case let map as Map: (map.function.name, false)
    case is AffineMap: ("x W + b", false)
    case is MatrixProduct: ("·", true)
    case let sum as Sum: (sum.divisor == 1 ? "sum" : "mean", false)
    case is Extremum: ("extremum", false)
    case is SoftmaxOperation: ("softmax", false)
    case is PointwiseLoss, is CrossEntropy, is MeanSquaredError: ("loss", false)
    default: ("step", false)
    }
  }
}

extension nn_function {
  fileprivate var name: String {
    switch self {
    case NN_EXP: "exp"
    case NN_LOG: "log"
    case NN_TANH: "tanh"
    case NN_SIGMOID: "σ"
    case NN_ERF: "erf"
    case NN_SIN: "sin"
    case NN_COS: "cos"
    case NN_SQRT: "√"
    case NN_SQUARE: "squared"
    case NN_ABSOLUTE: "abs"
    case NN_RECIPROCAL: "1 / x"
    case NN_NEGATE: "−"
    case NN_STEP: "step"
    case NN_RELU: "ReLU"
    case NN_LEAKY_RELU: "leaky ReLU"
    case NN_ELU: "ELU"
    case NN_SILU: "SiLU"
    case NN_GELU, NN_GELU_TANH: "GELU"
    case NN_SOFTPLUS: "softplus"
    default: "identity"
    }
  }
}
