internal import NeuralNetKernels

/// A tensor seen as `[outer, size, inner]` around one axis.
struct AxisView {
  var outer: Int
  var size: Int
  var inner: Int

  @export(interface)
  init(_ shape: Shape, axis: Int) {
    outer = shape.dimensions[..<axis].reduce(1) { $0 &* $1 }
    size = shape[axis]
    inner = shape.dimensions[(axis + 1)...].reduce(1) { $0 &* $1 }
  }

  /// All elements in a row.
  init(all count: Int) { (outer, size, inner) = (1, count, 1) }
}

/// Sums along an axis, divided by a number.
final class Sum: Operation {
  private let x: Storage
  private let view: AxisView
  let divisor: Float
  /// What flows to each element of one block.
  private lazy var shares = Storage(count: view.inner)

  init(_ x: Tensor, _ view: AxisView, divisor: Float) {
    self.x = x.storage
    self.view = view
    self.divisor = divisor
    super.init(inputs: [x], outputCount: view.outer * view.inner)
  }

  override func forward() {
    let block = view.size * view.inner
    if view.inner == 1 {
      nn_sum_rows(view.outer, view.size, x.values, output.values)
    } else {
      for index in 0..<view.outer {
        nn_sum_columns(
          view.size, view.inner, x.values + index * block, output.values + index * view.inner, false
        )
      }
    }
    if divisor != 1 {
      for index in 0..<output.count { output.values[index] /= divisor }
    }
  }

  override func backward() {
    guard x.needsGradient else { return }
    let (dx, accumulate) = x.gradientToWrite()
    let block = view.size * view.inner
    var divisor = divisor
    for outer in 0..<view.outer {
      let upstream = output.gradient + outer * view.inner
      nn_combine(NN_OVER, view.inner, upstream, 1, &divisor, 0, shares.values)
      let part = dx + outer * block
      if view.inner == 1 && accumulate {
        nn_combine(NN_PLUS, view.size, part, 1, shares.values, 0, part)
      } else if view.inner == 1 {
        nn_fill(view.size, shares.values[0], part)
      } else {
        for row in 0..<view.size {
          let target = part + row * view.inner
          if accumulate {
            nn_add_scaled(view.inner, 1, shares.values, target)
          } else {
            nn_copy(view.inner, shares.values, target)
          }
        }
      }
    }
  }
}

/// The largest or smallest value along an axis, and where it stands: the first of equal ones, or the
/// first NaN.
final class Extremum: Operation {
  private let x: Storage
  private let view: AxisView
  private let smallest: Bool
  /// The row of each in its block, as 32 bits.
  private let places: Storage

  init(_ x: Tensor, _ view: AxisView, largest: Bool) {
    self.x = x.storage
    self.view = view
    smallest = !largest
    places = Storage(count: view.outer * view.inner)
    super.init(inputs: [x], outputCount: view.outer * view.inner)
  }

  override func forward() {
    view.findExtremes(of: x.values, smallest: smallest, output.values, places.values)
  }

  override func backward() {
    guard x.needsGradient else { return }
    let dx = x.gradientToAddTo()
    let rows = UnsafeRawPointer(places.values)
    for outer in 0..<view.outer {
      for inner in 0..<view.inner {
        let index = outer * view.inner + inner
        let row = Int(rows.load(fromByteOffset: 4 * index, as: UInt32.self))
        dx[(outer * view.size + row) * view.inner + inner] += output.gradient[index]
      }
    }
  }
}

extension AxisView {
  /// The largest (or smallest) value of each line along the axis, and its place in the line as 32 bits.
  func findExtremes(
    of x: UnsafeMutablePointer<Float>, smallest: Bool, _ values: UnsafeMutablePointer<Float>,
    _ places: UnsafeMutablePointer<Float>
  ) {
    if size == 0 { return }
    for block in 0..<outer {
      let from = x + block * size * inner
      if inner == 1 {
        let place = Int(nn_extreme(smallest, size, from))
        values[block] = from[place]
        UnsafeMutableRawPointer(places + block).storeBytes(of: UInt32(place), as: UInt32.self)
      } else {
        nn_extremes(smallest, size, inner, from, values + block * inner, places + block * inner)
      }
    }
  }
}

extension Tensor {
  /// The sum of all elements, `[]`.
  public func sum() -> Tensor { Sum(self, AxisView(all: count), divisor: 1).result([]) }

  /// The mean of all elements, `[]`.
  public func mean() -> Tensor {
    if count == 0 { stop("mean: a tensor of shape \(shape) has no elements [empty-tensor]") }
    return Sum(self, AxisView(all: count), divisor: Float(count)).result([])
  }

  /// Sums along one axis, which is dropped, or kept with size 1.
  public func sum(axis: Int, keepingAxis: Bool = false) -> Tensor {
    let axis = checked(axis)
    return Sum(self, AxisView(shape, axis: axis), divisor: 1)
      .result(shape.reduced(axis, keepingAxis))
  }

  /// Means along one axis, which is dropped, or kept with size 1.
  @export(interface)
  public func mean(axis: Int, keepingAxis: Bool = false) -> Tensor {
    let axis = checked(axis)
    if shape[axis] == 0 { stop("mean: axis \(axis) of \(shape) is empty [empty-tensor]") }
    return Sum(self, AxisView(shape, axis: axis), divisor: Float(shape[axis]))
      .result(shape.reduced(axis, keepingAxis))
  }

  /// The largest elements along one axis, NaN where there is one among them; the gradient goes to the
  /// first of equal ones, or to the first NaN.
  public func max(axis: Int, keepingAxis: Bool = false) -> Tensor {
    extremum(axis, keepingAxis, largest: true)
  }

  /// The smallest elements along one axis, NaN where there is one among them; the gradient goes to the
  /// first of equal ones, or to the first NaN.
  public func min(axis: Int, keepingAxis: Bool = false) -> Tensor {
    extremum(axis, keepingAxis, largest: false)
  }

  /// The place of the largest element of each row of the last axis: the first of equal ones, or the
  /// first NaN.
  @export(interface)
  public func argmax() -> [Int] {
    let width = shape.width
    return (0..<shape.rows).map { Int(nn_extreme(false, width, storage.values + $0 * width)) }
  }

  private func extremum(_ axis: Int, _ keepingAxis: Bool, largest: Bool) -> Tensor {
    let axis = checked(axis)
    if shape[axis] == 0 {
      stop("\(largest ? "max" : "min"): axis \(axis) of \(shape) is empty [empty-tensor]")
    }
    return Extremum(self, AxisView(shape, axis: axis), largest: largest)
      .result(shape.reduced(axis, keepingAxis))
  }

  /// An axis counted from the front, where negative ones count from the back.
  @export(interface)
  func checked(_ axis: Int) -> Int {
    let positive = axis < 0 ? axis + shape.rank : axis
    guard positive >= 0 && positive < shape.rank else {
      stop("Tensor: \(ShapeError.noSuchAxis(axis, in: shape).description)")
    }
    return positive
  }
}

extension Shape {
  @export(interface)
  func reduced(_ axis: Int, _ keepingAxis: Bool) -> Shape {
    var sizes = dimensions
    if keepingAxis { sizes[axis] = 1 } else { sizes.remove(at: axis) }
    return Shape(sizes)
  }
}
