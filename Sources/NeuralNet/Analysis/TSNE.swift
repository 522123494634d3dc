/// t-SNE: places points in the plane so that near neighbors stay near (L. van der Maaten and
/// G. Hinton, 2008; with Barnes and Hut's tree: L. van der Maaten, 2014).
///
/// Gradient descent on `KL(P‖Q)` with momentum and gains; for the first 250 steps the attraction is
/// multiplied by `earlyExaggeration`. It begins with the first two principal components, scaled to a
/// standard deviation of 1e-4, so that equal data give equal pictures.
///
///     let map = TSNE(of: digits.inputs)
///     map.embedding      // two numbers for each row
public struct TSNE: Sendable {
  /// How the forces between points are added up.
  public enum Method: Sendable {
    /// All pairs: `O(n²)` for each step.
    case exact
    /// Far points by their cells' centers, near neighbors only in `P`: `O(n log n)` for each step.
    /// A cell is far where its longer side is less than `angle` times its distance.
    case barnesHut(angle: Double)
  }

  /// `[row][2]`
  public let embedding: [[Double]]
  /// `Σ p log(p / q)` of the last step, over the neighbors that the method looks at.
  public let divergence: Double

  /// - Parameters:
  ///   - tensor: points `[n, …]`.
  ///   - perplexity: about how many neighbors each point has; at most a third of the points.
  ///   - iterations: steps of gradient descent.
  ///   - earlyExaggeration: by what attraction is multiplied for the first 250 steps.
  ///   - learningRate: `max(n / earlyExaggeration / 4, 50)` when left out.
  ///   - method: all pairs of points, or far ones together.
  public init(
    of tensor: Tensor, perplexity: Double = 30, iterations: Int = 1000,
    earlyExaggeration: Double = 12, learningRate: Double? = nil,
    method: Method = .barnesHut(angle: 0.5)
  ) {
    let points = Points(tensor, in: "TSNE")
    let count = points.rows
    if !(perplexity >= 1 && perplexity < Double(count)) {
      stop(
        """
        TSNE: perplexity must be at least 1 and below the number of rows, \(count), got \
        \(perplexity) [value-out-of-range]
        """)
    }
    requireAtLeast(1, iterations, "iterations", in: "TSNE")
    let isExact = if case .exact = method { true } else { false }
    let near = isExact ? count - 1 : Swift.min(count - 1, Int(3 * perplexity + 1))
    let attraction = Attraction(
      NeighborProbabilities(points, perplexity: perplexity, neighborCount: near))
    var descent = Descent(TSNE.start(tensor, count))
    let rate = learningRate ?? Swift.max(Double(count) / earlyExaggeration / 4, 50)
    for step in 0..<iterations {
      let isEarly = step < 250
      // What was learned of the exaggerated slope does not hold for the plain one.
      if step == 250 { descent = Descent(descent.positions) }
      let repulsion = Repulsion(descent.positions, method)
      descent.move(
        attraction: attraction, repulsion: repulsion, exaggeration: isEarly ? earlyExaggeration : 1,
        rate: rate, momentum: isEarly ? 0.5 : 0.8)
    }
    let positions = descent.positions
    embedding = (0..<count).map { [positions[2 * $0], positions[2 * $0 + 1]] }
    divergence = attraction.divergence(positions, total: Repulsion(positions, method).total)
  }

  private static func start(_ tensor: Tensor, _ count: Int) -> [Double] {
    let width = tensor.count / count
    let projection = PrincipalComponents(of: tensor, count: Swift.min(2, width)).projection
    var squares = 0.0
    for row in projection { squares += row[0] * row[0] }
    let deviation = (squares / Double(count)).squareRoot()
    let scale = deviation > 0 ? 1e-4 / deviation : 0
    var positions: [Double] = []
    for row in projection {
      positions.append(row[0] * scale)
      positions.append((row.count > 1 ? row[1] : 0) * scale)
    }
    return positions
  }
}

/// Positions on their way, with the momentum and the gain of each coordinate.
private struct Descent {
  var positions: [Double]
  var velocities: [Double]
  var gains: [Double]

  init(_ positions: [Double]) {
    self.positions = positions
    velocities = [Double](repeating: 0, count: positions.count)
    gains = [Double](repeating: 1, count: positions.count)
  }

  mutating func move(
    attraction: Attraction, repulsion: Repulsion, exaggeration: Double, rate: Double,
    momentum: Double
  ) {
    let pull = attraction.forces(positions)
    for index in positions.indices {
      let slope =
        4 * (exaggeration * pull[index] - repulsion.forces[index] / repulsion.total)
      let isDownhill = velocities[index] * slope < 0
      gains[index] = Swift.max(isDownhill ? gains[index] + 0.2 : gains[index] * 0.8, 0.01)
      velocities[index] = momentum * velocities[index] - rate * gains[index] * slope
      positions[index] += velocities[index]
    }
  }
}
