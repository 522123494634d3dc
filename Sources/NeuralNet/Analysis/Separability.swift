/// How well labelled points fall into their classes: the spread between classes over that within.
///
/// `between = Σ_c n_c |μ_c − μ|² / N`; `within` is the mean over classes of a class's mean squared
/// distance to its centroid, so every class counts the same; `ratio = between / (within + 1e-10)`.
public struct Separability: Sendable {
  /// The spread of the classes' centroids around the mean of all points, in squared units.
  public let between: Double
  /// The mean squared distance to the centroid of the own class, in squared units.
  public let within: Double
  /// Large where classes lie apart; it does not change when all points are scaled.
  public var ratio: Double { between / (within + 1e-10) }

  /// - Shape: points `[n, …]`, one label a row
  public init(of tensor: Tensor, labels: [Int]) {
    let points = Points(tensor, in: "Separability")
    requireLabels(labels, points.rows, in: "Separability")
    let center = points.columnMeans(of: Array(0..<points.rows))
    var between = 0.0
    var within = 0.0
    let classes = sortedClasses(labels)
    for label in classes {
      let members = labels.indices.filter { labels[$0] == label }
      let mean = points.columnMeans(of: members)
      var distance = 0.0
      var spread = 0.0
      for column in 0..<points.columns {
        distance += (mean[column] - center[column]) * (mean[column] - center[column])
        for row in members {
          let difference = points[row, column] - mean[column]
          spread += difference * difference
        }
      }
      between += Double(members.count) * distance
      within += spread / Double(members.count)
    }
    self.between = between / Double(points.rows)
    self.within = within / Double(classes.count)
  }
}

func sortedClasses(_ labels: [Int]) -> [Int] {
  var classes: [Int] = []
  for label in labels.sorted() where classes.last != label { classes.append(label) }
  return classes
}
