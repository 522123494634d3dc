import NeuralNet

/// Ends the cell where a control is declared that cannot be.
@export(interface)
func stopControl(_ label: String, _ message: String) -> Never {
  stop("control '\(label)': \(message) [control]")
}
