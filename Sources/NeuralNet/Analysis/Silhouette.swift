/// How much nearer each labelled point is to its own class than to the next one (P. Rousseeuw, 1987).
///
/// `s = (b − a) / max(a, b)`: `a` is the mean distance to the other points of the class, `b` the
/// smallest mean distance to another class. A point alone in its class has 0.
public struct Silhouette: Sendable {
  /// −1...1, one for each row.
  public let samples: [Double]
  /// The mean over all points: near 1 where classes are apart, near 0 where they touch.
  public var score: Double {
    var sum = 0.0
    for sample in samples { sum += sample }
    return sum / Double(samples.count)
  }

  /// - Shape: points `[n, …]`, one label a row, at least two classes
  public init(of tensor: Tensor, labels: [Int]) {
    let points = Points(tensor, in: "Silhouette")
    requireLabels(labels, points.rows, in: "Silhouette")
    let classes = sortedClasses(labels)
    if classes.count < 2 {
      stop("Silhouette: needs at least two classes, got \(classes.count) [value-out-of-range]")
    }
    let places = labels.map { label in classes.firstIndex(of: label) ?? 0 }
    var sizes = [Int](repeating: 0, count: classes.count)
    for place in places { sizes[place] += 1 }
    samples = (0..<points.rows).map { row in
      var sums = [Double](repeating: 0, count: classes.count)
      for other in 0..<points.rows {
        sums[places[other]] += points.squaredDistance(row, other).squareRoot()
      }
      let own = places[row]
      if sizes[own] == 1 { return 0 }
      let a = sums[own] / Double(sizes[own] - 1)
      var b = Double.infinity
      for place in classes.indices where place != own {
        b = Swift.min(b, sums[place] / Double(sizes[place]))
      }
      let larger = Swift.max(a, b)
      return larger > 0 ? (b - a) / larger : 0
    }
  }
}
