internal import NeuralNetKernels

// A loss is checked as a whole when its graph is recorded. A replayed step brings new targets, so the
// operations look at those again, each time; what became of the predictions shows in the loss itself.

/// Stops where a target is not finite, with the sentence of the first check.
@export(interface)
func requireFiniteTarget(_ target: Storage, in name: StaticString) {
  if target.isFinite { return }
  for index in 0..<target.count where !target.values[index].isFinite {
    stop(name, .notFinite(.target, index: index, value: target.values[index]))
  }
}

/// Stops where a target is outside 0...1, with the sentence of the first check.
@export(interface)
func requireUnitTarget(_ target: Storage, in name: StaticString) {
  for index in 0..<target.count {
    let value = target.values[index]
    if !(value >= 0 && value <= 1) {
      stop(name, .notAProbability(.target, index: index, value: value))
    }
  }
}

@export(interface)
func stop(_ name: StaticString, _ error: LossError) -> Never {
  stop("\(name): \(error.description)")
}
