internal import NeuralNetKernels

/// Cross-entropy from logits: the logarithm of the softmax and the sum over the target in one.
final class CrossEntropy: Operation {
  private let logits: Storage
  private let target: Storage
  private let options: Options
  private let rows: Int
  private let classes: Int
  private let isIndices: Bool
  /// Of one block of rows, logits less the largest of their row; the exponentials of all of those.
  private let shifted: Storage
  private let powers: Storage
  private let blockRows: Int
  /// For each row the sum of its powers; of one block, the logarithms of those.
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
    blockRows = Swift.max(1, Swift.min(rows, 4096 / classes))
    shifted = Storage(count: blockRows * classes)
    powers = Storage(count: logits.count)
    sums = Storage(count: rows)
    logSums = Storage(count: blockRows)
    super.init(inputs: [logits, target], outputCount: options.reduction == .none ? rows : 1)
  }

  override func forward() {
    var total = 0.0
    var weight = 0.0
    for start in stride(from: 0, to: rows, by: blockRows) {
      let count = Swift.min(blockRows, rows - start)
      let power = powers.values + start * classes
      let sum = sums.values + start
      nn_take_off_largest(count, classes, logits.values + start * classes, shifted.values)
      nn_map(NN_EXP, count * classes, 0, shifted.values, power)
      nn_sum_rows(count, classes, power, sum)
      nn_map(NN_LOG, count, 0, sum, logSums.values)
      for place in 0..<count {
        let loss = rowLoss(start + place, place)
        if options.reduction == .none { output.values[start + place] = loss }
        total += Double(loss)
        weight += Double(rowWeight(start + place))
      }
    }
    if !total.isFinite { requireFiniteTarget(target, in: "cross-entropy") }
    divisor = options.reduction == .mean ? Float(weight) : 1
    if options.reduction != .none { output.values[0] = Float(total / Double(divisor)) }
  }

  /// `dx = softmax(x) Σq - q` for a target `q`.
  override func backward() {
    guard logits.needsGradient else { return }
    if isPlain && !logits.hasGradient { return writePlainGradient() }
    let dx = logits.gradientToAddTo()
    for row in 0..<rows {
      let upstream = upstream(row)
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

  /// The gradient of plain targets, where none was before.
  private func writePlainGradient() {
    let dx = logits.gradientToWrite().memory
    for start in stride(from: 0, to: rows, by: blockRows) {
      let count = Swift.min(blockRows, rows - start)
      for row in start..<(start + count) {
        logSums.values[row - start] = upstream(row) / sums.values[row]
      }
      nn_combine_rows(
        NN_TIMES, count, classes, powers.values + start * classes, logSums.values,
        dx + start * classes)
      for row in start..<(start + count) {
        dx[row * classes + place(target.values[row], row)] -= upstream(row)
      }
    }
  }

  private func upstream(_ row: Int) -> Float {
    options.reduction == .none ? output.gradient[row] : output.gradient[0] / divisor
  }

  /// Whether every target is one class with weight 1.
  private var isPlain: Bool {
    isIndices && options.smoothing == 0 && options.weights == nil && options.ignored == nil
  }

  /// The loss of a row, which stands at a place of the block.
  private func rowLoss(_ row: Int, _ number: Int) -> Float {
    let y = shifted.values + number * classes
    if isPlain { return logSums.values[number] - y[place(target.values[row], row)] }
    writeTarget(row)
    var loss: Float = 0
    // A term of weight zero is left out, because an excluded class has a logarithm of -inf.
    for column in 0..<classes where line.values[column] != 0 {
      loss += line.values[column] * (logSums.values[number] - y[column])
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
