/// Ends training when the loss no longer falls.
///
///     net.train(on: data, …, validation: test, earlyStopping: .after(10))
public struct EarlyStopping: Sendable {
  /// For how many epochs the loss may fail to improve.
  public let patience: Int
  /// By how much it must fall to count as improved.
  public let minimumImprovement: Float
  /// Whether the network goes back to its best epoch when training ends early.
  public let restoresBest: Bool

  /// Ends training after so many epochs in a row without improvement. Stops where the patience is not
  /// positive or the improvement below 0.
  public static func after(
    _ patience: Int, minimumImprovement: Float = 0, restoringBest: Bool = true
  ) -> EarlyStopping {
    requirePositive(patience, "patience", in: "EarlyStopping")
    requireRange(minimumImprovement, "minimum improvement", atLeast: 0, in: "EarlyStopping")
    return EarlyStopping(
      patience: patience, minimumImprovement: minimumImprovement, restoresBest: restoringBest)
  }

  struct Watch {
    private let rule: EarlyStopping
    private var lowest = Float.infinity
    private var epochsSince = 0
    private(set) var best: WeightSnapshot?

    init(_ rule: EarlyStopping) { self.rule = rule }

    /// Looks at the last epoch.
    mutating func shouldStop(_ history: History, _ network: Network) -> Bool {
      let loss = history.validationLosses.last ?? history.finalLoss
      if loss < lowest - rule.minimumImprovement {
        lowest = loss
        epochsSince = 0
        if rule.restoresBest { best = network.snapshot() }
        return false
      }
      epochsSince += 1
      return epochsSince >= rule.patience
    }
  }
}
