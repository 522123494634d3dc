extension Loss {
  /// `mean(|p - t|)` over all elements, also called L1.
  ///
  /// - Shape: prediction and target equal, to `[]`
  /// - Gradient: `dp = sign(p - t) / count`, 0 where both are equal
  public static var meanAbsoluteError: Loss { absoluteError(reduction: .mean) }

  /// `|p - t|`, reduced.
  public static func absoluteError(reduction: Reduction) -> Loss {
    let name: StaticString = reduction == .mean ? "mean absolute error" : "absolute error"
    return Loss("\(name)") { prediction, target in
      AbsoluteError(name, prediction, target, reduction).loss(prediction.shape)
    }
  }
}

final class AbsoluteError: PointwiseLoss {
  override func writeTerms(_ terms: UnsafeMutablePointer<Float>) {
    for index in 0..<prediction.count {
      terms[index] = abs(prediction.values[index] - target.values[index])
    }
  }

  override func writeSlopes(_ slopes: UnsafeMutablePointer<Float>) {
    for index in 0..<prediction.count {
      let error = prediction.values[index] - target.values[index]
      slopes[index] = error > 0 ? 1 : error < 0 ? -1 : 0
    }
  }
}
