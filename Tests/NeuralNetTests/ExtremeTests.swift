import NeuralNet
import Support
import Testing

/// Largest and smallest values of lines of every length around the kernels' lanes, against a plain loop.
@Suite struct ExtremeTests {
  private static let kinds: [Float] = [-.infinity, -1, -0.0, 0, 1, 2, .infinity, .nan]

  /// The first of equal ones, where zeros of both signs are equal, or the first NaN.
  private static func place(in line: [Float], largest: Bool) -> Int {
    if let place = line.firstIndex(where: \.isNaN) { return place }
    var best = 0
    for (place, value) in line.enumerated() where largest ? value > line[best] : value < line[best]
    {
      best = place
    }
    return best
  }

  private static func lines(_ count: Int, of size: Int, _ generator: inout SeededGenerator)
    -> [[Float]]
  {
    (0..<count).map { number in
      // Without the outermost values most lines have many equal extremes; few have a NaN.
      let kinds = number % 4 == 0 ? kinds[...] : kinds[1..<6]
      return (0..<size).map { _ in kinds.randomElement(using: &generator) ?? 0 }
    }
  }

  @Test func extremesOfLinesOfEveryLength() throws {
    var generator = SeededGenerator(seed: 7)
    for size in 1...150 {
      let lines = Self.lines(5, of: size, &generator)
      let columns = (0..<size).map { row in lines.map { $0[row] } }
      let largest = lines.map { Self.place(in: $0, largest: true) }
      let smallest = lines.map { Self.place(in: $0, largest: false) }
      #expect(Tensor(lines).argmax() == largest)
      for (values, axis) in [(lines, 1), (columns, 0)] {
        for (isLargest, places) in [(true, largest), (false, smallest)] {
          let x = Tensor(values, needsGradient: true)
          let found = isLargest ? x.max(axis: axis) : x.min(axis: axis)
          let wanted = zip(lines, places).map { $0[$1] }
          #expect(
            found.values.map(\.bitPattern) == wanted.map(\.bitPattern), "\(size) along \(axis)")
          found.sum().backward()
          let gradient = try #require(x.gradient).values
          for (line, place) in places.enumerated() {
            let own = (0..<size).map {
              axis == 1 ? gradient[line * size + $0] : gradient[$0 * 5 + line]
            }
            #expect(own == (0..<size).map { $0 == place ? 1 : 0 }, "\(size) along \(axis)")
          }
        }
      }
    }
  }
}
