/// Rows of numbers in double precision: what the analyses compute on.
struct Points {
  let rows: Int
  let columns: Int
  var values: [Double]

  /// All axes after the first are one row.
  init(_ tensor: Tensor, in owner: String) {
    guard tensor.shape.rank >= 1, tensor.count > 0 else {
      stop("\(owner): needs at least one row of numbers, got \(tensor.shape) [empty-data]")
    }
    if !tensor.isFinite {
      stop("\(owner): the data holds a value that is infinite or NaN [not-finite]")
    }
    rows = tensor.shape[0]
    columns = tensor.count / rows
    let numbers = tensor.storage.values
    values = [Double](unsafeUninitializedCapacity: tensor.count) { values, count in
      for index in 0..<tensor.count { values[index] = Double(numbers[index]) }
      count = tensor.count
    }
  }

  subscript(row: Int, column: Int) -> Double { values[row * columns + column] }

  func squaredDistance(_ a: Int, _ b: Int) -> Double {
    var sum = 0.0
    for column in 0..<columns {
      let difference = values[a * columns + column] - values[b * columns + column]
      sum += difference * difference
    }
    return sum
  }

  func columnMeans(of rowIndices: [Int]) -> [Double] {
    var means = [Double](repeating: 0, count: columns)
    for row in rowIndices {
      for column in 0..<columns { means[column] += values[row * columns + column] }
    }
    return means.map { $0 / Double(rowIndices.count) }
  }
}

func requireLabels(_ labels: [Int], _ rows: Int, in owner: String) {
  if labels.count != rows {
    stop("\(owner): \(rows) rows need as many labels, got \(labels.count) [different-counts]")
  }
}
