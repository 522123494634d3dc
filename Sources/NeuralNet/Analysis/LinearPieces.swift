/// The pieces of the line that a ReLU network of one input draws, found exactly by following every
/// unit's zero through the layers.
public struct LinearPieces: Sendable {
  /// Where a hidden unit turns on or off, within the interval, rising.
  public let activationBreakpoints: [Double]
  /// Where the output bends.
  public let outputBreakpoints: [Double]

  /// Maximal intervals with one on/off pattern over all hidden units.
  public var activationRegions: Int { activationBreakpoints.count + 1 }
  /// Maximal intervals on which every output is one affine function.
  public var pieces: Int { outputBreakpoints.count + 1 }

  /// - Shape: a network of one input, with Dense layers and ReLU between them
  @export(interface)
  public init(of net: Network, over range: ClosedRange<Double>) {
    let stack = RectifierStack(net, in: "LinearPieces")
    if stack.inputs != 1 {
      stop("LinearPieces: needs a network of 1 input, got \(stack.inputs) [wrong-width]")
    }
    var segments = [
      Segment(start: range.lowerBound, end: range.upperBound, lines: [Line(slope: 1, offset: 0)])
    ]
    for map in stack.maps { segments = segments.flatMap { $0.through(map) } }

    var activation: [Double] = []
    var output: [Double] = []
    for (before, after) in zip(segments, segments.dropFirst()) {
      if before.pattern != after.pattern { activation.append(after.start) }
    }
    // Regions that end without a change of pattern were cut by a unit that only touches zero.
    for (before, after) in zip(segments, segments.dropFirst())
    where !zip(before.lines, after.lines).allSatisfy({ $0.isSame(as: $1) }) {
      output.append(after.start)
    }
    activationBreakpoints = activation
    outputBreakpoints = output
  }
}

private struct Line {
  var slope: Double
  var offset: Double

  func isSame(as other: Line) -> Bool {
    let scale = 1e-9 * (1 + abs(slope) + abs(offset))
    return abs(slope - other.slope) <= scale && abs(offset - other.offset) <= scale
  }
}

private struct Segment {
  var start: Double
  var end: Double
  /// One line for each number that the layers so far give.
  var lines: [Line]
  var pattern: [Bool] = []

  @export(interface)
  func through(_ map: RectifierStack.Map) -> [Segment] {
    let sums = (0..<map.outputs).map { unit in
      var line = Line(slope: 0, offset: map.bias[unit])
      for (input, weight) in lines.indices.map({ ($0, map.weight[$0 * map.outputs + unit]) }) {
        line.slope += weight * lines[input].slope
        line.offset += weight * lines[input].offset
      }
      return line
    }
    guard map.isRectified else {
      return [Segment(start: start, end: end, lines: sums, pattern: pattern)]
    }
    let margin = 1e-10 * (1 + abs(start) + abs(end))
    var cuts: [Double] = []
    for zero in sums.filter({ $0.slope != 0 }).map({ -$0.offset / $0.slope }).sorted()
    where zero > start + margin && zero < end - margin {
      if let last = cuts.last, zero - last <= margin { continue }
      cuts.append(zero)
    }
    let ends = [start] + cuts + [end]
    return zip(ends, ends.dropFirst()).map { low, high in
      let middle = (low + high) / 2
      let isOn = sums.map { $0.slope * middle + $0.offset > 0 }
      return Segment(
        start: low, end: high,
        lines: zip(sums, isOn).map { $1 ? $0 : Line(slope: 0, offset: 0) },
        pattern: pattern + isOn)
    }
  }
}
