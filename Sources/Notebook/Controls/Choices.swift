import NeuralNet

/// A yes or no.
///
///     let shuffles = toggle("Shuffle", default: true)
@export(interface)
public func toggle(_ label: String, default initial: Bool = false) -> Bool {
  let values = Control.declare("toggle", label) { $0.set("default", initial) }
  return values?.first.map { $0 != 0 } ?? initial
}

/// One of a few named values; the first one until the reader chooses.
///
///     let activation = picker("Activation", ["tanh": Activation.tanh, "ReLU": .relu])
public func picker<Choice>(
  _ label: String, _ choices: KeyValuePairs<String, Choice>, default initial: Int = 0
) -> Choice {
  let names = choices.map { $0.key }
  return choices[pick(label, names, initial)].value
}

/// One of a few words; the first one until the reader chooses.
///
///     let activation = picker("Activation", ["tanh", "ReLU", "sigmoid"])
public func picker(_ label: String, _ choices: [String], default initial: Int = 0) -> String {
  choices[pick(label, choices, initial)]
}

/// One of a few words, and the one until the reader chooses.
///
///     let activation = picker("Activation", ["tanh", "ReLU", "sigmoid"], default: "ReLU")
public func picker(_ label: String, _ choices: [String], default initial: String) -> String {
  let place = choices.firstIndex(of: initial)
  var known = ""
  for (index, choice) in choices.enumerated() { known += (index > 0 ? ", '" : "'") + choice + "'" }
  require(label, place != nil, "default '\(initial)' is no choice; choices are \(known)")
  return choices[pick(label, choices, place ?? 0)]
}

@export(interface)
private func pick(_ label: String, _ names: [String], _ initial: Int) -> Int {
  require(label, !names.isEmpty, "there is nothing to choose from")
  require(
    label, names.indices.contains(initial),
    "default \(initial) is outside 0...\(names.count - 1)")
  let values = Control.declare("picker", label) { record in
    record.set("choices", names)
    record.set("default", initial)
  }
  return values?.first.flatMap { wholeNumber($0, in: 0...names.count - 1) } ?? initial
}

/// The number that random values start from; the reader may type one or draw a new one.
///
///     let net = Network(inputs: 2, seed: seed("Seed", default: 7)) { … }
@export(interface)
public func seed(_ label: String = "Seed", default initial: Int = 1) -> Int {
  let range = 0...999_999
  require(label, range.contains(initial), "default \(initial) is outside 0...999999")
  let values = Control.declare("seed", label) { record in
    record.set("min", range.lowerBound)
    record.set("max", range.upperBound)
    record.set("step", 1)
    record.set("default", initial)
  }
  return values?.first.flatMap { wholeNumber($0, in: range) } ?? initial
}

/// How often the reader pressed a button.
///
///     let steps = button("One more step")
@export(interface)
public func button(_ label: String) -> Int {
  let values = Control.declare("button", label) { _ in }
  return values?.first.flatMap { wholeNumber($0, in: 0...1_000_000) } ?? 0
}

/// A task that the reader solves by moving controls.
///
///     goal("Reach a loss under 0.01 with at most three hidden units",
///       reached: history.finalLoss < 0.01 && width <= 3)
@export(interface)
public func goal(_ task: String, reached: Bool) {
  _ = Control.declare("goal", task) { $0.set("reached", reached) }
}
