internal import NeuralNetKernels

/// Cross-entropy from logits: the logarithm of the softmax and the sum over the target in one.
final class CrossEntropy: Operation {
  private let logits: Storage
  private let target: Storage
  private let options: Options
  private let rows: Int
  private let classes: Int
  private let isIndices: Bool
  /// Logits less the largest of their row, and the exponentials of those.
  private let shifted: Storage
  private let powers: Storage
  /// For each row the sum of its powers and the logarithm of that.
  private let sums: Storage
  private let logSums: Storage
  private lazy var line = Storage(count: classes)
  /// What the sum of all rows is divided by.
  private var divisor: Float = 1

  init(_ logits: Tensor, _ target: Tensor, _ options: Options) {
    self.logits = logits.storage
    self.target = target.storage
    self.options = options
    rows = logits.shape.rows
    classes = logits.shape.width
    isIndices = target.shape != logits.shape
    shifted = Storage(count: logits.count)
    powers = Storage(count: logits.count)
    sums = Storage(count: rows)
    logSums = Storage(count: rows)
    super.init(inputs: [logits, target], outputCount: options.reduction == .none ? rows : 1)
  }

  override func forward() {
    for row in 0..<rows {
      let (x, y) = (logits.values + row * classes, shifted.values + row * classes)
      var top = x[0]
      for column in 1..<classes where x[column] > top { top = x[column] }
      for column in 0..<classes { y[column] = x[column] - top }
    }
    nn_map(NN_EXP, rows * classes, 0, shifted.values, powers.values)
    for row in 0..<rows { sums.values[row] = nn_sum(classes, powers.values + row * classes) }
    nn_map(NN_LOG, rows, 0, sums.values, logSums.values)

    var total = 0.0
    var weight = 0.0
    for row in 0..<rows {
      let loss = rowLoss(row)
      if options.reduction == .none { output.values[row] = loss }
      total += Double(loss)
      weight += Double(rowWeight(row))
    }
    if !total.isFinite { requireFiniteTarget(target, in: "cross-entropy") }
    divisor = options.reduction == .mean ? Float(weight) : 1
    if options.reduction != .none { output.values[0] = Float(total / Double(divisor)) }
  }

  /// `dx = softmax(x) Σq - q` for a target `q`.
  override func backward() {
    guard logits.needsGradient else { return }
    let dx = logits.gradientToAddTo()
    for row in 0..<rows {
      let upstream =
        options.reduction == .none ? output.gradient[row] : output.gradient[0] / divisor
      let (power, slope) = (powers.values + row * classes, dx + row * classes)
      var mass: Float = 1
      if isPlain {
        slope[place(target.values[row], row)] -= upstream
      } else {
        writeTarget(row)
        mass = nn_sum(classes, line.values)
        nn_add_scaled(classes, -upstream, line.values, slope)
      }
      let scale = upstream * mass / sums.values[row]
      nn_add_scaled(classes, scale, power, slope)
    }
  }

  /// Whether every target is one class with weight 1.
  private var isPlain: Bool {
    isIndices && options.smoothing == 0 && options.weights == nil && options.ignored == nil
  }

  private func rowLoss(_ row: Int) -> Float {
    let y = shifted.values + row * classes
    if isPlain { return logSums.values[row] - y[place(target.values[row], row)] }
    writeTarget(row)
    var loss: Float = 0
    // A term of weight zero is left out, because an excluded class has a logarithm of -inf.
    for column in 0..<classes where line.values[column] != 0 {
      loss += line.values[column] * (logSums.values[row] - y[column])
    }
    return loss
  }

  /// Writes what each class's log probability is multiplied by.
  private func writeTarget(_ row: Int) {
    let q = line.values
    let spread = options.smoothing / Float(classes)
    if isIndices {
      let index = target.values[row]
      let isIgnored = index == options.ignored
      for column in 0..<classes { q[column] = isIgnored ? 0 : spread * options.weight(column) }
      if !isIgnored {
        let column = place(index, row)
        q[column] += (1 - options.smoothing) * options.weight(column)
      }
    } else {
      for column in 0..<classes {
        let share = target.values[row * classes + column]
        q[column] = options.weight(column) * ((1 - options.smoothing) * share + spread)
      }
    }
  }

  /// What a row counts in the mean.
  private func rowWeight(_ row: Int) -> Float {
    guard isIndices else { return 1 }
    let index = target.values[row]
    return index == options.ignored ? 0 : options.weight(place(index, row))
  }

  /// A class index, checked here too because a replayed step brings new targets.
  private func place(_ index: Float, _ row: Int) -> Int {
    guard index >= 0, index < Float(classes), index == Float(Int(index)) else {
      stop("cross-entropy", .classOutOfRange(value: index, row: row, classes: classes))
    }
    return Int(index)
  }
}
