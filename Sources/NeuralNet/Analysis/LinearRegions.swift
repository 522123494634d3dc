/// The regions of the plane on which a ReLU network of two inputs is one affine function, found
/// exactly by cutting polygons along every unit's line, layer by layer.
public struct LinearRegions: Sendable {
  /// One polygon of the plane, inside of which no unit changes between on and off.
  public struct Region: Sendable {
    /// Corners of a convex polygon, in order.
    public let corners: [(x: Double, y: Double)]
    /// Which hidden units are on, layer after layer.
    public let pattern: [Bool]

    /// In the units of `x` times those of `y`, the whole box being the sum of all.
    public var area: Double { polygonArea(corners) }
  }

  /// Regions that share an edge are others, though their affine functions be equal.
  public let regions: [Region]
  /// How many regions the box holds.
  public var count: Int { regions.count }

  /// - Shape: a network of two inputs, with Dense layers and ReLU between them
  @export(interface)
  public init(of net: Network, x: ClosedRange<Double>, y: ClosedRange<Double>) {
    let stack = RectifierStack(net, in: "LinearRegions")
    if stack.inputs != 2 {
      stop("LinearRegions: needs a network of 2 inputs, got \(stack.inputs) [wrong-width]")
    }
    let box = [
      (x: x.lowerBound, y: y.lowerBound), (x: x.upperBound, y: y.lowerBound),
      (x: x.upperBound, y: y.upperBound), (x: x.lowerBound, y: y.upperBound),
    ]
    // A sliver below this is rounding, not a region.
    let leastArea = 1e-12 * polygonArea(box)
    var cells = [
      Cell(corners: box, planes: [Plane(x: 1, y: 0, offset: 0), Plane(x: 0, y: 1, offset: 0)])
    ]
    for map in stack.maps where map.isRectified {
      cells = cells.flatMap { $0.through(map, leastArea) }
    }
    regions = cells.map { Region(corners: $0.corners, pattern: $0.pattern) }
  }
}

/// `x·X + y·Y + offset`
private struct Plane {
  var x: Double
  var y: Double
  var offset: Double

  func value(_ point: (x: Double, y: Double)) -> Double { x * point.x + y * point.y + offset }
}

private struct Cell {
  var corners: [(x: Double, y: Double)]
  /// One plane for each number that the layers so far give.
  var planes: [Plane]
  var pattern: [Bool] = []

  @export(interface)
  func through(_ map: RectifierStack.Map, _ leastArea: Double) -> [Cell] {
    let sums = (0..<map.outputs).map { unit in
      var plane = Plane(x: 0, y: 0, offset: map.bias[unit])
      for input in planes.indices {
        let weight = map.weight[input * map.outputs + unit]
        plane.x += weight * planes[input].x
        plane.y += weight * planes[input].y
        plane.offset += weight * planes[input].offset
      }
      return plane
    }
    var cells = [Cell(corners: corners, planes: [], pattern: pattern)]
    for plane in sums {
      cells = cells.flatMap { cell in
        [true, false].compactMap { isOn in
          let part = clipped(cell.corners, to: plane, isOn: isOn)
          guard part.count >= 3, polygonArea(part) > leastArea else { return nil }
          return Cell(
            corners: part,
            planes: cell.planes + [isOn ? plane : Plane(x: 0, y: 0, offset: 0)],
            pattern: cell.pattern + [isOn])
        }
      }
    }
    return cells
  }
}

/// The part of a convex polygon where the plane is above zero, or not above.
private func clipped(
  _ corners: [(x: Double, y: Double)], to plane: Plane, isOn: Bool
) -> [(x: Double, y: Double)] {
  var kept: [(x: Double, y: Double)] = []
  for (index, corner) in corners.enumerated() {
    let next = corners[(index + 1) % corners.count]
    let (here, there) = (plane.value(corner), plane.value(next))
    if isOn ? here > 0 : here <= 0 { kept.append(corner) }
    if (here > 0) != (there > 0) {
      let share = here / (here - there)
      kept.append((corner.x + (next.x - corner.x) * share, corner.y + (next.y - corner.y) * share))
    }
  }
  return kept
}

private func polygonArea(_ corners: [(x: Double, y: Double)]) -> Double {
  var twice = 0.0
  for (index, corner) in corners.enumerated() {
    let next = corners[(index + 1) % corners.count]
    twice += corner.x * next.y - next.x * corner.y
  }
  return abs(twice) / 2
}
