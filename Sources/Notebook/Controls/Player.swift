/// How far a training has come: a number that the reader plays, pauses, steps through and drags.
///
///     let epochs = player("Epoch", 1...500, default: 300)
///     net.train(on: data, loss: .meanSquaredError, optimizer: .sgd(learningRate: 1), epochs: epochs)
///     decisionRegions(net, on: data)
///
/// Every position is a run of its own from the start, so dragging back is as good as playing on.
public func player(
  _ label: String, _ range: ClosedRange<Int>, default initial: Int, step: Int = 1
) -> Int {
  wholeNumber("player", label, range, initial, step, "")
}
