import NeuralNet

private let functions: [(name: String, function: @Sendable (Tensor) -> Tensor)] = [
  ("relu", { $0.relu() }), ("sigmoid", { $0.sigmoid() }), ("tanh", { $0.tanh() }),
  ("gelu", { $0.gelu() }), ("silu", { $0.silu() }), ("selu", { $0.selu() }),
  ("softplus", { $0.softplus() }), ("sin", { $0.sin() }), ("exp", { $0.exp() }),
]

/// W13: functions of a million values, forward alone.
func measureFunctions(runs: Int) -> Measurement {
  var noise = Noise(seed: 13)
  let x = noise.normal([1000, 1000])
  return measureEach(
    "W13", runs: runs,
    functions.map { name, function in (name, { withoutGradients { _ = function(x) } }) })
}

/// W14: functions of a million values, forward and backward.
func measureFunctionsAndSlopes(runs: Int) -> Measurement {
  var noise = Noise(seed: 14)
  let values = noise.normal([1000, 1000])
  let x = Tensor(values.shape, values.values, needsGradient: true)
  let upstream = noise.normal([1000, 1000])
  return measureEach(
    "W14", runs: runs,
    functions.map { name, function in
      (
        name,
        {
          x.clearGradient()
          function(x).backward(upstream: upstream)
        }
      )
    })
}

/// W15: softmax of a thousand rows of a thousand, along rows and along axis 0, forward, and forward and
/// backward.
func measureSoftmax(runs: Int) -> Measurement {
  var noise = Noise(seed: 15)
  let values = noise.normal([1000, 1000])
  let x = Tensor(values.shape, values.values, needsGradient: true)
  let upstream = noise.normal([1000, 1000])
  let narrow = noise.normal([100_000, 10])
  var works: [(name: String, work: () -> Void)] = []
  for axis in [1, 0] {
    works.append(("axis \(axis)", { withoutGradients { _ = x.softmax(axis: axis) } }))
    works.append(
      (
        "axis \(axis), both ways",
        {
          x.clearGradient()
          x.softmax(axis: axis).backward(upstream: upstream)
        }
      ))
  }
  works.append(("logarithm", { withoutGradients { _ = x.logSoftmax() } }))
  works.append(("rows of 10", { withoutGradients { _ = narrow.softmax() } }))
  return measureEach("W15", runs: runs, works)
}

/// W16: cross-entropy of class indices, forward and backward.
func measureCrossEntropy(runs: Int) -> Measurement {
  var noise = Noise(seed: 16)
  return measureEach(
    "W16", runs: runs,
    [(128, 10), (10_000, 10), (1000, 1000)].map { rows, classes in
      let values = noise.normal([rows, classes])
      let logits = Tensor(values.shape, values.values, needsGradient: true)
      let labels = noise.labels(rows, classes: classes)
      return (
        "\(rows)x\(classes)",
        {
          logits.clearGradient()
          Loss.crossEntropy(logits, labels).backward()
        }
      )
    })
}

/// W17: sums of a million values.
func measureSums(runs: Int) -> Measurement {
  var noise = Noise(seed: 17)
  let x = noise.normal([1000, 1000])
  let narrow = noise.normal([100_000, 10])
  return measureEach(
    "W17", runs: runs,
    [
      ("all", { _ = x.sum() }), ("axis 0", { _ = x.sum(axis: 0) }),
      ("axis 1", { _ = x.sum(axis: 1) }), ("axis 1 of 10", { _ = narrow.sum(axis: 1) }),
      ("mean of axis 1", { _ = x.mean(axis: 1) }), ("max of axis 1", { _ = x.max(axis: 1) }),
    ])
}

/// W18: sums and products of a million values with as many, with a row, a column and a number.
func measureArithmetic(runs: Int) -> Measurement {
  var noise = Noise(seed: 18)
  let (x, y) = (noise.normal([1000, 1000]), noise.normal([1000, 1000]))
  let (row, column) = (noise.normal([1000]), noise.normal([1000, 1]))
  return measureEach(
    "W18", runs: runs,
    [
      ("tensor", { _ = x + y }), ("row", { _ = x + row }), ("column", { _ = x + column }),
      ("number", { _ = x * 3 }), ("product", { _ = x * y }),
    ])
}
