/// Sizes and places of one layer in one direction.
struct RecurrentPlan {
  var batch: Int
  var steps: Int
  var inputs: Int
  var hidden: Int
  var gates: Int
  var isBatchFirst: Bool
  var isReversed: Bool

  var columns: Int { gates * hidden }
  var rows: Int { batch * steps }

  /// The `number`-th step to compute.
  func step(_ number: Int) -> Int { isReversed ? steps - 1 - number : number }

  /// Which row of `[rows, width]` a batch entry has at a step, and how far the next entry is.
  func firstRow(at step: Int) -> Int { isBatchFirst ? step : step * batch }
  var rowStep: Int { isBatchFirst ? steps : 1 }
}
