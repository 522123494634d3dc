/// How many bias vectors a recurrent layer keeps for each of its gates.
public enum RecurrentBias: Sendable {
  /// Products alone.
  case none
  /// One vector, as the equations of the textbooks and Keras have it.
  case one
  /// One beside each of the two weight matrices, as PyTorch has it.
  case two

  var count: Int {
    switch self {
    case .none: 0
    case .one: 1
    case .two: 2
    }
  }
}

/// What a recurrent layer in a network hands on.
public enum RecurrentOutput: Sendable {
  /// The hidden state at every step.
  case sequence
  /// The last hidden state; of a bidirectional layer, the last one of each direction.
  case last
}

/// Everything that RNN, LSTM and GRU have in common but their cells.
public struct RecurrentOptions: Sendable {
  /// Numbers of the state of one layer and direction.
  public var hidden: Int
  /// How many recurrences stand on each other.
  public var layers: Int
  /// Whether a second recurrence goes through the steps from the end; outputs are then twice as wide.
  public var isBidirectional: Bool
  /// Bias vectors for each gate.
  public var bias: RecurrentBias
  /// Whether axis 0 counts sequences and axis 1 steps, or the other way round.
  public var isBatchFirst: Bool
  /// Every step's state, or the last one.
  public var output: RecurrentOutput

  var directions: Int { isBidirectional ? 2 : 1 }

  /// Also without a layer, to count what one would have: see `parameterCount(gates:inputs:)`.
  public init(
    hidden: Int, layers: Int = 1, isBidirectional: Bool = false, bias: RecurrentBias = .two,
    isBatchFirst: Bool = true, output: RecurrentOutput = .sequence
  ) {
    self.hidden = hidden
    self.layers = layers
    self.isBidirectional = isBidirectional
    self.bias = bias
    self.isBatchFirst = isBatchFirst
    self.output = output
  }

  /// The parameters of layers with 1 gate (RNN), 3 (GRU) or 4 (LSTM).
  public func parameterCount(gates: Int, inputs: Int) -> Int {
    let (h, d, b) = (hidden, directions, bias.count)
    let first = gates * ((inputs + h) * h + b * h)
    let next = gates * ((d * h + h) * h + b * h)
    return d * (first + (layers - 1) * next)
  }

  func check(_ inputs: Int?, in owner: String) {
    if let inputs { requirePositive(inputs, "inputs", in: owner) }
    requirePositive(hidden, "hidden size", in: owner)
    requirePositive(layers, "layers", in: owner)
  }

  /// The name of a layer, `LSTM(64, 128, layers: 2, bidirectional: true)`.
  func name(_ kind: StaticString, _ inputs: Int?, _ detail: String = "") -> String {
    var text = if let inputs { "\(kind)(\(inputs), \(hidden)" } else { "\(kind)(\(hidden)" }
    if layers > 1 { text += ", layers: \(layers)" }
    if isBidirectional { text += ", bidirectional: true" }
    return text + detail + ")"
  }
}
