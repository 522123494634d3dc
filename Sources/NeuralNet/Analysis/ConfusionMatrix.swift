/// How often samples of each class were taken for each class.
///
///     let confusion = net.confusionMatrix(on: test)
///     confusion.counts[3][5]     // threes that were taken for fives
///     confusion.recalls          // of each class, the share that was found
public struct ConfusionMatrix: Equatable, Sendable {
  /// `counts[true class][named class]`
  public let counts: [[Int]]

  /// Counts pairs of classes, which are numbered from 0.
  ///
  /// - Parameters:
  ///   - classes: the true class of each sample.
  ///   - predicted: the class that each sample was taken for.
  ///   - classCount: how many classes there are, at least one more than the largest number.
  @export(interface)
  public init(classes: [Int], predicted: [Int], classCount: Int? = nil) {
    if classes.count != predicted.count {
      stop(
        """
        ConfusionMatrix: as many named classes as true ones are needed, got \(classes.count) true \
        and \(predicted.count) named [different-counts]
        """)
    }
    var largest = -1
    for value in classes + predicted {
      if value < 0 {
        stop("ConfusionMatrix: classes are numbered from 0, got \(value) [not-a-class]")
      }
      largest = Swift.max(largest, value)
    }
    let size = classCount ?? largest + 1
    if size <= largest {
      stop("ConfusionMatrix: class \(largest) is outside 0..<\(size) [not-a-class]")
    }
    var counts = [[Int]](repeating: [Int](repeating: 0, count: size), count: size)
    for place in classes.indices { counts[classes[place]][predicted[place]] += 1 }
    self.counts = counts
  }

  /// Rows, and columns, of `counts`.
  public var classCount: Int { counts.count }

  /// How many samples there are.
  public var total: Int { counts.reduce(0) { $0 + $1.reduce(0) { $0 + $1 } } }

  /// The share of samples whose class was named, 0...1.
  public var accuracy: Float {
    var right = 0
    for place in counts.indices { right += counts[place][place] }
    return Float(right) / Float(total)
  }

  /// For each class the share of its samples that was found, 0...1; NaN for a class without samples.
  public var recalls: [Float] {
    counts.indices.map { place in
      Float(counts[place][place]) / Float(counts[place].reduce(0) { $0 + $1 })
    }
  }

  /// For each class the share of those taken for it that are of it, 0...1; NaN where none were.
  public var precisions: [Float] {
    counts.indices.map { place in
      Float(counts[place][place]) / Float(counts.reduce(0) { $0 + $1[place] })
    }
  }

  /// For each class the harmonic mean of precision and recall, `2 right / (samples + named)`; NaN where
  /// there are neither.
  public var f1Scores: [Float] {
    counts.indices.map { place in
      let samples = counts[place].reduce(0) { $0 + $1 }
      let named = counts.reduce(0) { $0 + $1[place] }
      return Float(2 * counts[place][place]) / Float(samples + named)
    }
  }

  /// The mean of the recalls of all classes that have samples: accuracy where every class counts alike.
  public var balancedAccuracy: Float {
    let known = recalls.filter { !$0.isNaN }
    return known.reduce(0) { $0 + $1 } / Float(known.count)
  }
}

extension Network {
  /// How often samples of each class are taken for each class; see `classes(of:threshold:)`.
  public func confusionMatrix(on data: Dataset, threshold: Float? = nil) -> ConfusionMatrix {
    let named = classes(of: data.inputs, threshold: threshold)
    let outputs = checkedShapes(for: data.inputs.shape).last?.width ?? 1
    return ConfusionMatrix(
      classes: data.classes, predicted: named,
      classCount: Swift.max(outputs, 2, data.classCount, (named.max() ?? 0) + 1))
  }
}
