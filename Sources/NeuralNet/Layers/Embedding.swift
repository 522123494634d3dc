internal import NeuralNetKernels

/// A table of vectors, one for each index: `y = weight[x]`.
///
/// - Shape: whole numbers `[…]` to `[…, width]`
/// - Parameter count: `count * width`
/// - Gradient: `dweight[x] += dy`, but for the padding index; indices have none
public final class Embedding: Layer {
  /// Rows of the table: indices are 0 up to one less.
  public let count: Int
  /// Numbers of each vector.
  public let width: Int
  /// The index whose vector starts at zero and is not trained.
  public let padding: Int?
  /// `[count, width]`
  public private(set) var weight: Tensor
  /// Whether the values are to stay: drawn by a seed, or by the first network.
  private var isDrawn: Bool

  /// Numbers are drawn from the standard normal distribution. A layer with a seed keeps the values of that
  /// seed in whatever network it stands. Stops where the padding index is none.
  public init(_ count: Int, _ width: Int, padding: Int? = nil, seed: Int? = nil) {
    requirePositive(count, "count", in: "Embedding(\(count), \(width))")
    requirePositive(width, "width", in: "Embedding(\(count), \(width))")
    if let padding, !(0..<count).contains(padding) {
      stop(
        """
        Embedding(\(count), \(width)): the padding index must be in 0..<\(count), got \(padding) \
        [index-out-of-range]
        """)
    }
    self.count = count
    self.width = width
    self.padding = padding
    isDrawn = seed != nil
    var random = RandomSource(seed: seed ?? 0)
    weight = Embedding.draw(count, width, padding, &random)
  }

  public var name: String { "Embedding(\(count), \(width))" }

  public var parameters: [Parameter] { [Parameter("weight", weight)] }

  public var parameterCount: Int { Embedding.parameterCount(count: count, width: width) }

  /// The formula alone, for layers too large to make.
  public static func parameterCount(count: Int, width: Int) -> Int { count * width }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    Shape(input.dimensions + [width])
  }

  public func initialize(for input: Shape, random: inout RandomSource) throws(ShapeError) {
    var random = random.split()
    if isDrawn { return }
    weight = Embedding.draw(count, width, padding, &random)
    isDrawn = true
  }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    LookUp(self, input).result(checkedOutputShape(for: input.shape))
  }

  /// The vectors of some indices, `[indices, width]`.
  public func callAsFunction(_ indices: [Int]) -> Tensor {
    self(Tensor(indices.map { index in Float(index) }))
  }

  /// Throws unless every number is a whole one that the table has.
  public func validate(_ indices: Tensor) throws(IndexError) {
    for place in 0..<indices.count {
      let value = indices.storage.values[place]
      guard value >= 0, value < Float(count), value == Float(Int(value)) else {
        throw IndexError(place: place, value: value, count: count)
      }
    }
  }

  private static func draw(
    _ count: Int, _ width: Int, _ padding: Int?, _ random: inout RandomSource
  ) -> Tensor {
    let weight = Initializer.normal(deviation: 1)
      .tensor([count, width], fanIn: count, fanOut: width, random: &random)
    if let padding { nn_fill(width, 0, weight.storage.values + padding * width) }
    return weight
  }
}

/// A number that is no index of a table.
public struct IndexError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Where it stands among the indices, row by row.
  public let place: Int
  /// The number that was given as an index.
  public let value: Float
  /// How many entries the table has.
  public let count: Int

  /// Made by `Embedding.validate`, and by layers of one's own that look things up.
  public init(place: Int, value: Float, count: Int) {
    self.place = place
    self.value = value
    self.count = count
  }

  public var description: String {
    @export(interface) get {
      let isWhole = abs(value) < 1e9 && value == Float(Int(value))
      let text = isWhole ? "\(Int(value))" : "\(value)"
      return "index \(text) at place \(place) is \(isWhole ? "outside" : "no whole number in") "
        + "0..<\(count) [index-out-of-range]"
    }
  }
}

final class LookUp: Operation {
  private let layer: Embedding
  private let weight: Storage
  private let indices: Storage

  init(_ layer: Embedding, _ indices: Tensor) {
    self.layer = layer
    weight = layer.weight.storage
    self.indices = indices.storage
    super.init(inputs: [indices, layer.weight], outputCount: indices.count * layer.width)
  }

  override func forward() {
    let width = layer.width
    for place in 0..<indices.count {
      let value = indices.values[place]
      guard value >= 0, value < Float(layer.count), value == Float(Int(value)) else {
        let error = IndexError(place: place, value: value, count: layer.count)
        stop("\(layer.name): \(error.description)")
      }
      nn_copy(width, weight.values + Int(value) * width, output.values + place * width)
    }
  }

  override func backward() {
    guard weight.needsGradient else { return }
    let width = layer.width
    let gradient = weight.gradientToAddTo()
    for place in 0..<indices.count {
      let index = Int(indices.values[place])
      if index == layer.padding { continue }
      nn_add_scaled(width, 1, output.gradient + place * width, gradient + index * width)
    }
  }
}
