extension Tensor {
  /// The places of the largest elements along an axis, as whole numbers; of equal ones the first.
  ///
  /// The axis is dropped, or kept with size 1. A NaN counts as the largest. Nothing flows back.
  public func argmax(axis: Int, keepingAxis: Bool = false) -> Tensor {
    places(axis, keepingAxis, "argmax") { $0 > $1 }
  }

  /// The places of the smallest elements along an axis, as whole numbers; of equal ones the first.
  ///
  /// The axis is dropped, or kept with size 1. A NaN counts as the smallest. Nothing flows back.
  public func argmin(axis: Int, keepingAxis: Bool = false) -> Tensor {
    places(axis, keepingAxis, "argmin") { $0 < $1 }
  }

  @export(interface)
  private func places(
    _ axis: Int, _ keepingAxis: Bool, _ name: StaticString, _ isBetter: (Float, Float) -> Bool
  ) -> Tensor {
    let axis = checked(axis)
    if shape[axis] == 0 { stop("\(name): axis \(axis) of \(shape) is empty [empty-tensor]") }
    let view = AxisView(shape, axis: axis)
    var found: [Float] = []
    for outer in 0..<view.outer {
      for inner in 0..<view.inner {
        let start = outer * view.size * view.inner + inner
        var best = 0
        for place in 1..<Swift.max(view.size, 1) {
          let (value, former) = (
            storage.values[start + place * view.inner], storage.values[start + best * view.inner]
          )
          if former.isNaN { break }
          if value.isNaN || isBetter(value, former) { best = place }
        }
        found.append(Float(best))
      }
    }
    return Tensor(shape.reduced(axis, keepingAxis), found)
  }

  /// Rows of zeros with a single 1 at the place that each whole number names.
  ///
  ///     Tensor.oneHot([2, 0], count: 3)     // [[0, 0, 1], [1, 0, 0]]
  public static func oneHot(_ places: [Int], count: Int) -> Tensor {
    requirePositive(count, "count", in: "oneHot")
    let rows = Tensor([places.count, count], repeating: 0)
    for (row, place) in places.enumerated() {
      guard place >= 0 && place < count else {
        stop("oneHot: place \(place) of row \(row) is outside 0..<\(count) [index-out-of-range]")
      }
      rows.storage.values[row * count + place] = 1
    }
    return rows
  }
}
