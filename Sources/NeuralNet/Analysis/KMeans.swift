/// Groups of points around centers: each point belongs to the nearest center, each center is the mean
/// of its points (Lloyd's algorithm, begun as k-means++ does: D. Arthur, S. Vassilvitskii, 2007).
///
///     let groups = KMeans(of: hidden, clusters: 10, seed: 1)
///     groups.labels      // one number a point
///
/// The seed decides everything; sums are in double precision.
public struct KMeans: Sendable {
  /// The group of each point.
  public let labels: [Int]
  /// `[clusters][features]`
  public let centers: [[Float]]
  /// The sum of squared distances of points from their centers.
  public let inertia: Double
  /// How often the centers moved in the run that is reported.
  public let rounds: Int

  /// - Parameters:
  ///   - points: `[points, features…]`
  ///   - clusters: how many groups to find, at most one for each point.
  ///   - seed: decides which points the centers start from.
  ///   - runs: how often to begin anew; the run of least inertia counts.
  ///   - maximumRounds: how often the centers may move in one run; fewer where none moves any more.
  @export(interface)
  public init(
    of points: Tensor, clusters: Int, seed: Int = 0, runs: Int = 4, maximumRounds: Int = 300
  ) {
    requirePositive(clusters, "clusters", in: "KMeans")
    requirePositive(runs, "runs", in: "KMeans")
    requirePositive(maximumRounds, "maximum rounds", in: "KMeans")
    guard points.shape.rank >= 2 else {
      stop("KMeans: \(ShapeError.rank(expected: 2, got: points.shape).description)")
    }
    let count = points.shape[0]
    if count < clusters {
      stop("KMeans: \(clusters) clusters need as many points, got \(count) [too-few-points]")
    }
    if !points.isFinite { stop("KMeans: the points must be finite [not-finite]") }
    let space = Space(points.values, count)
    var random = RandomSource(seed: seed)
    var best: Run?
    for _ in 0..<runs {
      let run = space.run(clusters, maximumRounds, &random)
      if run.inertia < best?.inertia ?? .infinity { best = run }
    }
    guard let best else { stop("KMeans: the points must be finite [not-finite]") }
    labels = best.labels
    inertia = best.inertia
    rounds = best.rounds
    let width = space.width
    centers = (0..<clusters).map { cluster in
      (0..<width).map { feature in Float(best.centers[cluster * width + feature]) }
    }
  }

  private struct Run {
    var labels: [Int]
    var centers: [Double]
    var inertia = Double.infinity
    var rounds = 0
  }

  private struct Space {
    let values: [Float]
    let count: Int
    let width: Int

    init(_ values: [Float], _ count: Int) {
      self.values = values
      self.count = count
      width = values.count / count
    }

    func run(_ clusters: Int, _ maximumRounds: Int, _ random: inout RandomSource) -> Run {
      var run = Run(
        labels: [Int](repeating: -1, count: count), centers: begin(clusters, &random))
      while true {
        let (labels, distances) = assigned(to: run.centers, clusters)
        let isSettled = labels == run.labels
        run.labels = labels
        run.inertia = distances.reduce(0) { $0 + $1 }
        if isSettled || run.rounds == maximumRounds { return run }
        run.rounds += 1
        move(&run, clusters, distances)
      }
    }

    /// The first center is any point, each further one a point drawn by its squared distance from the
    /// nearest center so far.
    private func begin(_ clusters: Int, _ random: inout RandomSource) -> [Double] {
      var centers = point(random.integer(below: count))
      var nearest = [Double](repeating: .infinity, count: count)
      for cluster in 1..<Swift.max(clusters, 1) {
        for index in 0..<count {
          nearest[index] = Swift.min(nearest[index], distance(index, centers, cluster - 1))
        }
        let weights = nearest.map { Float($0) }
        // Where all points stand on centers any will do.
        let isOpen = weights.contains { $0 > 0 }
        centers +=
          point(isOpen ? random.index(weights: weights) : random.integer(below: count))
      }
      return centers
    }

    private func assigned(to centers: [Double], _ clusters: Int) -> ([Int], [Double]) {
      var labels: [Int] = []
      var distances: [Double] = []
      for index in 0..<count {
        var (label, least) = (0, Double.infinity)
        for cluster in 0..<clusters {
          let distance = distance(index, centers, cluster)
          if distance < least { (label, least) = (cluster, distance) }
        }
        labels.append(label)
        distances.append(least)
      }
      return (labels, distances)
    }

    /// Centers go to the means of their points; one without points goes to the point that is farthest
    /// from its center.
    private func move(_ run: inout Run, _ clusters: Int, _ distances: [Double]) {
      var sums = [Double](repeating: 0, count: clusters * width)
      var sizes = [Int](repeating: 0, count: clusters)
      for index in 0..<count {
        let label = run.labels[index]
        sizes[label] += 1
        for feature in 0..<width {
          sums[label * width + feature] += Double(values[index * width + feature])
        }
      }
      var distances = distances
      for cluster in 0..<clusters {
        if sizes[cluster] > 0 {
          for feature in 0..<width {
            run.centers[cluster * width + feature] =
              sums[cluster * width + feature] / Double(sizes[cluster])
          }
        } else {
          var farthest = 0
          for index in 0..<count where distances[index] > distances[farthest] { farthest = index }
          distances[farthest] = 0
          for feature in 0..<width {
            run.centers[cluster * width + feature] = Double(values[farthest * width + feature])
          }
        }
      }
    }

    private func point(_ index: Int) -> [Double] {
      (0..<width).map { feature in Double(values[index * width + feature]) }
    }

    private func distance(_ index: Int, _ centers: [Double], _ cluster: Int) -> Double {
      var sum = 0.0
      for feature in 0..<width {
        let difference =
          Double(values[index * width + feature]) - centers[cluster * width + feature]
        sum += difference * difference
      }
      return sum
    }
  }
}
