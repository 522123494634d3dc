extension Tensor {
  /// The places of the largest elements along an axis, as whole numbers; of equal ones the first.
  ///
  /// The axis is dropped, or kept with size 1. A NaN counts as the largest. Nothing flows back.
  public func argmax(axis: Int, keepingAxis: Bool = false) -> Tensor {
    places(axis, keepingAxis, "argmax", smallest: false)
  }

  /// The places of the smallest elements along an axis, as whole numbers; of equal ones the first.
  ///
  /// The axis is dropped, or kept with size 1. A NaN counts as the smallest. Nothing flows back.
  public func argmin(axis: Int, keepingAxis: Bool = false) -> Tensor {
    places(axis, keepingAxis, "argmin", smallest: true)
  }

  @export(interface)
  private func places(
    _ axis: Int, _ keepingAxis: Bool, _ name: StaticString, smallest: Bool
  ) -> Tensor {
    let axis = checked(axis)
    if shape[axis] == 0 { stop("\(name): axis \(axis) of \(shape) is empty [empty-tensor]") }
    let view = AxisView(shape, axis: axis)
    let found = Tensor(shape.reduced(axis, keepingAxis), repeating: 0)
    let values = Storage(count: found.count)
    let places = found.storage.values
    view.findExtremes(of: storage.values, smallest: smallest, values.values, places)
    for index in 0..<found.count {
      let place = UnsafeRawPointer(places + index).load(as: UInt32.self)
      places[index] = Float(place)
    }
    return found
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
