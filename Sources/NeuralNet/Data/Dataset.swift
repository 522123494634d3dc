internal import NeuralNetKernels

/// Samples with their targets, row by row along the first axis of both.
public struct Dataset {
  /// As messages and figures call it.
  public let name: String
  /// `[n, …]`, one sample after the other: `[n, 2]` for points, `[n, 1, 8, 8]` for images.
  public let inputs: Tensor
  /// `[n]` class indices, or `[n, …]` numbers, as the loss wants them.
  public let targets: Tensor
  #if hasFeature(Embedded)
    /// None: names come with files, which no page reads.
    public var classNames: [String] { [] }
  #else
    /// What the classes are called, by their index, where the data has words for them; else empty.
    public internal(set) var classNames: [String] = []
  #endif

  /// Stops where inputs and targets differ in their first axis, or where it is 0.
  @export(interface)
  public init(_ name: String, inputs: Tensor, targets: Tensor) {
    guard inputs.shape.rank >= 1, targets.shape.rank >= 1, inputs.shape[0] == targets.shape[0]
    else {
      stop(
        """
        Dataset \(name): as many targets as inputs are needed, got \(inputs.shape) and \
        \(targets.shape) [different-counts]
        """)
    }
    if inputs.shape[0] == 0 { stop("Dataset \(name): holds no samples [empty-data]") }
    self.name = name
    self.inputs = inputs
    self.targets = targets
  }

  /// How many samples there are.
  public var count: Int { inputs.shape[0] }

  /// Neighboring samples, copied.
  public subscript(samples: Range<Int>) -> Dataset { selecting(Array(samples)) }

  /// The samples with these indices, copied, in this order.
  public func selecting(_ indices: [Int]) -> Dataset {
    let inputs = Tensor(inputs.shape.withCount(indices.count), repeating: 0)
    let targets = Tensor(targets.shape.withCount(indices.count), repeating: 0)
    copy(indices[...], to: inputs, targets)
    return Dataset(name, inputs: inputs, targets: targets).withNames(of: self)
  }

  /// The same samples with the names of another data set's classes.
  func withNames(of other: Dataset) -> Dataset {
    #if hasFeature(Embedded)
      return self
    #else
      var named = self
      named.classNames = other.classNames
      return named
    #endif
  }

  func copy(_ order: some Sequence<Int>, to inputs: Tensor, _ targets: Tensor) {
    let width = self.inputs.count / count
    let targetWidth = self.targets.count / count
    var row = 0
    for index in order {
      guard index >= 0 && index < count else {
        stop("Dataset \(name): index \(index) is outside 0..<\(count) [index-out-of-range]")
      }
      nn_copy(
        width, self.inputs.storage.values + index * width, inputs.storage.values + row * width)
      nn_copy(
        targetWidth, self.targets.storage.values + index * targetWidth,
        targets.storage.values + row * targetWidth)
      row += 1
    }
  }
}

extension Shape {
  /// This shape with another first axis.
  func withCount(_ count: Int) -> Shape { Shape([count] + dimensions.dropFirst()) }
}
