extension Loss {
  /// `-log softmax(x)[target]`, the mean over rows of logits `x`.
  ///
  /// - Shape: logits `[…, classes]` with class indices `[…]`, or probabilities `[…, classes]`, to `[]`
  /// - Gradient: `dx = (softmax(x) - target) / rows`
  public static var crossEntropy: Loss { crossEntropy() }

  /// Cross-entropy with options.
  ///
  /// - Parameters:
  ///   - labelSmoothing: this share of the target is spread evenly over all classes, the right one
  ///     included.
  ///   - classWeights: one factor a class; the mean is then over the weights of the targets.
  ///   - ignoring: rows with this target count for nothing.
  ///   - reduction: what becomes of the losses of single rows.
  public static func crossEntropy(
    labelSmoothing: Float = 0, classWeights: [Float]? = nil, ignoring: Int? = nil,
    reduction: Reduction = .mean
  ) -> Loss {
    if !(labelSmoothing >= 0 && labelSmoothing <= 1) {
      stop(
        "cross-entropy: label smoothing must be in 0...1, got \(labelSmoothing) [value-out-of-range]"
      )
    }
    let options = CrossEntropy.Options(
      smoothing: labelSmoothing, weights: classWeights, ignored: ignoring.map { Float($0) },
      reduction: reduction)
    return Loss(
      "cross-entropy",
      check: { (logits, target) throws(LossError) in try options.check(logits, target) },
      body: { logits, target in
        CrossEntropy(logits, target, options).result(
          reduction == .none ? Shape(logits.shape.dimensions.dropLast()) : [])
      })
  }
}

extension CrossEntropy {
  struct Options {
    var smoothing: Float
    var weights: [Float]?
    var ignored: Float?
    var reduction: Reduction

    func weight(_ column: Int) -> Float {
      if let weights { weights[column] } else { 1 }
    }

    func check(_ logits: Tensor, _ target: Tensor) throws(LossError) {
      let isProbabilities = target.shape == logits.shape
      guard
        logits.shape.rank >= 1,
        isProbabilities || target.shape.dimensions == Array(logits.shape.dimensions.dropLast())
      else {
        throw .targetShape(logits: logits.shape, target: target.shape)
      }
      if logits.count == 0 { throw .empty }
      let classes = logits.shape.width
      if let weights, weights.count != classes {
        throw .classWeights(count: weights.count, classes: classes)
      }
      try Loss.requireFinite(target, .target)
      for index in 0..<(logits.isFinite ? 0 : logits.count) {
        let value = logits.storage.values[index]
        // A class may be excluded by -inf.
        if value.isNaN || value == .infinity {
          throw .notFinite(.prediction, index: index, value: value)
        }
      }
      if isProbabilities { return }
      for row in 0..<target.count {
        let value = target.storage.values[row]
        if value == ignored { continue }
        guard value >= 0, value < Float(classes), value == Float(Int(value)) else {
          throw .classOutOfRange(value: value, row: row, classes: classes)
        }
      }
    }
  }
}
