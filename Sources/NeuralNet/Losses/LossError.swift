/// Why a loss cannot be computed.
public enum LossError: Error, Equatable, Sendable {
  /// Prediction and target of different shapes.
  case differentShapes(prediction: Shape, target: Shape)
  /// As many class indices, or rows of probabilities, as the logits have rows are needed.
  case targetShape(logits: Shape, target: Shape)
  /// No samples.
  case empty
  /// A NaN or infinite value, at a place counted row by row.
  case notFinite(LossOperand, index: Int, value: Float)
  /// A value outside 0...1.
  case notAProbability(LossOperand, index: Int, value: Float)
  /// A class that the logits have no column for.
  case classOutOfRange(value: Float, row: Int, classes: Int)
  /// Class weights for another number of classes.
  case classWeights(count: Int, classes: Int)
}

/// The two sides of a loss.
public enum LossOperand: Sendable {
  /// What the network says.
  case prediction
  /// What it should say.
  case target

  var word: String {
    switch self {
    case .prediction: "prediction"
    case .target: "target"
    }
  }
}

extension LossError: CustomStringConvertible {
  public var description: String {
    @export(interface) get {
      switch self {
      case .differentShapes(let prediction, let target):
        """
        prediction \(prediction) and target \(target) must have the same shape\
        \(LossError.fix(prediction, target)) [different-shapes]
        """
      case .targetShape(let logits, let target):
        """
        logits \(logits) need \(logits.rows) class indices, \(Shape(logits.dimensions.dropLast())), \
        or probabilities, \(logits); got targets \(target)\
        \(LossError.fix(logits: logits, target: target)) [different-shapes]
        """
      case .empty:
        "an empty batch has no loss [empty-tensor]"
      case .notFinite(let operand, let index, let value):
        "the \(operand.word) must be finite, element \(index) is \(value) [not-finite]"
      case .notAProbability(.prediction, let index, let value):
        """
        the prediction must be probabilities in 0...1, element \(index) is \(value); \
        end the network with a Sigmoid, or use the loss with logits [not-a-probability]
        """
      case .notAProbability(.target, let index, let value):
        "the target must be in 0...1, element \(index) is \(value) [not-a-probability]"
      case .classOutOfRange(let value, let row, let classes):
        """
        target \(LossError.text(value)) in row \(row) is not a class: the logits have \
        \(classes) classes, 0...\(classes - 1) [class-out-of-range]
        """
      case .classWeights(let count, let classes):
        "\(count) class weights given, the logits have \(classes) classes [element-count]"
      }
    }
  }

  private static func fix(_ prediction: Shape, _ target: Shape) -> String {
    let ranks =
      prediction.rank == target.rank
      ? "" : ", not \(prediction.rank) axes against \(target.rank)"
    if prediction.count == target.count { return "\(ranks); reshape the target to \(prediction)" }
    return ranks + fix(logits: prediction, target: target)
  }

  /// Where there is one target a sample and more than a row of logits, what brings a row.
  private static func fix(logits: Shape, target: Shape) -> String {
    guard logits.rank > 2, target.rank >= 1, target.rank <= 2, target[0] == logits[0] else {
      return ""
    }
    return "; " + remedy(logits)
  }

  /// What turns an output of several axes a sample into one row of numbers.
  static func remedy(_ output: Shape) -> String {
    output.rank == 3
      ? "of a sequence take the last step, by output: .last in its last recurrent layer, or Flatten()"
      : "put Flatten() and a Dense layer behind"
  }

  private static func text(_ value: Float) -> String {
    abs(value) < 1e9 && value == Float(Int(value)) ? "\(Int(value))" : "\(value)"
  }
}
