/// What training reports.
public struct History: Sendable {
  /// The mean loss of each epoch, from before each step's update.
  public var losses: [Float] = []
  /// The loss of every step.
  public var batchLosses: [Float] = []
  /// The loss on the validation set after each epoch, where there is one.
  public var validationLosses: [Float] = []
  /// The share of the validation set whose class was named right after each epoch, 0...1, where its targets
  /// are classes.
  public var validationAccuracies: [Float] = []

  /// Whether early stopping ended the training.
  public var stoppedEarly = false

  /// That of a training that has not begun: no epoch, and losses that are NaN.
  public init() {}

  /// How many epochs ran, fewer than asked for where early stopping ended them.
  public var epochs: Int { losses.count }
  /// The mean loss of the first epoch; NaN before one has ended.
  public var firstLoss: Float { losses.first ?? .nan }
  /// The mean loss of the last epoch; NaN before one has ended.
  public var finalLoss: Float { losses.last ?? .nan }
}
