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

  /// Whether targets name classes for a network of so many outputs: zeros and ones for one output; whole
  /// numbers below their number, or rows with a single one, for several.
  func hasClasses(outputs: Int) -> Bool {
    let values = targets.values
    let width = values.count / count
    if outputs > 1 && width == outputs {
      for row in 0..<count {
        var ones = 0
        for value in values[row * width..<(row + 1) * width] {
          if value == 1 { ones += 1 } else if value != 0 { return false }
        }
        if ones != 1 { return false }
      }
      return true
    }
    let limit = Float(Swift.max(outputs, 2))
    return width == 1
      && values.allSatisfy { $0 >= 0 && $0 < limit && $0 == $0.rounded(.towardZero) }
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
      .withNames(of: self)
  }

  /// The samples of these classes, in their order.
  public func ofClasses(_ wanted: [Int]) -> Dataset {
    let kept = classes.enumerated().filter { wanted.contains($0.element) }.map { $0.offset }
    if kept.isEmpty {
      stop("Dataset \(name): holds no sample of classes \(list(wanted)) [empty-data]")
    }
    return selecting(kept)
  }

  /// The share of samples whose class a network names, 0...1; see `Network.classes(of:threshold:)`.
  @export(interface)
  public func accuracy(of net: Network, threshold: Float? = nil) -> Float {
    var right = 0
    for (a, b) in zip(net.classes(of: inputs, threshold: threshold), classes) where a == b {
      right += 1
    }
    return Float(right) / Float(count)
  }
}

extension Network {
  /// The share of samples whose class the network names, 0...1; see `classes(of:threshold:)`.
  public func accuracy(on data: Dataset, threshold: Float? = nil) -> Float {
    data.accuracy(of: self, threshold: threshold)
  }

  /// The class that the network names for each sample: the place of the largest of several outputs; of a
  /// single one, 1 where it is above the threshold, else 0.
  ///
  /// - Parameters:
  ///   - input: `[n, …]`, as the network takes it.
  ///   - threshold: left out, it is 0 after training with a loss on logits and one half after
  ///     training with another one. Of a network that was not trained here, outputs are taken for
  ///     probabilities where all of them are in 0...1, and for logits otherwise.
  @export(interface)
  public func classes(of input: Tensor, threshold: Float? = nil) -> [Int] {
    let answers = predict(input)
    if answers.shape.rank > 2 || answers.shape.rank == 0 {
      stop(
        """
        Network: a class needs one row of numbers for each sample, got \(answers.shape); \
        \(LossError.remedy(answers.shape)) [wrong-rank]
        """)
    }
    if answers.shape.rank == 2 && answers.shape.width > 1 { return answers.argmax() }
    let values = answers.values
    let cut = threshold ?? self.threshold ?? (values.allSatisfy { $0 >= 0 && $0 <= 1 } ? 0.5 : 0)
    return values.map { $0 > cut ? 1 : 0 }
  }
}

/// Numbers with commas between them; arrays cannot be interpolated in Embedded Swift.
func list(_ numbers: [Int]) -> String {
  var text = ""
  for (index, number) in numbers.enumerated() { text += (index > 0 ? ", " : "") + "\(number)" }
  return text
}
