extension Dataset {
  /// Round clouds of points, one for each class, in turn.
  ///
  /// - Shape: inputs `[count, axes]`, targets `[count]`, class indices
  /// - Parameters:
  ///   - count: points of all classes together.
  ///   - centers: the middle of each class, all with the same number of coordinates.
  ///   - spread: standard deviation around the middle, in each coordinate.
  ///   - seed: decides where in its cloud each point lies.
  public static func blobs(
    count: Int = 150, centers: [[Float]] = [[-1, -1], [1, -1], [0, 1]], spread: Float = 0.3,
    seed: Int = 0
  ) -> Dataset {
    requireAtLeast(1, count, "count", in: "Dataset.blobs")
    requireNotNegative(spread, "spread", in: "Dataset.blobs")
    guard let axes = centers.first?.count, axes > 0 else {
      stop("Dataset.blobs: centers must hold at least one point [empty-data]")
    }
    for (index, center) in centers.enumerated() where center.count != axes {
      stop(
        """
        Dataset.blobs: center \(index) has \(center.count) coordinates, the first has \(axes) \
        [different-counts]
        """)
    }
    var random = RandomSource(seed: seed)
    var inputs: [Float] = []
    var targets: [Float] = []
    for index in 0..<count {
      for coordinate in centers[index % centers.count] {
        inputs.append(coordinate + random.normal(deviation: spread))
      }
      targets.append(Float(index % centers.count))
    }
    return Dataset(
      "blobs", inputs: Tensor([count, axes], inputs), targets: Tensor([count], targets))
  }
}
