extension Dataset {
  /// The class of each sample: of targets `[n]` or `[n, 1]` the whole number that stands there, of
  /// rows of one number for each class the place of the largest.
  public var classes: [Int] {
    @export(interface) get {
      let values = targets.values
      let width = values.count / count
      if width > 1 { return targets.reshaped(count, width).argmax() }
      return values.enumerated().map { index, value in
        guard value == value.rounded(.towardZero), value >= 0, value < 0x1p24 else {
          stop(
            """
            Dataset \(name): target \(value) of sample \(index) is not a class; classes are whole \
            numbers from 0 [not-a-class]
            """)
        }
        return Int(value)
      }
    }
  }

  /// One more than the largest class.
  public var classCount: Int { (classes.max() ?? -1) + 1 }

  /// The same samples with a row of zeros and a single one as target.
  ///
  /// - Shape: targets `[count, classCount]`
  public var oneHot: Dataset {
    let (classes, width) = (classes, classCount)
    var rows = [Float](repeating: 0, count: count * width)
    for (index, label) in classes.enumerated() { rows[index * width + label] = 1 }
    return Dataset(name, inputs: inputs, targets: Tensor([count, width], rows))
  }

  /// The samples of these classes, in their order.
  public func ofClasses(_ wanted: [Int]) -> Dataset {
    let kept = classes.enumerated().filter { wanted.contains($0.element) }.map { $0.offset }
    if kept.isEmpty {
      stop("Dataset \(name): holds no sample of classes \(list(wanted)) [empty-data]")
    }
    return selecting(kept)
  }

  /// Shares of the whole are right, 0...1: the largest of several outputs, or above one half for one.
  @export(interface)
  public func accuracy(of net: Network) -> Float {
    let answers = net.predict(inputs)
    let width = answers.count / count
    let chosen =
      width > 1
      ? answers.reshaped(count, width).argmax() : answers.values.map { $0 > 0.5 ? 1 : 0 }
    var right = 0
    for (a, b) in zip(chosen, classes) where a == b { right += 1 }
    return Float(right) / Float(count)
  }
}

extension Network {
  /// The share of samples whose class the network names, 0...1.
  public func accuracy(on data: Dataset) -> Float { data.accuracy(of: self) }
}

/// Numbers with commas between them; arrays cannot be interpolated in Embedded Swift.
func list(_ numbers: [Int]) -> String {
  var text = ""
  for (index, number) in numbers.enumerated() { text += (index > 0 ? ", " : "") + "\(number)" }
  return text
}
