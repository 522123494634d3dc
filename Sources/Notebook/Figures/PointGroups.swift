/// Points sorted by class, with the color and the shape of each class.
struct PointGroups {
  private(set) var x: [[Double]] = []
  private(set) var y: [[Double]] = []
  private(set) var names: [String] = []
  let isNamed: Bool
  /// How many points of a class are drawn as letters; of more, some are dots.
  private static let mostLetters = 36
  /// What the author wants of the dots.
  var dotSize: Double?
  var opacity = 1.0

  var count: Int { x.count }

  /// Points without classes are one group without a name.
  ///
  /// - Parameter classCount: how many classes there are at least, seen or not.
  @export(interface)
  init(
    x xs: [Double], y ys: [Double], classes: [Int], names given: [String], classCount: Int = 0
  ) {
    let count = min(xs.count, ys.count)
    isNamed = !classes.isEmpty
    guard isNamed else {
      x = [Array(xs.prefix(count))]
      y = [Array(ys.prefix(count))]
      names = [""]
      return
    }
    var highest = max(given.count, classCount) - 1
    for label in classes.prefix(count) { highest = max(highest, label) }
    highest = min(highest, 99)
    x = Array(repeating: [], count: highest + 1)
    y = x
    for index in 0..<min(count, classes.count) where (0...highest).contains(classes[index]) {
      x[classes[index]].append(xs[index])
      y[classes[index]].append(ys[index])
    }
    for index in 0...max(highest, 0) where index <= highest {
      names.append(index < given.count ? given[index] : figureNumber(Double(index)))
    }
  }

  /// Two classes are orange and blue, as the outputs 0 and 1 are everywhere in a book.
  func ink(_ index: Int) -> Ink {
    isNamed ? PointGroups.ink(index, of: count) : .blue
  }

  static func ink(_ index: Int, of count: Int) -> Ink {
    if count <= 2 { return index == 0 ? .orange : .blue }
    return .series(index + index / Ink.seriesCount)
  }

  /// Many classes take the shapes that cost least.
  private func marker(_ index: Int) -> Marker {
    guard count > 4 else { return Marker.number(index) }
    if namesAreMarks { return .circle }
    return index % 3 == 0 ? .circle : index % 3 == 1 ? .square : .plus
  }

  /// How large dots are: a handful may be larger than `usual`.
  func size(_ usual: Double) -> Double {
    dotSize ?? (x.reduce(0) { $0 + $1.count } <= 12 ? 11 : usual)
  }

  /// Whether the names are so short, as those of digits are, that they serve as marks.
  private var namesAreMarks: Bool {
    count > 4 && names.allSatisfy { $0.utf8.count { $0 & 0xC0 != 0x80 } == 1 }
  }

  func draw(in frame: PlotFrame, on canvas: Canvas, size: Double) {
    if namesAreMarks {
      // Where each point has its letter, nobody sees the dots below.
      if x.allSatisfy({ $0.count <= Self.mostLetters }) { return }
      canvas.group({ $0.set("opacity", hundredths: 0.4) }) {
        drawDots(in: frame, on: canvas, size: size)
      }
    } else {
      drawDots(in: frame, on: canvas, size: size)
    }
  }

  private func drawDots(in frame: PlotFrame, on canvas: Canvas, size: Double) {
    let budget = namesAreMarks ? 15_000 : 18_000
    var total = 0
    for group in x { total += group.count }
    for index in 0..<count {
      var points: [Point] = []
      for (x, y) in zip(x[index], y[index]) where frame.accepts(x, y) {
        points.append(frame.point(x, y))
      }
      let marker = self.marker(index)
      let bytesPerDot =
        switch marker {
        case .circle: 10
        case .square: 12
        case .plus: 17
        case .triangle, .diamond, .cross: 26
        }
      let kept = thinned(points, limit: max(budget / count / bytesPerDot, 20)).map { points[$0] }
      let size = total > 800 && dotSize == nil ? size * 0.7 : size
      // Among many dots nobody sees an edge around each.
      if total <= 300, opacity == 1 {
        canvas.dots(kept, marker, .paper, size: size + 1.6, edge: false)
      }
      canvas.dots(kept, marker, ink(index), size: size, opacity: opacity)
    }
  }

  /// Writes each name over the middle of its class, or in place of some of its dots.
  func drawNames(in frame: PlotFrame, on canvas: Canvas) {
    for index in 0..<count {
      if namesAreMarks {
        var points: [Point] = []
        for (x, y) in zip(x[index], y[index]) where frame.accepts(x, y) {
          points.append(frame.point(x, y))
        }
        canvas.letters(
          names[index], at: thinned(points, limit: Self.mostLetters).map { points[$0] }, ink(index),
          size: 10)
        continue
      }
      var (sumX, sumY, number) = (0.0, 0.0, 0.0)
      for (x, y) in zip(x[index], y[index]) where frame.accepts(x, y) {
        sumX += frame.x(x)
        sumY += frame.y(y)
        number += 1
      }
      guard number > 0 else { continue }
      canvas.text(
        names[index], at: Point(x: sumX / number, y: sumY / number + 5), .middle, .ink, size: 14,
        bold: true, halo: true)
    }
  }

  func drawLegend(on canvas: Canvas, at origin: Point, width: Double) {
    canvas.legend(names, at: origin, width: width) { index, point in
      canvas.dots([point], marker(index), ink(index), size: 7)
    }
  }

  /// "50 points of 0, 50 points of 1".
  var words: String {
    var text = TextBuffer()
    for index in 0..<count {
      if index > 0 { text.append(", ") }
      text.appendGrouped(x[index].count)
      text.append(x[index].count == 1 ? " point" : " points" as StaticString)
      if isNamed {
        text.append(" of ")
        text.append(names[index])
      }
    }
    return text.string
  }
}
